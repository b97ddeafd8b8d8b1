import { createHmac } from 'node:crypto';
import type { Changes } from './changes.ts';
import { newSecret } from './ids.ts';
import { isObj, parsed, str } from './json.ts';
import { ACK_LIMIT, type Ack, type Delivery, type Retry, type Wire } from './wire.ts';

/** Real milliseconds between two attempts to reach a bot that is not up yet. */
const KNOCK_EVERY = 50;

/**
 * Signed HTTP: everything is posted to the bot's one address.
 * @param machineNow the machine's own time in milliseconds: a bot refuses a signature older than five minutes,
 *   and does not know of the local clock
 */
export function createHttpWire(
  to: { url: string; signingSecret: string },
  machineNow: () => number,
  changes: Changes,
): Wire {
  let reached = false;
  let closed = false;

  async function post(body: string, type: string, retry?: Retry): Promise<Ack> {
    const timestamp = String(Math.floor(machineNow() / 1000));
    const headers = {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(to.signingSecret, timestamp, body),
      ...(retry && { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
    };
    try {
      const signal = AbortSignal.timeout(ACK_LIMIT);
      const response = await fetch(to.url, { method: 'POST', headers, body, signal });
      const text = await response.text();
      note(true);
      if (!response.ok) return { ok: false, reason: 'http_error' };
      return { ok: true, body: answerBody(text, response.headers.get('content-type')) };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError')
        return { ok: false, reason: 'timeout' };
      note(false);
      return { ok: false, reason: 'not_connected' };
    }
  }

  function note(now: boolean): void {
    if (reached !== now) changes.changed();
    reached = now;
  }

  /** Slack's check that an address belongs to the app: the challenge must come back. */
  async function verify(): Promise<boolean> {
    const challenge = newSecret();
    const ack = await post(JSON.stringify({ type: 'url_verification', challenge }), 'application/json');
    return (
      ack.ok && isObj(ack.body) && (ack.body.challenge === challenge || str(ack.body.text) === challenge)
    );
  }

  return {
    send: (delivery, retry) => post(...encoded(delivery), retry),
    isConnected: () => reached,
    async connected() {
      while (!closed && !(await verify())) await new Promise((resolve) => setTimeout(resolve, KNOCK_EVERY));
    },
    ticket: () => undefined,
    refresh: () => {},
    close() {
      closed = true;
    },
  };
}

/** Events travel as JSON, commands as a form, everything else as a form with one JSON field. */
function encoded({ type, payload }: Delivery): [body: string, type: string] {
  if (type === 'events_api') return [JSON.stringify(payload), 'application/json'];
  const form = new URLSearchParams();
  if (type === 'interactive') form.set('payload', JSON.stringify(payload));
  else for (const [key, value] of Object.entries(payload)) form.set(key, String(value));
  return [form.toString(), 'application/x-www-form-urlencoded'];
}

/** Slack's `v0` signature of a request. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function answerBody(text: string, type: string | null): unknown {
  if (text === '') return undefined;
  return type?.includes('json') ? parsed(text) : { text };
}
