import { type Interval, merged } from '../calendar/interval.ts';
import type { WindowContext } from '../calendar/windows.ts';
import { MINUTE } from '../calendar/zone.ts';
import type { Planned } from '../change/planned.ts';
import type { Status } from '../change/types.ts';
import { declaredFreezes } from '../db/freezes.ts';
import { plannedIn, runningWithoutWindow } from '../db/planned.ts';
import type { World } from './world.ts';

/**
 * What the rules of time hold a window against: the declared freezes and the changes planned within any of `times`,
 * which may lie far apart. `freezesIn` adds the freezes of every year, which are in the policy. What has overrun is
 * still in its place; what is carried out without a window, as an emergency is, has one from its start until it is to be
 * over, and overruns it in the same way.
 * @param statuses whose windows; those that hold theirs, unless a calendar asks for others too
 */
export async function calendarOf(
  { db, policy, clock }: Pick<World, 'db' | 'policy' | 'clock'>,
  times: readonly Interval[],
  statuses?: readonly Status[],
): Promise<WindowContext<Planned>> {
  const now = clock.now();
  const stretches = merged(times);
  const [start, end] = [stretches[0]?.start ?? now, stretches.at(-1)?.end ?? now];
  const [freezes, planned, started, windowless] = await Promise.all([
    declaredFreezes(db, { start, end }),
    Promise.all(stretches.map((stretch) => plannedIn(db, stretch, statuses))),
    statuses ? [] : plannedIn(db, { start: 0, end }, ['implementing']),
    statuses ? [] : runningWithoutWindow(db),
  ]);
  const late = [...started, ...windowless]
    .filter(({ endsAt }) => endsAt <= now)
    .map((each) => ({ ...each, endsAt: now + MINUTE }));
  // One that is in two of the stretches is in its place once.
  const places = new Map([...planned.flat(), ...windowless, ...late].map((each) => [each.id, each]));
  return { policy, freezes, scheduled: [...places.values()].filter(({ endsAt }) => endsAt > start), now };
}
