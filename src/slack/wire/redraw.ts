import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { type CardMessage, forgetMessage, outdatedMessages, saveMessage } from '../../db/messages.ts';
import type { World } from '../../engine/world.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { isGone } from './errors.ts';
import { NotYet, type Pace } from './pace.ts';

/** Where a headline stands that somebody has deleted: it is posted anew when there is something to say under it. */
export const DELETED = '';

/**
 * Updates every card that shows an older state, until what it drew is the present one. What an earlier attempt was
 * drawing when it broke off may have come after what others drew: then all of them once more, without waiting for
 * turns, since those of several channels need not come together.
 * @param redraws one after the other in each channel
 * @returns takes the stream, and whether an earlier attempt broke off; throws `NotYet` where a channel's turn has not come
 */
export function makeRedraw(
  world: World,
  client: WebClient,
  redraws: Pace,
): (stream: string, resumed: boolean) => Promise<void> {
  const { db, log } = world;
  return async (stream, resumed) => {
    for (let all = resumed; ; all = false) {
      const subject = await subjectOf(world, stream);
      if (!subject) return;
      const outdated = await outdatedMessages(db, stream, all ? subject.seq + 1 : subject.seq);
      if (outdated.length === 0) return;
      const channels = resumed ? [] : [...new Set(outdated.map(({ channel }) => channel))];
      const waits = new Map(channels.flatMap((channel) => waitIn(channel, stream) ?? []));
      const now = outdated.filter(({ channel }) => !waits.has(channel));
      await allOf(now.map((message) => update(message, subject)));
      const [first] = [...waits.values()].sort((one, other) => one.until - other.until);
      if (first) throw first;
    }
  };

  /** A channel whose turn it is not yet for cards of this stream, and until when. */
  function waitIn(channel: string, stream: string): [[string, NotYet]] | undefined {
    try {
      redraws.take(channel, stream);
      return undefined;
    } catch (error) {
      if (error instanceof NotYet) return [[channel, error]];
      throw error;
    }
  }

  async function update(message: CardMessage, subject: Subject): Promise<void> {
    if (message.ts === DELETED) return saveMessage(db, { ...message, drawnSeq: subject.seq });
    const { text, blocks } = await subject.draw(message.audience);
    try {
      await client.chat.update({ channel: message.channel, ts: message.ts, text, blocks });
      await saveMessage(db, { ...message, drawnSeq: subject.seq });
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) redraws.holdAll(error.retryAfter * 1000);
      if (!isGone(error)) throw error;
      const { stream, audience } = message;
      log.warn({ stream, audience }, 'a card is gone from Slack and will not be redrawn');
      if (audience === 'headline') await saveMessage(db, { ...message, ts: DELETED, drawnSeq: subject.seq });
      else await forgetMessage(db, message);
    }
  }
}

/** Waits for all of them, also where one has failed: what is still under way could come after what is drawn next. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) if (end.status === 'rejected') throw end.reason;
}
