import type { Duties, Duty } from './aftermath.ts';
import type { Outcome } from './execution.ts';
import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import type { Change, Filed, Instant, PersonId } from './types.ts';

const HOUR_MS = 60 * 60_000;

/**
 * What is owed once a change has been carried out, each with its time, counted day and night from its end
 * (guide, "Retrospective Meeting": within 48 hours).
 * @param reminders at which parts of that time people are reminded, in percent
 */
export function dutiesOf(
  { execution }: Pick<Filed, 'execution'>,
  outcome: Outcome,
  finishedAt: Instant,
  reminders: readonly number[],
): Duties {
  const duty = (hours: number): Duty => ({
    deadline: finishedAt + hours * HOUR_MS,
    remindAt: reminders
      .filter((percent) => percent < 100)
      .map((p) => finishedAt + (hours * HOUR_MS * p) / 100),
  });
  const { when, withinHours } = execution.retrospective;
  const lookBack = when === 'always' || (when === 'unless success' && outcome !== 'success');
  return { ...(lookBack && { retrospective: duty(withinHours) }) };
}

/** The retrospective's deadline, while it is owed. */
export function retrospectiveDue(change: Change): Instant | undefined {
  if (!('duties' in change) || change.retrospective) return undefined;
  return change.duties.retrospective?.deadline;
}

/**
 * Who takes part in the retrospective (guide, "Retrospective Meeting", participants): requester, implementer, those
 * who decided and verified, and the process improvement coordinator.
 */
export function participantsOf(change: Change, { holders, policy }: Facts): PersonId[] {
  const people = [
    change.requester,
    implementerOf(change),
    ...('implementer' in change ? [change.implementer] : []),
    ...change.decisions.map((decision) => decision.by),
    ...('verifiedBy' in change ? [change.verifiedBy] : []),
    ...((policy.processImprovement && holders.get(policy.processImprovement)) || []),
  ];
  return [...new Set(people)];
}
