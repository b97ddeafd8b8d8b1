import { randomUUID } from 'node:crypto';
import { signature } from '../../src/local-slack/http-wire.ts';
import { SIGNING_SECRET } from './open-docket.ts';

/** What somebody sends who can sign like Slack, or tries to. */
interface Sent {
  status: number;
  text: string;
}

interface PostOptions {
  type?: string;
  secret?: string;
  /** Seconds since it was signed. */
  age?: number;
}

const FORM = 'application/x-www-form-urlencoded';

/** Posts a body to Docket as Slack does. */
export async function post(url: string, body: string, options: PostOptions = {}): Promise<Sent> {
  const { type = FORM, secret = SIGNING_SECRET, age = 0 } = options;
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(secret, timestamp, body),
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Posts an interaction, as the field `payload` of a form. */
export function interact(url: string, payload: unknown, options?: PostOptions): Promise<Sent> {
  return post(url, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), options);
}

/** Slack gives each act its own, by which Docket knows what it has been told already. */
const trigger = () => `1.2.${randomUUID()}`;
const team = { id: 'T02TRIXTECH', domain: 'trixtech' };

/** A button that somebody says they pressed; `answerTo` is where the answer is to go. */
export function pressOf(user: string, action: string, value: unknown, answerTo?: string): object {
  return {
    ...{ type: 'block_actions', team, user: { id: user, team_id: team.id }, trigger_id: trigger() },
    ...(answerTo && { response_url: answerTo }),
    container: { type: 'message', channel_id: 'C02CHANGES2', message_ts: '1.1', is_ephemeral: false },
    actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: '1.1' }],
  };
}

/** A form that somebody says they sent, with one text in each of its blocks. */
export function formOf(
  user: string,
  callback: string,
  metadata: unknown,
  texts: Record<string, unknown>,
): object {
  const entries = Object.entries(texts);
  const held = (value: unknown) => (typeof value === 'string' ? { type: 'plain_text_input', value } : value);
  return {
    ...{ type: 'view_submission', team, user: { id: user, team_id: team.id }, trigger_id: trigger() },
    view: {
      ...{ id: 'V0FORGED', type: 'modal', callback_id: callback, hash: 'forged' },
      private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
      blocks: entries.map(([id]) => ({ type: 'input', block_id: id })),
      state: { values: Object.fromEntries(entries.map(([id, value]) => [id, { [id]: held(value) }])) },
    },
  };
}
