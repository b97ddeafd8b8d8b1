import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { HTTPReceiver } from '@slack/bolt';

/** What Bolt itself takes at most. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Answers 400 to a request of Slack's whose body is no object, before Bolt sees it: Bolt 5.1 reads fields of
 * whatever it has parsed, outside of any try, so that a signed `payload=null` would end the process.
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
        else if (!isObject(rawBody.toString(), request.headers['content-type'])) end(400);
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
function isObject(body: string, type: string | undefined): boolean {
  const { payload } = type === 'application/x-www-form-urlencoded' ? parse(body) : { payload: body };
  if (typeof payload !== 'string') return true;
  try {
    const parsed: unknown = JSON.parse(payload);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
