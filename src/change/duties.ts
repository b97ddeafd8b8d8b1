import { workingHours } from '../calendar/hours.ts';
import { DAY, HOUR } from '../calendar/zone.ts';
import type { Policy } from '../policy/schema.ts';
import type { Duties, Duty } from './aftermath.ts';
import { evolve } from './evolve.ts';
import type { Outcome } from './execution.ts';
import { boardReviewers, team } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { inRole } from './holders.ts';
import type { Change, EventOf, Filed, Instant, PersonId } from './types.ts';
import { wentWell } from './went-well.ts';

/**
 * What is owed once a change has been carried out, each with its time, counted day and night from its end
 * (guide, "Retrospective Meeting": within 48 hours; "Emergency Change Approval": CAB review within 24 hours).
 * Reminders come at the policy's parts of that time.
 */
export function dutiesOf(
  change: Pick<Filed, 'execution' | 'requester'>,
  { outcome, by, at }: { outcome: Outcome; by: PersonId; at: Instant },
  { policy, holders }: Facts,
): Duties {
  const { retrospective, boardReview } = change.execution;
  const { when } = retrospective;
  const lookBack = when === 'always' || (when === 'unless success' && outcome !== 'success');
  return {
    verification: calmWithin(policy.stuck.unverifiedDays * 24, at, policy),
    ...(lookBack && { retrospective: calmWithin(retrospective.withinHours, at, policy) }),
    // On days off the board is reminded by day.
    ...(boardReview && {
      boardReview: {
        ...within(boardReview.withinHours, at, policy),
        people: boardReviewers(change, by, holders),
      },
    }),
  };
}

/**
 * What is owed only since a change was verified: the retrospective, where it is held unless all went well, it ended as a
 * success, and the verification has left something open. Counted from then, as nobody owed it before.
 * @param change as it is before it is verified
 */
export function dutiesFound(
  change: Change,
  verified: EventOf<'Verified'>,
  { policy }: Pick<Facts, 'policy'>,
): Duties | undefined {
  if (!looksBackIfOpen(change) || wentWell(evolve(change, verified, change.id)) !== false) return undefined;
  return { retrospective: calmWithin(change.execution.retrospective.withinHours, verified.at, policy) };
}

/** Whether nobody owes a retrospective so far, and somebody will if its verification leaves something open. */
export function looksBackIfOpen(change: Change): boolean {
  if (change.status !== 'implemented' || change.duties.retrospective) return false;
  return change.execution.retrospective.when === 'unless success';
}

/** So many hours after `at`, with reminders at the policy's parts of that time. */
function within(hours: number, at: Instant, { reminders }: Pick<Policy, 'reminders'>): Duty {
  return {
    deadline: at + hours * HOUR,
    remindAt: reminders.filter((percent) => percent < 100).map((p) => at + (hours * HOUR * p) / 100),
  };
}

/**
 * The same, where reminders wait until people work: what would wait until the time is up comes an hour before the end of
 * the last working time in it, by the company's hours. As it was where there is none.
 */
function calmWithin(hours: number, at: Instant, policy: Policy): Duty {
  const { deadline, remindAt } = within(hours, at, policy);
  const end = workingHours(policy, { start: at, end: deadline }).at(-1)?.end ?? at;
  const latest = end - HOUR;
  if (latest <= at) return { deadline, remindAt };
  return { deadline, remindAt: [...new Set(remindAt.map((part) => (part < end ? part : latest)))] };
}

/** The next instant after `at` that is a whole number of steps after `from`: what was missed in a downtime is told once. */
export function nextStep(from: Instant, step: number, at: Instant): Instant {
  return from + step * (Math.floor(Math.max(0, at - from) / step) + 1);
}

/**
 * When a duty is reminded of after the reminder that was due at `due`: at the parts of its time that are left, at its
 * deadline, and from then on every day, as whoever owes it may have gone.
 */
export function remindedNext({ remindAt, deadline }: Duty, due: Instant, at: Instant): Instant {
  return [...remindAt, deadline].find((each) => each > due) ?? nextStep(deadline, DAY, at);
}

/** What of a kind is still owed, if it is. */
export function owed(change: Change, duty: keyof Duties): Duty | undefined {
  if (!('duties' in change)) return undefined;
  switch (duty) {
    case 'verification':
      return change.status === 'implemented' ? change.duties.verification : undefined;
    case 'retrospective':
      return change.retrospective ? undefined : change.duties.retrospective;
    case 'boardReview':
      return change.boardReview ? undefined : change.duties.boardReview;
    default:
      return duty satisfies never;
  }
}

/** Until when it is to be verified, while it is not. */
export function verificationDue(change: Change): Instant | undefined {
  return owed(change, 'verification')?.deadline;
}

/** The retrospective's deadline, while it is owed. */
export function retrospectiveDue(change: Change): Instant | undefined {
  return owed(change, 'retrospective')?.deadline;
}

/** The deadline of the board's review, while it is owed. */
export function boardReviewDue(change: Change): Instant | undefined {
  return owed(change, 'boardReview')?.deadline;
}

/**
 * Who takes part in the retrospective (guide, "Retrospective Meeting", participants): requester, who carried it out,
 * those who decided and verified, the stakeholders that it names, and the process improvement coordinator.
 */
export function participantsOf(change: Change, { holders, policy }: Facts): PersonId[] {
  const people = [
    change.requester,
    ...team(change),
    ...change.decisions.map((decision) => decision.by),
    ...('verifiedBy' in change ? [change.verifiedBy] : []),
    ...(change.proposal.stakeholders ?? []),
    ...inRole(holders, policy.processImprovement),
  ];
  return [...new Set(people)];
}
