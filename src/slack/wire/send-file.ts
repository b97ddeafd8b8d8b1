import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { Instant } from '../../change/types.ts';
import { NotMine } from './post-once.ts';
import { recentMessages } from './recent-messages.ts';

/** As long as the client gives a call. */
const UPLOAD_MS = 5_000;
/** Slack's limit for what a screen reader says of a picture. */
const ALT_TEXT = 1000;

const announced = z.object({ upload_url: z.string(), file_id: z.string() });

/** A file as it is saved. */
type Attached = Pick<Sending, 'name' | 'title' | 'alt' | 'bytes'>;

/** A file for a conversation. */
export interface Sending {
  /** An id, of a channel or of the direct messages with somebody; a person's id is none. */
  channel: string;
  thread?: string;
  /** Its name when it is saved. It is what it is found again by, so no two files of a conversation share one. */
  name: string;
  title: string;
  /** What it shows, where it is a picture: people who cannot see it are told this. */
  alt?: string;
  /** What is said above it, in Slack's markup. */
  comment?: string;
  bytes: Uint8Array;
  /** What comes with it in the same message. */
  also?: readonly Attached[];
  /** Where an earlier attempt ended without an answer, it is looked for before it is sent. */
  resumed: boolean;
  /** When it was asked for: nothing was sent before. */
  at?: Instant;
  /** Asked before the one call that is seen: whether it is still this replica's to send. */
  mine?(): Promise<boolean>;
}

/**
 * Shares a file in a conversation, with those that come with it, or finds that an earlier attempt has done so.
 *
 * Slack takes a file in three steps, of which only the last is seen by anybody and only once: announce it, post its
 * bytes, complete it. So whatever fails before the last can be done anew from the first, and after an answer that was
 * lost the conversation is searched for a message with a file of that name.
 *
 * The three are called one by one, because the client's `filesUploadV2` names the alternative text as Slack does not
 * (it would be dropped in silence), and hides which step failed and whether it may be repeated.
 * @throws what the client throws, of which `outcomeOf` says what it means
 * @throws {NotMine} when another replica sends it
 */
export async function sendFile(client: WebClient, sending: Sending): Promise<void> {
  const { channel, thread, comment, also = [], resumed, mine } = sending;
  if (resumed && (await isThere(client, sending))) return;
  const first = await sendBytes(client, sending);
  const others: (typeof first)[] = [];
  for (const file of also) others.push(await sendBytes(client, file));
  if (mine && !(await mine())) throw new NotMine('its lease has run out');
  await client.files.completeUploadExternal({
    files: [first, ...others],
    ...(comment && { initial_comment: comment }),
    ...(thread === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: thread }),
  });
}

/** Announces a file and posts its bytes: nobody sees it yet. */
async function sendBytes(client: WebClient, { name, title, alt, bytes }: Attached) {
  const answer = await client.apiCall('files.getUploadURLExternal', {
    filename: name,
    length: bytes.length,
    ...(alt && { alt_txt: alt.slice(0, ALT_TEXT) }),
  });
  const { upload_url: url, file_id: id } = announced.parse(answer);
  await upload(url, bytes);
  return { id, title };
}

/** Posts the bytes to their address, which is secret and takes no token. Trouble is thrown as the client would. */
async function upload(url: string, bytes: Uint8Array): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_MS),
  }).catch((error: unknown) => {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  });
  const words = await answer.text();
  if (answer.status === 429) throw new WebAPIRateLimitedError(Number(answer.headers.get('retry-after')) || 1);
  if (!answer.ok)
    throw new WebAPIHTTPError(answer.status, answer.statusText, Object.fromEntries(answer.headers), words);
}

async function isThere(client: WebClient, { channel, thread, name, at }: Sending): Promise<boolean> {
  for await (const { bot_id: bot, files = [] } of recentMessages(client, channel, thread, at))
    if (bot && files.some((file) => file.name === name)) return true;
  return false;
}
