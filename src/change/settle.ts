import { deadline } from '../calendar/working-time.ts';
import { DAY } from '../calendar/zone.ts';
import type { Facts } from './facts.ts';
import { exempters } from './freezing.ts';
import type { Obstacle } from './scheduling.ts';
import type { Change, ChangeEvent, ChangeIn, Instant } from './types.ts';
import { blocking, keyOf, obstaclesNow, softFreezes, wantedBy } from './window-rules.ts';

/**
 * What follows for an approved change's place in the calendar: it gets it when its window passes every check, and
 * else its people hear why not, once for each reason (guide, "Risk Assessment Levels").
 */
export function settled(change: Change, facts: Facts, at: Instant): ChangeEvent[] {
  const wanted = wantedBy(change);
  if ((change.status !== 'approved' && change.status !== 'scheduled') || !wanted) return [];
  const { startsAt, endsAt } = wanted;
  // That it was not started in time is its clock's to say.
  if (change.status === 'scheduled' && endsAt <= at) return [];
  const found = obstaclesNow(change, facts, at);
  const against = blocking(found);
  if (against.length > 0) return knows(change, against) ? [] : [unscheduled(change, against, facts, at)];
  if (change.status === 'scheduled') return [];
  const expiresAt = expiryOf(endsAt, facts, at);
  return [{ type: 'Scheduled', by: 'docket', at, startsAt, endsAt, expiresAt, clashes: found }];
}

/**
 * Until when a change is to be started, or to be over, that has no window to say so: within its category's time once
 * more. An emergency that was fixed and forgotten would else never come to its reviews.
 */
export function timeWithoutWindow(
  { category, proposal }: Pick<Change, 'category' | 'proposal'>,
  { policy }: Facts,
  at: Instant,
): Instant | undefined {
  if (proposal.startsAt !== undefined || proposal.endsAt !== undefined) return undefined;
  return deadline(policy, policy.categories[category].clock, at, 1);
}

/** When what was not carried out in a window expires, or what was approved when its window was over. */
function expiryOf(endsAt: Instant, { policy }: Facts, at: Instant): Instant {
  return Math.max(at, endsAt) + policy.expiresAfterDays * DAY;
}

/** It has no place in the calendar, and why. */
export function unscheduled(change: Change, against: Obstacle[], facts: Facts, at: Instant): ChangeEvent {
  const exempters = asked(change, against, facts);
  const { endsAt } = change.proposal;
  return {
    ...{ type: 'Unscheduled', by: 'docket', at, against, exempters, ...placeOf(change) },
    ...(endsAt !== undefined && { expiresAt: expiryOf(endsAt, facts, at) }),
  };
}

/** The place in the calendar that a change loses, if it has one. */
export function placeOf(change: Change) {
  if (change.status !== 'scheduled') return {};
  const { startsAt, endsAt } = change;
  return { lost: { startsAt, endsAt } };
}

/** Whom to ask to let a change through: only where nothing but soft freezes stands against it. */
export function asked(change: Change, against: readonly Obstacle[], facts: Facts): string[] {
  return against.length > 0 && softFreezes(against).length === against.length ? exempters(change, facts) : [];
}

/** Whether its people have heard of every one of these. */
function knows(change: ChangeIn<'approved' | 'scheduled'>, against: readonly Obstacle[]): boolean {
  const told = change.status === 'approved' ? (change.against ?? []).map(keyOf) : [];
  return against.every((problem) => told.includes(keyOf(problem)));
}
