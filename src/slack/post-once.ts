import type { WebClient } from '@slack/web-api';
import type { Drawn } from './blocks.ts';
import { recentMessages } from './recent-messages.ts';

/** Marks a message as Docket's, so that it can be found again by the id of its outbox row. */
const EVENT_TYPE = 'docket_job';

interface Post {
  channel: string;
  thread?: string;
  drawn: Drawn;
  job: { id: string; resumed: boolean };
}

/**
 * Posts a message, or finds the one that an earlier attempt posted without hearing the answer.
 * Slack has no idempotency key for `chat.postMessage`, so the id goes along as message metadata.
 * @returns the message's ts
 */
export async function postOnce(client: WebClient, { channel, thread, drawn, job }: Post): Promise<string> {
  const posted = job.resumed ? await find(client, channel, thread, job.id) : undefined;
  if (posted) return posted;
  const answer = await client.chat.postMessage({
    channel,
    text: drawn.text,
    ...(drawn.blocks.length > 0 && { blocks: drawn.blocks }),
    ...(thread !== undefined && { thread_ts: thread }),
    metadata: { event_type: EVENT_TYPE, event_payload: { id: job.id } },
    unfurl_links: false,
    unfurl_media: false,
  });
  if (!answer.ts) throw new Error('chat.postMessage answered without a ts');
  return answer.ts;
}

async function find(
  client: WebClient,
  channel: string,
  thread: string | undefined,
  id: string,
): Promise<string | undefined> {
  const messages = await recentMessages(client, channel, thread);
  return messages.find(
    ({ metadata }) => metadata?.event_type === EVENT_TYPE && idOf(metadata.event_payload) === id,
  )?.ts;
}

function idOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'id' in payload ? payload.id : undefined;
}
