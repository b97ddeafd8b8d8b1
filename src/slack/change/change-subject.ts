import { isWanted } from '../../change/card-wanted.ts';
import { stillReminds } from '../../change/decide/reminder.ts';
import type { Card } from '../../change/effects.ts';
import type { Change, ChangeEvent, PersonId } from '../../change/types.ts';
import { loadChange } from '../../db/changes.ts';
import { changeEvent } from '../../db/events.ts';
import { roleHolders } from '../../db/people.ts';
import { factsAbout, windowsFor } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import type { ButtonSpec } from '../blocks/blocks.ts';
import type { Subject } from '../subject.ts';
import { drawCard } from './card.ts';
import { historyNote } from './notes.ts';
import { offerButtons } from './offers.ts';
import { personalNote } from './personal-notes.ts';
import { isTheirs } from './scheduling-notes.ts';

/** A change as it is seen in Slack now. */
export async function changeSubject(world: World, id: string): Promise<Subject | undefined> {
  const { db, policy, clock } = world;
  const change = (await loadChange(db, id))?.state;
  if (!change) return undefined;
  return {
    seq: change.seq,
    // A change's effects name no other cards.
    audienceOf: (card) => audienceOf(card as Card),
    wants: (card) => isWanted(card as Card, change),
    draw: async (audience) =>
      drawCard(cardOf(audience), change, await factsAbout(world, change), clock.now()),
    async history(seq) {
      const event = await changeEvent(db, id, seq);
      return event && historyNote(event, change, policy);
    },
    async personal(seq, to) {
      const event = await changeEvent(db, id, seq);
      if (event?.type === 'Reminded' && !stillReminds(event, change, to, await roleHolders(db, clock.now())))
        return undefined;
      return event && personalNote(event, change, to, policy, await offersIn(world, event, change, to));
    },
  };
}

/** Where something stands against its window, the next free ones, for those who can choose one. */
async function offersIn(
  world: World,
  event: ChangeEvent,
  change: Change,
  to: PersonId,
): Promise<ButtonSpec[]> {
  const asks = event.type === 'Unscheduled' || event.type === 'Caught' || event.type === 'FreezeLifted';
  const waits = change.status === 'approved' || change.status === 'scheduled';
  if (!asks || !waits || !isTheirs(change, to)) return [];
  return offerButtons(change, await windowsFor(world, change), await zoneOf(world, to));
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
    case 'board-review':
    case 'rate':
      return `${card.card}/${card.to}`;
    default:
      return card satisfies never;
  }
}

function cardOf(audience: string): Card {
  const [card, to = '', stage = '', round = ''] = audience.split('/');
  if (card === 'ask') return { card, to, stage, round: Number(round) };
  if (card === 'implement') return { card, to, approvedAt: Number(stage) };
  return card === 'requester' || card === 'verify' || card === 'board-review' || card === 'rate'
    ? { card, to }
    : { card: 'headline' };
}
