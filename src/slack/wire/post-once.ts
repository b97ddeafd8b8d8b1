import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { Instant } from '../../change/types.ts';
import type { Drawn } from '../blocks/blocks.ts';
import type { PostingPace } from './pace.ts';
import { recentMessages } from './recent-messages.ts';

/** Marks a message as Docket's, so that it can be found again by the id of its outbox row. */
const EVENT_TYPE = 'docket_job';

interface Job {
  id: string;
  resumed: boolean;
  at?: Instant;
  /** Whether it is still this replica's to post. */
  mine?(): Promise<boolean>;
}

/** Another replica has taken it over. */
export class NotMine extends Error {}

interface Post {
  channel: string;
  thread?: string;
  drawn: Drawn;
  /** `at`: nothing was posted for it before. */
  job: Job;
  /** Ids of further jobs that the message does too. */
  also?: readonly string[];
}

interface Posted {
  ts: string;
  also: readonly string[];
}

/**
 * Posts a message, or finds the one that an earlier attempt posted without hearing the answer.
 * Slack has no idempotency key for `chat.postMessage`, so the id goes along as message metadata.
 * @returns the message's ts, and what it does besides
 * @throws {NotYet} when the channel has just had another message
 * @throws {NotMine} when another replica posts it
 */
export async function postOnce(client: WebClient, pace: PostingPace, post: Post): Promise<Posted> {
  const { channel, thread, drawn, job, also = [] } = post;
  const posted = job.resumed ? await findPosted(client, channel, thread, job) : undefined;
  if (posted) return posted;
  await pace.take(channel, job.id);
  if (job.mine && !(await job.mine())) throw new NotMine('its lease has run out');
  const said = { id: job.id, ...(also.length > 0 && { also: also.join(' ') }) };
  try {
    const answer = await client.chat.postMessage({
      channel,
      text: drawn.text,
      ...(drawn.blocks.length > 0 && { blocks: drawn.blocks }),
      ...(thread !== undefined && { thread_ts: thread }),
      metadata: { event_type: EVENT_TYPE, event_payload: said },
      unfurl_links: false,
      unfurl_media: false,
    });
    if (!answer.ts) throw new Error('chat.postMessage answered without a ts');
    return { ts: answer.ts, also };
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) pace.hold(channel, error.retryAfter * 1000);
    throw error;
  }
}

/** The message that an earlier attempt at a job has posted, if it has. */
export async function findPosted(
  client: WebClient,
  channel: string,
  thread: string | undefined,
  { id, at }: Pick<Job, 'id' | 'at'>,
): Promise<Posted | undefined> {
  for await (const { ts, metadata } of recentMessages(client, channel, thread, at)) {
    if (!ts || metadata?.event_type !== EVENT_TYPE) continue;
    const { id: found, also } = payload.catch({}).parse(metadata.event_payload);
    if (found === id) return { ts, also: also?.split(' ') ?? [] };
  }
  return undefined;
}

const payload = z.object({ id: z.string().optional(), also: z.string().optional() });
