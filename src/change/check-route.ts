import { emptySeats } from './empty-seats.ts';
import type { Facts } from './facts.ts';
import { inRole } from './holders.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, Instant } from './types.ts';

/**
 * Whether the rest of a change's reviews still have somebody, once people have come or gone: an empty role is found
 * when it empties, never by silence. Said once, until it is filled again. A board says by itself when it lost its quorum.
 */
export function checkRoute(change: Change, { holders, policy }: Facts, at: Instant): ChangeEvent[] {
  if (!isUnderReview(change)) return [];
  const route = change.route.filter(({ kind }) => kind !== 'vote');
  const problem = emptySeats({ ...change, route }, holders, policy.roles, 'the requester') ?? '';
  if (problem === (change.blocked ?? '')) return [];
  const people = problem ? inRole(holders, policy.overseer).filter((p) => p !== change.requester) : [];
  return [{ type: 'RouteChecked', by: 'docket', at, problem, people }];
}
