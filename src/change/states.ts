import { Refusal } from './refusal.ts';
import type { Change, ChangeIn, Status, UnderReview } from './types.ts';

/** The change, if its reviewers are being asked. @throws {Refusal} saying what it is instead */
export function underReview(change: Change): UnderReview {
  if (isUnderReview(change)) return change;
  throw new Refusal('not now', `${change.number} is ${change.status} now, so there is nothing to decide.`);
}

export function isUnderReview(change: Change): change is UnderReview {
  return change.status === 'validating' || change.status === 'in review';
}

/** Changes whose text the requester may still alter: nothing has been carried out yet. */
type Editable = UnderReview | ChangeIn<'returned' | 'deferred' | 'approved' | 'scheduled'>;

/** The change, if it has not started and not ended. @throws {Refusal} saying what it is instead */
export function notStarted(change: Change, what: string): Editable {
  switch (change.status) {
    case 'validating':
    case 'in review':
    case 'returned':
    case 'deferred':
    case 'approved':
    case 'scheduled':
      return change;
    case 'implementing':
    case 'implemented':
    case 'verified':
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
      throw new Refusal(
        'not now',
        `${change.number} is ${change.status} now, so it can no longer be ${what}.`,
      );
    default:
      return change satisfies never;
  }
}

/** Every status, in the order in which a change comes to it. */
export const STATUSES = [
  'validating',
  'in review',
  'returned',
  'deferred',
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'closed',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
] as const satisfies readonly Status[];

/** Those in which something is still to come. */
export const OPEN = STATUSES.filter((status) => !isOver(status));

/** Whether nothing more can happen to a change in this state. */
export function isOver(status: Status): boolean {
  return ['closed', 'rejected', 'withdrawn', 'cancelled', 'expired'].includes(status);
}
