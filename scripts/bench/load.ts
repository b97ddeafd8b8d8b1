import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { WebSocket } from 'ws';
import { signature } from '../../src/local-slack/http-wire.ts';
import type { Click } from './requests.ts';

/** Sends one click and gives what came back when it was acknowledged. */
export type Send = (click: Click) => Promise<string>;

export const SIGNING_SECRET = 'secret-of-the-bench';

/** Over signed HTTP, on as many connections as are needed, which stay open. */
export function overHttp(port: number): Send {
  const agent = new Agent({ keepAlive: true });
  return ({ type, payload }) =>
    new Promise((resolve, reject) => {
      const form: Record<string, string> =
        type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
      const body = new URLSearchParams(form).toString();
      const timestamp = String(Math.floor(Date.now() / 1000));
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature(SIGNING_SECRET, timestamp, body),
      };
      const sent = request(
        { port, host: '127.0.0.1', path: '/slack/events', method: 'POST', headers, agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part) => {
            text += part;
          });
          response.on('end', () =>
            response.statusCode === 200
              ? resolve(text)
              : reject(new Error(`answered ${response.statusCode}`)),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

/** Over a websocket, as Socket Mode does: all in one connection. */
export function overSocket(socket: WebSocket): Send {
  const waiting = new Map<string, (text: string) => void>();
  socket.on('message', (data) => {
    const { envelope_id: id, payload } = JSON.parse(String(data));
    const text = payload === undefined ? '' : JSON.stringify(payload);
    waiting.get(id)?.(text === '{}' ? '' : text);
    waiting.delete(id);
  });
  return (click) =>
    new Promise((resolve) => {
      const id = randomUUID();
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ envelope_id: id, ...click, accepts_response_payload: true }));
    });
}

/** How long each click took, in milliseconds, and how long all of them together. */
export interface Taken {
  each: number[];
  all: number;
  /** How long who answered them computed. */
  computed: number;
}

/**
 * Keeps so many clicks under way until all are answered.
 * @param check whether the answer must show the click's effect; a bare Bolt has none
 */
export async function drive(
  send: Send,
  clicks: Click[],
  connections: number,
  check: boolean,
): Promise<Omit<Taken, 'computed'>> {
  const each: number[] = [];
  let next = 0;
  const begun = performance.now();
  const one = async () => {
    for (let click = clicks[next++]; click; click = clicks[next++]) {
      const sent = performance.now();
      const answer = await send(click);
      each.push(performance.now() - sent);
      if (check && !click.answer.test(answer))
        throw new Error(`a click was answered: ${answer.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { each, all: performance.now() - begun };
}
