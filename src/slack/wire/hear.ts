import * as z from 'zod';
import { unescaped } from '../blocks/plain-text.ts';
import { looksGood } from '../change/looks-good.ts';

/** A message that Docket heeds. */
export interface Said {
  by: string;
  channel: string;
  ts: string;
  /** The message whose thread it stands in. */
  thread?: string;
  /** What was said, without Docket's name. */
  words: string;
  /** It was said to Docket. */
  meant: boolean;
}

/** What Slack sends of a message, for `app_mention` and for `message`, as far as it is needed. */
const event = z.object({
  type: z.enum(['app_mention', 'message']),
  // Edits, joins and the like have another one; so has what an app posts.
  subtype: z.enum(['thread_broadcast', 'file_share']).optional(),
  bot_id: z.undefined().optional(),
  user: z.string(),
  channel: z.string(),
  channel_type: z.string().optional(),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

/**
 * Reads an event of Slack's. Of all that people write to each other in a channel only a remark in a thread that
 * sounds like a decision is heeded, and what has Docket's name in it.
 * @param me Docket's own id
 * @returns nothing if it is not for Docket
 */
export function saidIn(payload: unknown, me: string): Said | undefined {
  const { data: message } = event.safeParse(payload);
  if (!message || message.user === me) return undefined;
  const { type, channel, channel_type: room, ts, thread_ts: thread, text } = message;
  const name = new RegExp(`<@${me}(?:\\|[^>]*)?>`);
  const words = wordsAfter(text, name);
  const meant = type === 'app_mention' || room === 'im';
  // In a channel, what has Docket's name in it comes as `app_mention` too.
  if (!meant && (name.test(text) || thread === undefined || !looksGood(words))) return undefined;
  return { by: message.user, channel, ts, words, meant, ...(thread !== undefined && { thread }) };
}

/** "@Docket approve", "please @Docket approve" and "approve @Docket" are the same. */
function wordsAfter(text: string, name: RegExp): string {
  const [before = '', ...rest] = text.split(name);
  const after = rest.join(' ').replace(/^(?:[\s,:]|please\b)+/i, '');
  return unescaped(after.trim() === '' ? before : after).trim();
}
