import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import type { Instant } from '../../change/types.ts';

const AT_ONCE = 200;
/** Nothing that is looked for has ten thousand messages after it. */
const MOST_PAGES = 50;
/** So much may Slack's clock differ from this machine's. */
const SKEW_MS = 15 * 60_000;

type Message = NonNullable<ConversationsHistoryResponse['messages']>[number];

/**
 * The messages of a conversation or of a thread, with their metadata, as far back as one that was posted after
 * `since` can be: while Docket was down, or a whole company approved, hundreds may have come after it.
 * @param since where it is not known, only the latest are looked at
 */
export async function* recentMessages(
  client: WebClient,
  channel: string,
  thread: string | undefined,
  since: Instant | undefined,
): AsyncGenerator<Message> {
  const options = { channel, include_all_metadata: true, limit: AT_ONCE };
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { ...options, ...(cursor && { cursor }) };
    const answer =
      thread === undefined
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: thread });
    const messages = answer.messages ?? [];
    yield* messages;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor || since === undefined) return;
    // A conversation comes newest first; a thread oldest first, so that all of it is read.
    if (thread === undefined && Number(messages.at(-1)?.ts) * 1000 < since - SKEW_MS) return;
  }
}
