import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { HTTPReceiver } from '@slack/bolt';

/** What Bolt itself takes at most. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What Slack sends besides commands and events. */
const INTERACTIONS: ReadonlySet<unknown> = new Set([
  ...['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action', 'block_suggestion'],
]);

/**
 * Answers 400 to a request of Slack's whose body is nothing that Slack sends, before Bolt sees it. Bolt 5.1 reads
 * fields of whatever it has parsed, outside of any try, so that a signed `payload=null` would end the process; and
 * what it does not know the kind of, it leaves without an answer for three seconds.
 * @param path where Slack posts to
 */
export function guardBody(receiver: HTTPReceiver, path: string): void {
  const listener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) return listener(request, response);
    const end = (status: number) => response.writeHead(status, { connection: 'close' }).end();
    return void read(request).then(
      (rawBody) => {
        if (!rawBody) end(413);
        else if (!isKnown(parsed(rawBody.toString(), request.headers['content-type']))) end(400);
        // Bolt takes a body that was read before it from here.
        else listener(Object.assign(request, { rawBody }), response);
      },
      () => response.destroy(), // the caller hung up
    );
  };
}

/** The whole body, or nothing when it is longer than allowed. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** The same reading as Bolt's: JSON in the field `payload` of a form, a form without it, or JSON. */
function parsed(body: string, type: string | undefined): unknown {
  const form = type === 'application/x-www-form-urlencoded' ? parse(body) : { payload: body };
  if (typeof form.payload !== 'string') return form;
  try {
    return JSON.parse(form.payload);
  } catch {
    return undefined;
  }
}

function isKnown(body: unknown): boolean {
  if (!isObject(body)) return false;
  if ('ssl_check' in body || body.type === 'url_verification') return true;
  if ('event' in body) return isObject(body.event);
  return 'command' in body
    ? typeof body.command === 'string'
    : INTERACTIONS.has(body.type) && isObject(body.user);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
