import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';

/** How many recent messages are searched for one that may have been posted. */
const SEARCHED = 100;

type Message = NonNullable<ConversationsHistoryResponse['messages']>[number];

/** The last messages of a conversation or of a thread, with their metadata. */
export async function recentMessages(
  client: WebClient,
  channel: string,
  thread: string | undefined,
): Promise<Message[]> {
  const options = { channel, include_all_metadata: true, limit: SEARCHED };
  const { messages = [] } =
    thread === undefined
      ? await client.conversations.history(options)
      : await client.conversations.replies({ ...options, ts: thread });
  return messages;
}
