import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { App, CustomRoute, Logger, Receiver } from '@slack/bolt';
import { makeHttpServer, pathOf } from './http-server.ts';

/** Where Slack posts to. */
const PATH = '/slack/events';
/** No request of Slack's is as long. */
const MOST_BYTES = 4 * 1024 * 1024;
/** A signature is good for so long before and after it was made; what Slack signed cannot be used again later. */
const SIGNATURE_MS = 5 * 60_000;

/** What Slack sends besides commands and events. */
const INTERACTIONS: ReadonlySet<unknown> = new Set([
  ...['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action', 'block_suggestion'],
]);

interface Options {
  signingSecret: string;
  /** The machine's own time, in milliseconds since 1970: what Slack signs by, whatever clock Docket goes by. */
  now(): number;
  /** What machines call on the same port, by their exact paths. */
  routes: readonly CustomRoute[];
  logger: Logger;
}

type Body = Record<string, unknown>;

/**
 * Slack's signed HTTP, for Bolt. Bolt 5.1 has one of its own, which a signed `payload=null` ends together with the
 * process, which takes signatures of the future, answers nothing for three seconds to a kind of request that it does
 * not know, and spends as much on each request as saving what it asks for does: it reads the form three times and
 * makes three signatures.
 */
export function httpReceiver({ signingSecret, now, routes, logger }: Options): Receiver {
  let app: App | undefined;
  const server = makeHttpServer(routes, (request, response) => {
    const ours = request.method === 'POST' && pathOf(request) === PATH;
    if (ours) void take(request, response);
    return ours;
  });

  /** Every request is answered, and no error goes further than this. */
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const text = await read(request);
      if (text === undefined) return end(response.setHeader('connection', 'close'), 413);
      const body = bodyOf(text, request.headers['content-type']);
      // Slack tries the certificate without signing, and wants no more than an answer.
      if (body?.ssl_check !== undefined) return end(response, 200);
      if (!isSigned(request, text)) return end(response, 401);
      if (body?.type === 'url_verification') return json(response, { challenge: body.challenge });
      if (!body || !isKnown(body)) return end(response, 400);
      await hand(body, request, response);
    } catch (error) {
      if (!request.complete) return void response.destroy(); // the caller hung up
      logger.error(error);
      if (!response.headersSent) end(response, 500);
    }
  }

  async function hand(body: Body, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const retryNum = Number(request.headers['x-slack-retry-num']);
    let answered = false;
    const ack = async (answer?: unknown) => {
      if (answered) return;
      answered = true;
      if (!answer) end(response, 200);
      else if (typeof answer === 'string') response.writeHead(200).end(answer);
      else json(response, answer);
    };
    try {
      await app?.processEvent({ body, ack, ...(retryNum > 0 && { retryNum }) });
    } catch (error) {
      // What goes wrong in Docket is caught and said there; Bolt alone cannot read what Slack would never send.
      logger.warn('Slack sent something that cannot be read', error);
    }
    // Docket acknowledges all that it hears; Bolt leaves what it knows no kind for without an answer.
    if (!answered) end(response, 400);
  }

  function isSigned({ headers }: IncomingMessage, text: string): boolean {
    const { 'x-slack-signature': given, 'x-slack-request-timestamp': timestamp } = headers;
    const age = Math.abs(now() - Number(timestamp) * 1000);
    if (typeof given !== 'string' || !(age <= SIGNATURE_MS)) return false;
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${text}`).digest('hex')}`;
    const [one, other] = [Buffer.from(given), Buffer.from(signature)]; // of one length only if their bytes are
    return one.length === other.length && timingSafeEqual(one, other);
  }

  return {
    init(bolt) {
      app = bolt;
    },
    start: (port: number) => server.start(port),
    stop: () => server.stop(),
  };
}

/** The whole body, or nothing when it is longer than anything that Slack sends. */
function read(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

/** JSON in the field `payload` of a form, a form without it, or JSON; nothing if it is no object. */
function bodyOf(text: string, type = ''): Body | undefined {
  const form: Body = type.startsWith('application/x-www-form-urlencoded') ? parse(text) : { payload: text };
  if (typeof form.payload !== 'string') return form;
  try {
    const body: unknown = JSON.parse(form.payload);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isKnown(body: Body): boolean {
  if ('event' in body) return isObject(body.event);
  if ('command' in body) return typeof body.command === 'string';
  return INTERACTIONS.has(body.type) && isObject(body.user);
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
