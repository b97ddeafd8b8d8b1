import { askAgain } from './advance.ts';
import { evolve } from './evolve.ts';
import type { Facts } from './facts.ts';
import { inRole } from './holders.ts';
import { waitingFor } from './seats.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, CommandOf } from './types.ts';

/**
 * A part of a stage's time has passed. Those who have not decided are reminded; when all of it has passed, the
 * overseer is told and the deputies are asked too. A timer that the change has overtaken, or that comes a second
 * time, does nothing; so none is ever cancelled.
 */
export function remind(change: Change, command: CommandOf<'Remind'>, facts: Facts): ChangeEvent[] {
  const { holders, policy } = facts;
  const { stage, round, percent, at } = command;
  if (!isUnderReview(change) || change.open.stage !== stage || change.open.round !== round) return [];
  if ((change.open.reminded ?? 0) >= percent) return [];
  const people = waitingFor(change, holders);
  const overseers = percent >= 100 ? inRole(holders, policy.overseer) : [];
  const reminded: ChangeEvent = {
    ...{ type: 'Reminded', by: 'docket', at, stage, round, percent, people, overseers },
  };
  // Once the time is up, deputies are asked too.
  const late = evolve(change, reminded, change.id);
  return percent >= 100 ? [reminded, ...askAgain(late, facts, at)] : [reminded];
}
