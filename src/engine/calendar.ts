import type { Interval } from '../calendar/interval.ts';
import type { WindowContext } from '../calendar/windows.ts';
import { MINUTE } from '../calendar/zone.ts';
import type { Planned } from '../change/planned.ts';
import type { Status } from '../change/types.ts';
import { declaredFreezes } from '../db/freezes.ts';
import { plannedIn } from '../db/planned.ts';
import type { World } from './world.ts';

/**
 * What the rules of time hold a window against: the declared freezes and the changes planned within `range`.
 * `freezesIn` adds the freezes of every year, which are in the policy. What has overrun is still in its place.
 * @param statuses whose windows; those that hold theirs, unless a calendar asks for others too
 */
export async function calendarOf(
  { db, policy, clock }: Pick<World, 'db' | 'policy' | 'clock'>,
  range: Interval,
  statuses?: readonly Status[],
): Promise<WindowContext<Planned>> {
  const now = clock.now();
  const [freezes, planned, started] = await Promise.all([
    declaredFreezes(db, range),
    plannedIn(db, range, statuses),
    statuses ? [] : plannedIn(db, { start: 0, end: range.end }, ['implementing']),
  ]);
  const late = started
    .filter(({ endsAt }) => endsAt <= now)
    .map((each) => ({ ...each, endsAt: now + MINUTE }));
  const others = planned.filter(({ id }) => !late.some((each) => each.id === id));
  const overran = late.filter(({ endsAt }) => endsAt > range.start);
  return { policy, freezes, scheduled: [...others, ...overran], now };
}
