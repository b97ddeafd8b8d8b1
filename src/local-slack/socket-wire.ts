import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Changes } from './changes.ts';
import { newSecret } from './ids.ts';
import { isObj, parsed } from './json.ts';
import { ACK_LIMIT, type Ack, type Delivery, type Retry, type Wire } from './wire.ts';

/** Real milliseconds between pings; the bot's client gives a connection up after thirty silent seconds. */
const PING_EVERY = 5000;

/** Real milliseconds for which a closing server waits for the other side to say goodbye. */
const GOODBYE_LIMIT = 500;

/** Socket Mode: the bot holds websockets open, and each envelope goes to one of them, in turn. */
export function createSocketWire(server: Server, appId: string, changes: Changes): Wire {
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, (ack: Ack) => void>();
  const accept = new WebSocketServer({ noServer: true });
  const pinging = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, PING_EVERY);
  pinging.unref();

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return accept.handleUpgrade(request, socket, head, welcome);
  });

  function welcome(socket: WebSocket): void {
    sockets.push(socket);
    socket.on('message', (data) => hear(parsed(String(data))));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      changes.changed();
    });
    const connection = { app_id: appId };
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: sockets.length, connection_info: connection }),
    );
    changes.changed();
  }

  function hear(message: unknown): void {
    if (!isObj(message) || typeof message.envelope_id !== 'string') return;
    const body =
      isObj(message.payload) && Object.keys(message.payload).length === 0 ? undefined : message.payload;
    waiting.get(message.envelope_id)?.({ ok: true, body });
  }

  function send(delivery: Delivery, retry?: Retry): Promise<Ack> {
    const socket = sockets.shift();
    if (!socket) return Promise.resolve({ ok: false, reason: 'not_connected' });
    sockets.push(socket);
    const id = randomUUID();
    const envelope = {
      envelope_id: id,
      ...delivery,
      accepts_response_payload: delivery.type !== 'events_api',
      ...(delivery.type === 'events_api' && {
        retry_attempt: retry?.attempt ?? 0,
        retry_reason: retry?.reason ?? '',
      }),
    };
    return new Promise((resolve) => {
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(ack);
      };
      const timer = setTimeout(() => settle({ ok: false, reason: 'timeout' }), ACK_LIMIT);
      waiting.set(id, settle);
      socket.send(JSON.stringify(envelope));
    });
  }

  return {
    send,
    isConnected: () => sockets.length > 0,
    connected: () =>
      new Promise((resolve) => {
        if (sockets.length > 0) return resolve();
        const unwatch = changes.watch(() => {
          if (sockets.length === 0) return;
          unwatch();
          resolve();
        });
        return undefined;
      }),
    ticket() {
      const ticket = newSecret();
      tickets.add(ticket);
      return `/link?ticket=${ticket}&app_id=${appId}`;
    },
    refresh(reason) {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason }));
    },
    close() {
      clearInterval(pinging);
      for (const socket of [...sockets]) hangUp(socket);
      for (const settle of waiting.values()) settle({ ok: false, reason: 'not_connected' });
      accept.close();
    },
  };
}

/** Says goodbye, and cuts the line to one that does not answer. */
function hangUp(socket: WebSocket): void {
  const patience = setTimeout(() => socket.terminate(), GOODBYE_LIMIT);
  socket.once('close', () => clearTimeout(patience));
  socket.close(1001);
}
