import { DAY } from '../calendar/zone.ts';
import { mayTake, type Step } from './allowed.ts';
import { boardReviewDue, retrospectiveDue } from './duties.ts';
import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import type { Change, Instant, PersonId } from './types.ts';

/** What somebody has to do to a change before it moves on, and until when. */
export interface Turn {
  step: Step | 'answer';
  due: Instant;
}

/**
 * Whether it is this person's turn with a change besides deciding on it: to answer, edit, carry out, verify or look
 * back. What several could do is the turn of each of them until one has done it.
 */
export function turnOf(change: Change, person: PersonId, facts: Facts, now: Instant): Turn | undefined {
  return duties(change, person, facts.policy.stuck, now).find(
    ({ step }) => step === 'answer' || mayTake(step, change, person, facts, now),
  );
}

/** Cheap to say; whether the rules allow it is asked only where this says that it is theirs. */
function duties(change: Change, person: PersonId, days: Facts['policy']['stuck'], now: Instant): Turn[] {
  const own = change.requester === person;
  const question = own && 'open' in change && change.questions.find(({ answer }) => !answer);
  const [lookBack, review] = [retrospectiveDue(change), boardReviewDue(change)];
  switch (change.status) {
    case 'validating':
    case 'in review':
      return question ? [{ step: 'answer', due: change.open.deadline }] : [];
    case 'returned':
      return own ? [{ step: 'edit', due: change.returned.at + days.returnedDays * DAY }] : [];
    case 'approved':
    case 'scheduled': {
      const { endsAt } = change.proposal;
      const due = endsAt ?? change.startBy ?? Number.POSITIVE_INFINITY;
      // Once its window is over it is started in another one only.
      const over = change.status === 'approved' && endsAt !== undefined && endsAt <= now;
      const step = over ? 'schedule' : 'start';
      return implementerOf(change) === person ? [{ step, due }] : [];
    }
    case 'implementing':
      return change.implementer === person
        ? [{ step: 'finish', due: change.proposal.endsAt ?? change.endBy ?? Number.POSITIVE_INFINITY }]
        : [];
    case 'implemented':
    case 'verified':
      return [
        ...(change.status === 'implemented' && change.verifiers.includes(person)
          ? [{ step: 'verify' as const, due: change.finishedAt + days.unverifiedDays * DAY }]
          : []),
        ...(lookBack !== undefined && (own || change.implementer === person)
          ? [{ step: 'retrospective' as const, due: lookBack }]
          : []),
        ...(review !== undefined && change.duties.boardReview?.people.includes(person)
          ? [{ step: 'reviewEmergency' as const, due: review }]
          : []),
      ];
    case 'deferred':
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
      return [];
    default:
      return change satisfies never;
  }
}
