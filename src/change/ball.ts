import { chairsOf } from './chair.ts';
import { openStageOf } from './decided.ts';
import { boardReviewDue, retrospectiveDue } from './duties.ts';
import { boardReviewers, implementerOf, verifiersOf } from './execution-plan.ts';
import type { Holders } from './holders.ts';
import { waitingFor } from './seats.ts';
import { isUnderReview } from './states.ts';
import type { Change, PersonId } from './types.ts';

/** Who has the ball: the people a change is waiting for, by the rules that hold now. */
export function ballWith(change: Change, holders: Holders): PersonId[] {
  if (change.status === 'returned') return [change.requester];
  if (change.status === 'approved' || change.status === 'scheduled') return [implementerOf(change)];
  if (change.status === 'implementing') return [change.implementer];
  if (change.status === 'implemented') {
    const all = verifiersOf(change, change.implementer, holders);
    const asked = all.filter((person) => change.verifiers.includes(person));
    return asked.length > 0 ? asked : all;
  }
  if (change.status === 'verified') {
    const lookBack = retrospectiveDue(change) === undefined ? [] : [change.requester, change.implementer];
    const board =
      boardReviewDue(change) === undefined ? [] : boardReviewers(change, change.implementer, holders);
    return [...new Set([...lookBack, ...board])];
  }
  if (!isUnderReview(change)) return [];
  const asked = waitingFor(change, holders);
  // All who are left have voted, and they are too few: it is the chair's to say how it goes on.
  return asked.length === 0 && change.open.quorumLost
    ? chairsOf(openStageOf(change), change, holders)
    : asked;
}
