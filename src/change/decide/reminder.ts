import { askAgain } from '../advance.ts';
import { escalatedTo, isCalm, nextReminder } from '../escalation.ts';
import { evolve } from '../evolve.ts';
import type { Facts } from '../facts.ts';
import type { Holders } from '../holders.ts';
import { waitingFor } from '../seats.ts';
import { isUnderReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, PersonId } from '../types.ts';

/**
 * A part of a stage's time has passed. Those who have not decided are reminded; when all of it has passed, it is
 * escalated step by step, and the deputies are asked too. A timer that the change has overtaken, or that comes a
 * second time, does nothing; so none is ever cancelled.
 */
export function remind(change: Change, command: CommandOf<'Remind'>, facts: Facts): ChangeEvent[] {
  const { holders, policy } = facts;
  const { stage, round, percent, at } = command;
  if (!isUnderReview(change) || change.open.stage !== stage || change.open.round !== round) return [];
  if ((change.open.reminded ?? 0) >= percent) return [];
  const people = waitingFor(change, holders);
  const next = nextReminder(change, command, policy);
  const reminded: EventOf<'Reminded'> = {
    ...{ type: 'Reminded', by: 'docket', at, stage, round, percent, people, overseers: [] },
    ...(isCalm(policy, change) && { calm: true }),
    next,
  };
  if (percent < 100) return [reminded];
  // Once the time is up, deputies are asked too.
  const asked = askAgain(evolve(change, reminded, change.id), facts, at);
  const overseers = escalatedTo(
    change,
    percent,
    facts,
    asked.some(({ type }) => type === 'Reassigned'),
  );
  return [{ ...reminded, overseers }, ...asked];
}

/** Whether a reminder that was held back until its person works still means something to them. */
export function stillReminds(
  { stage, round, percent, people }: EventOf<'Reminded'>,
  change: Change,
  to: PersonId,
  holders: Holders,
): boolean {
  if (!isUnderReview(change) || change.open.stage !== stage || change.open.round !== round) return false;
  const waiting = waitingFor(change, holders);
  if (people.includes(to) && !waiting.includes(to)) return false;
  // What was held through the night together with a later one is said once.
  return (change.open.reminded ?? 0) <= percent;
}
