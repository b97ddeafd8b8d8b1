import type { Facts } from './facts.ts';
import { waitingFor } from './seats.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, CommandOf } from './types.ts';

/**
 * A part of a stage's time has passed. Those who have not decided are reminded; when all of it has passed, the
 * overseer is told too. A timer that the change has overtaken does nothing, so none is ever cancelled.
 */
export function remind(
  change: Change,
  command: CommandOf<'Remind'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  const { stage, round, percent, at } = command;
  if (!isUnderReview(change) || change.open.stage !== stage || change.open.round !== round) return [];
  const people = waitingFor(change, holders);
  const overseers = percent >= 100 ? [...(holders.get(policy.overseer) ?? [])] : [];
  return [{ type: 'Reminded', by: 'docket', at, stage, round, percent, people, overseers }];
}
