import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { TRIXTECH } from '../../src/local-slack/company.ts';

/** As little of Slack as Docket needs to start and to be clicked on: it answers everything at once. */
export interface FakeSlack {
  apiUrl: string;
  /** Resolves with the next websocket that an app opens. */
  nextSocket(): Promise<WebSocket>;
  /** How many messages were posted or redrawn so far. */
  delivered(): number;
  close(): Promise<void>;
}

export async function startFakeSlack(): Promise<FakeSlack> {
  const sockets: WebSocket[] = [];
  const waiting: ((socket: WebSocket) => void)[] = [];
  let delivered = 0;
  let stamp = 1_790_000_000_000_000;
  const answers: Record<string, () => object> = {
    'auth.test': () => ({ user_id: 'U0BOT', bot_id: 'B0BOT', team_id: TRIXTECH.team.id }),
    'users.list': () => ({
      members: TRIXTECH.people.map(({ id, name, realName, zone }) => ({
        id,
        name,
        real_name: realName,
        tz: zone,
      })),
    }),
    'usergroups.list': () => ({
      usergroups: TRIXTECH.userGroups.map(({ id, handle }) => ({ id, handle })),
    }),
    'conversations.list': () => ({ channels: [{ id: 'C02CHANGES2', name: 'changes' }] }),
    'conversations.open': () => ({ channel: { id: `D${++stamp}` } }),
    'apps.connections.open': () => ({ url: `ws://127.0.0.1:${port}/link` }),
  };
  const server = createServer((request, response) => void answer(request, response));
  const accept = new WebSocketServer({ server });
  accept.on('connection', (socket) => {
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0' } }));
    const next = waiting.shift();
    if (next) next(socket);
    else sockets.push(socket);
  });
  const port = await listening(server);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const method = request.url?.split('/').at(-1) ?? '';
    const body = new URLSearchParams(Buffer.concat(parts).toString());
    if (method === 'chat.postMessage' || method === 'chat.update') delivered++;
    const ts = body.get('ts') ?? `${Math.floor(++stamp / 1e6)}.${String(stamp % 1e6).padStart(6, '0')}`;
    const group = TRIXTECH.userGroups.find(({ id }) => id === body.get('usergroup'));
    const more = method === 'usergroups.users.list' ? { users: group?.members ?? [] } : answers[method]?.();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ts, channel: body.get('channel') ?? '', ...more }));
  }

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    nextSocket: () => {
      const socket = sockets.shift();
      return socket ? Promise.resolve(socket) : new Promise((resolve) => waiting.push(resolve));
    },
    delivered: () => delivered,
    close: async () => {
      accept.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
