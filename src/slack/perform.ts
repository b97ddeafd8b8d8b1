import type { WebClient } from '@slack/web-api';
import type { Card } from '../change/effects.ts';
import type { Change, PersonId } from '../change/types.ts';
import { loadChange } from '../db/changes.ts';
import { changeEvent } from '../db/events.ts';
import {
  type CardMessage,
  findMessage,
  forgetMessage,
  outdatedMessages,
  saveMessage,
} from '../db/messages.ts';
import { findPerson, saveDm } from '../db/people.ts';
import { readSetting } from '../db/settings.ts';
import type { Outcome, Perform } from '../engine/deliver.ts';
import { loadFacts } from '../engine/facts.ts';
import type { World } from '../engine/world.ts';
import type { Drawn } from './blocks.ts';
import { drawCard } from './card.ts';
import { isGone, outcomeOf } from './errors.ts';
import { historyNote, personalNote } from './notes.ts';
import { postOnce } from './post-once.ts';

type Job = Parameters<Perform>[0];
const DONE: Outcome = { end: 'done' };

/** How effects look in Slack: cards posted once and redrawn in place, notes said once. */
export function makePerform(world: World, client: WebClient): Perform {
  const { db, policy, clock, log } = world;

  return async (job) => {
    const stored = await loadChange(db, job.changeId);
    if (!stored) return { end: 'never', why: 'there is no such change' };
    try {
      return await perform(job, stored.change);
    } catch (error) {
      return outcomeOf(error);
    }
  };

  async function perform(job: Job, change: Change): Promise<Outcome> {
    const { effect } = job;
    switch (effect.do) {
      case 'card':
        return postCard(job, effect, change);
      case 'note':
        return effect.to === 'thread' ? postHistory(job, change) : postPersonal(job, effect.to, change);
      case 'redraw':
        return redraw(job.changeId);
      case 'operator':
        log.error({ change: job.changeId }, effect.words);
        return DONE;
      case 'timer':
        throw new Error('a timer is a command, not a message');
      default:
        return effect satisfies never;
    }
  }

  async function postCard(job: Job, card: Card, change: Change): Promise<Outcome> {
    const audience = audienceOf(card);
    if (await findMessage(db, change.id, audience)) return DONE;
    const channel = card.card === 'headline' ? await announceIn() : await dmWith(card.to);
    if (!channel)
      return {
        end: 'later',
        why: 'no channel to announce changes in: choose one with /change setup',
        after: 60_000,
      };
    const ts = await postOnce(client, { channel, job, drawn: await draw(card, change) });
    await saveMessage(db, { changeId: change.id, audience, channel, ts, drawnSeq: change.seq });
    return redraw(change.id); // it may have moved while the message was on its way
  }

  async function postHistory(job: Job, change: Change): Promise<Outcome> {
    const event = await changeEvent(db, change.id, job.seq);
    const text = event && historyNote(event, change, policy);
    const headline = await findMessage(db, change.id, 'headline');
    if (!text || !headline) return { end: 'never', why: 'there is no headline to say it under' };
    await postOnce(client, {
      channel: headline.channel,
      thread: headline.ts,
      job,
      drawn: { text, blocks: [] },
    });
    return DONE;
  }

  async function postPersonal(job: Job, to: PersonId, change: Change): Promise<Outcome> {
    const event = await changeEvent(db, change.id, job.seq);
    const drawn = event && personalNote(event, change, to, policy);
    if (!drawn) return DONE;
    await postOnce(client, { channel: await dmWith(to), job, drawn });
    return DONE;
  }

  /** Updates every card that shows an older state, until what it drew is the present one. */
  async function redraw(changeId: string): Promise<Outcome> {
    for (;;) {
      const stored = await loadChange(db, changeId);
      if (!stored) return DONE;
      const { change } = stored;
      const outdated = await outdatedMessages(db, changeId, change.seq);
      if (outdated.length === 0) return DONE;
      await Promise.all(outdated.map((message) => update(message, change)));
    }
  }

  async function update(message: CardMessage, change: Change): Promise<void> {
    const { text, blocks } = await draw(cardOf(message.audience), change);
    try {
      await client.chat.update({ channel: message.channel, ts: message.ts, text, blocks });
      await saveMessage(db, { ...message, drawnSeq: change.seq });
    } catch (error) {
      if (!isGone(error)) throw error;
      log.warn(
        { change: change.id, audience: message.audience },
        'a card is gone from Slack and will not be redrawn',
      );
      await forgetMessage(db, message);
    }
  }

  async function draw(card: Card, change: Change): Promise<Drawn> {
    return drawCard(card, change, await loadFacts(world), clock.now());
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

function audienceOf(card: Card): string {
  switch (card.card) {
    case 'headline':
      return 'headline';
    case 'requester':
      return `requester/${card.to}`;
    case 'ask':
      return `ask/${card.to}/${card.stage}/${card.round}`;
    case 'implement':
      return `implement/${card.to}/${card.approvedAt}`;
    case 'verify':
      return `verify/${card.to}`;
    default:
      return card satisfies never;
  }
}

function cardOf(audience: string): Card {
  const [card, to = '', stage = '', round = ''] = audience.split('/');
  if (card === 'ask') return { card, to, stage, round: Number(round) };
  if (card === 'implement') return { card, to, approvedAt: Number(stage) };
  return card === 'requester' || card === 'verify' ? { card, to } : { card: 'headline' };
}
