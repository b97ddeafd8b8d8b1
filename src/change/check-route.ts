import { emptySeats } from './empty-seats.ts';
import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { overseersBut } from './overseer.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, Instant } from './types.ts';

/**
 * Whether the rest of a change's reviews still have somebody, and whether somebody can start it, once people have come
 * or gone: an empty role is found when it empties, never by silence. Said once, until it is filled again. A board says
 * by itself when it lost its quorum.
 */
export function checkRoute(change: Change, facts: Facts, at: Instant): ChangeEvent[] {
  const waits = ['approved', 'scheduled', 'deferred'].includes(change.status);
  if (!waits && !isUnderReview(change)) return [];
  const empty = waits ? undefined : emptyRole(change, facts);
  const implementer = implementerOf(change);
  const gone = facts.implementerIsOutside ? { gone: implementer } : {};
  const left = gone.gone && `<@${implementer}>, who is to carry it out, cannot use Docket any more.`;
  const problem = [empty, left].filter(Boolean).join(' ');
  // Old records say that somebody is gone, and not who.
  if (problem === (change.blocked ?? '') && gone.gone === change.gone?.person) return [];
  // Who oversees changes has heard already who left; to name somebody else is the requester's to do, if they are there.
  const requester = left && implementer !== change.requester ? [change.requester] : [];
  const overseers = empty || (left && requester.length === 0) ? overseersBut([change.requester], facts) : [];
  return [{ type: 'RouteChecked', by: 'docket', at, problem, people: [...requester, ...overseers], ...gone }];
}

function emptyRole(change: Change, { holders, policy }: Facts): string | undefined {
  const route = change.route.filter(({ kind }) => kind !== 'vote');
  return emptySeats({ ...change, route }, holders, policy.roles, 'the requester');
}
