import type { Obj } from './json.ts';

/** What Slack sends to an app, in Socket Mode's words. */
export interface Delivery {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Obj;
}

/** Why a delivery is sent again. */
export interface Retry {
  /** 1 for the first repeat. */
  attempt: number;
  reason: string;
}

/** What came back within three seconds. `body` is the ack's payload, `undefined` when it was empty. */
export type Ack =
  | { ok: true; body: unknown }
  | { ok: false; reason: 'timeout' | 'not_connected' | 'http_error' };

/** One of the two ways to the bot. */
export interface Wire {
  send(delivery: Delivery, retry?: Retry): Promise<Ack>;
  isConnected(): boolean;
  /** Resolves when the bot can be reached. */
  connected(): Promise<void>;
  /** A fresh path, with its one-time ticket, for `apps.connections.open` to give out; none over HTTP. */
  ticket(): string | undefined;
  /** Asks connected apps to connect anew, as Slack does from time to time; nothing over HTTP. */
  refresh(reason: string): void;
  close(): void;
}

/** Real milliseconds in which a bot must answer anything that Slack sends it. */
export const ACK_LIMIT = 3000;
