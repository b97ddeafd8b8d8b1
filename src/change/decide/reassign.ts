import { decisionFor, openStageOf } from '../decided.ts';
import type { Facts } from '../facts.ts';
import { checkOversees } from '../overseer.ts';
import { Refusal } from '../refusal.ts';
import { eligible } from '../seats.ts';
import { underReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, UnderReview } from '../types.ts';

/**
 * An overseer says whom an open seat is asked of (guide, "Submission Process": assignment to the appropriate
 * reviewers). Whoever else holds its role may still decide: a role is not taken away by not being asked.
 */
export function reassign(change: Change, command: CommandOf<'Reassign'>, facts: Facts): ChangeEvent[] {
  const { by, at } = command;
  const right = checkOversees(change, by, facts, `reassign ${change.number}`);
  const waiting = underReview(change);
  const stage = openStageOf(waiting);
  const seat = openSeat(waiting, command.seat);
  const people = [...new Set(command.people)];
  const may = eligible(waiting, seat, facts.holders);
  if (people.length === 0) throw unchosen('Choose at least one person who is asked.');
  const wrong = people.find((person) => !may.includes(person));
  if (wrong !== undefined) {
    const others = may.map((person) => `<@${person}>`).join(', ') || 'nobody at the moment';
    throw unchosen(`<@${wrong}> cannot decide as ${seat.title} now. Who can: ${others}.`);
  }
  const before = waiting.open.asked[seat.id] ?? [];
  if (before.length === people.length && before.every((person) => people.includes(person))) return [];
  const words = command.words?.trim();
  return [
    {
      ...{ type: 'Reassigned', by, at, stage: stage.id, seat: seat.id, people, before, ...right },
      ...(words && { words }),
    },
  ];
}

function openSeat(change: UnderReview, id: string) {
  const stage = openStageOf(change);
  const seat = stage.seats.find((each) => each.id === id);
  if (!seat)
    throw new Refusal('unknown', `${change.number} has no such seat open now. Please look at it again.`);
  const decided = decisionFor(change, stage.id, seat.id);
  if (decided) throw new Refusal('not now', `<@${decided.by}> has already decided as ${seat.title}.`);
  return seat;
}

function unchosen(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { people: sentence });
}
