import type { WebClient } from '@slack/web-api';
import type { Place } from '../../change/notices.ts';
import type { PersonId } from '../../change/types.ts';
import { type CardMessage, findMessage, saveMessage } from '../../db/messages.ts';
import { addToOutbox } from '../../db/outbox.ts';
import { findPerson, saveDm } from '../../db/people.ts';
import { readSetting } from '../../db/settings.ts';
import type { Perform } from '../../engine/deliver.ts';
import { redrawAfter } from '../../engine/outbox-rows.ts';
import type { Outcome } from '../../engine/settle-delivery.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { LONGEST_NOTE } from '../change/notes.ts';
import { sendExport } from '../report/exports.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { isShut, isThreadGone, outcomeOf } from './errors.ts';
import { makePace, NotYet, type Pace, type PostingPace } from './pace.ts';
import { findPosted, NotMine, postOnce } from './post-once.ts';
import { DELETED, makeRedraw } from './redraw.ts';

type Job = Parameters<Perform>[0];
const DONE: Outcome = { end: 'done' };
const reached = ({ channel, ts }: Place): Outcome => ({ end: 'done', reached: { channel, ts } });
/** Slack has answered, so that it does not count as away; by then the channel has had its second. */
const AGAIN: Outcome = {
  ...{ end: 'later', why: 'the card that it stands under was deleted, and is posted anew', after: 1_000 },
};

/**
 * How effects look in Slack: cards posted once and redrawn in place, notes said once.
 * @param pace of new messages; `redraws` of cards that are drawn anew
 */
export function makePerform(
  world: World,
  client: WebClient,
  pace: PostingPace,
  redraws: Pace = makePace(world.clock, 0),
): Perform {
  const { db, log } = world;
  const redraw = makeRedraw(world, client, redraws);

  return async (job) => {
    const subject = await subjectOf(world, job.stream);
    if (!subject) return { end: 'never', why: 'what it is about is not there' };
    try {
      return await perform(job, subject);
    } catch (error) {
      if (error instanceof NotYet) return { end: 'held', until: error.until, why: error.message };
      // Whoever has it now writes down what becomes of it.
      if (error instanceof NotMine) return { end: 'held', until: world.clock.now(), why: error.message };
      return outcomeOf(error);
    }
  };

  async function perform(job: Job, subject: Subject): Promise<Outcome> {
    const { effect } = job;
    switch (effect.do) {
      case 'card':
        return postCard(job, effect, subject);
      case 'note':
        return effect.to === 'thread' ? postHistory(job, subject) : postPersonal(job, effect.to, subject);
      case 'tell':
        return tellChannel(job, effect, subject);
      case 'redraw':
        return redraw(job.stream, job.resumed).then(() => DONE);
      case 'file':
        return sendExport(world, client, pace, { ...effect, job, channel: await dmWith(effect.to) });
      case 'operator':
        log.error({ stream: job.stream }, effect.words);
        return DONE;
      case 'timer':
      case 'command':
        throw new Error('a command is no message');
      default:
        return effect satisfies never;
    }
  }

  async function postCard(
    job: Job,
    card: { card: string; to?: PersonId },
    subject: Subject,
  ): Promise<Outcome> {
    const { stream } = job;
    const audience = subject.audienceOf(card);
    const stands = await findMessage(db, stream, audience);
    if (stands) return drawAnew(job, stands);
    // What may have been posted is looked for, whatever has become of it: it is to be redrawn.
    const wanted = subject.wants?.(card) !== false;
    if (!job.resumed && !wanted) return DONE;
    const full = wanted ? await job.room() : undefined;
    if (full !== undefined) return { end: 'held', until: full };
    const channel = card.to === undefined ? await announceIn() : await placeOf(card.to);
    if (!channel)
      return {
        end: 'later',
        why: 'no channel to announce changes in: choose one with /change setup',
        after: 60_000,
      };
    const posted = wanted
      ? await postOnce(client, pace, { channel, job, drawn: await subject.draw(audience) })
      : await findPosted(client, channel, undefined, job);
    if (!posted) return DONE;
    const { ts } = posted;
    // What an earlier attempt has posted shows the change as it was then.
    const message = { stream, audience, channel, ts, drawnSeq: job.resumed ? 0 : subject.seq };
    await saveMessage(db, message);
    return drawAnew(job, message);
  }

  /**
   * It may have moved while the message was on its way. Cards of a stream are drawn in one lane, so in order; the others
   * are drawn by what has moved it, and what no card shows moves none.
   */
  async function drawAnew({ stream, id }: Job, message: CardMessage): Promise<Outcome> {
    const now = await subjectOf(world, stream);
    if (now && message.drawnSeq < now.seq) {
      await addToOutbox(db, [redrawAfter(stream, id, world.clock.now())]);
      world.wake();
    }
    return reached(message);
  }

  async function postHistory(job: Job, subject: Subject): Promise<Outcome> {
    const lines = await linesOf(job, subject);
    const text = lines.map(({ words }) => words).join('\n');
    const headline = await findMessage(db, job.stream, 'headline');
    if (!text || !headline) return { end: 'never', why: 'there is no headline to say it under' };
    const { channel, ts: thread } = headline;
    if (thread === DELETED) return postHeadlineAgain(job, headline, subject);
    const also = lines.map(({ id }) => id).filter((id) => id !== job.id);
    try {
      const posted = await postOnce(client, pace, {
        channel,
        thread,
        job,
        drawn: { text, blocks: [] },
        also,
      });
      return { end: 'done', with: posted.also };
    } catch (error) {
      if (!isThreadGone(error)) throw error;
      await saveMessage(db, { ...headline, ts: DELETED });
      return AGAIN;
    }
  }

  /** Somebody has deleted the card under which the history stands: what there is to say stands under a new one. */
  async function postHeadlineAgain(job: Job, headline: CardMessage, subject: Subject): Promise<Outcome> {
    const { channel, audience } = headline;
    const again = { ...job, id: `${job.id}/headline` };
    const { ts } = await postOnce(client, pace, { channel, job: again, drawn: await subject.draw(audience) });
    await saveMessage(db, { ...headline, ts, drawnSeq: subject.seq });
    return AGAIN;
  }

  /** What is to be said of an event, and of those behind it as far as it fits into one message. */
  async function linesOf(job: Job, subject: Subject): Promise<{ id: string; words: string }[]> {
    const lines: { id: string; words: string }[] = [];
    let length = 0;
    for (const { id, seq } of [job, ...job.behind]) {
      const words = (await subject.history(seq)) ?? '';
      length += words.length + 1;
      if (lines.length > 0 && length > LONGEST_NOTE) break;
      lines.push({ id, words });
    }
    return lines;
  }

  async function postPersonal(job: Job, to: PersonId, subject: Subject): Promise<Outcome> {
    const drawn = await subject.personal(job.seq, to);
    if (!drawn) return DONE;
    const full = await job.room();
    if (full !== undefined) return { end: 'held', until: full };
    const channel = await dmWith(to);
    const { ts } = await postOnce(client, pace, { channel, job, drawn });
    return reached({ channel, ts });
  }

  /** A channel that I was never invited to stays so for long, and the news would be old by then. */
  async function tellChannel(
    job: Job,
    { channel, sender }: { channel: string; sender: PersonId },
    subject: Subject,
  ): Promise<Outcome> {
    const drawn = await subject.personal(job.seq, channel);
    if (!drawn) return DONE;
    try {
      const { ts } = await postOnce(client, pace, { channel, job, drawn });
      return reached({ channel, ts });
    } catch (error) {
      if (!isShut(error)) throw error;
      const why = `I could not tell <#${channel}>, because I am not in there. Please \`/invite\` me, or tell them yourself: ${drawn.text}`;
      await postOnce(client, pace, { channel: await dmWith(sender), job, drawn: plainly(why) });
      const failed = `${error.data.error}, so who asked for the change was asked to tell them`;
      return { end: 'done', reached: { failed } };
    }
  }

  /** A channel, or the direct messages with a person. */
  async function placeOf(to: string): Promise<string> {
    return /^[CG]/.test(to) ? to : dmWith(to);
  }

  async function announceIn(): Promise<string | undefined> {
    return readSetting(db, 'announceIn');
  }

  async function dmWith(person: PersonId): Promise<string> {
    const known = (await findPerson(db, person))?.dm;
    if (known) return known;
    const opened = await client.conversations.open({ users: person });
    if (!opened.channel?.id) throw new Error('conversations.open answered without a channel');
    await saveDm(db, person, opened.channel.id);
    return opened.channel.id;
  }
}
