import type { Interval } from '../calendar/interval.ts';
import { HORIZONS, nextFreeWindows, type Wanted } from '../calendar/windows.ts';
import { MINUTE } from '../calendar/zone.ts';
import { decide } from '../change/decide.ts';
import type { Facts } from '../change/facts.ts';
import type { Window } from '../change/phases.ts';
import { Refusal } from '../change/refusal.ts';
import type { Obstacle } from '../change/scheduling.ts';
import type { Change, ChangeEvent, Instant, PersonId } from '../change/types.ts';
import { obstacles, obstaclesNow, type Timed, wantedBy } from '../change/window-rules.ts';
import { calendarOf } from './calendar.ts';
import { loadFacts } from './facts.ts';
import type { World } from './world.ts';

/** How many free windows are offered. */
const OFFERED = 3;

/**
 * The next few free windows that are as long as the wanted one. What is planned is read only as far as it is looked at:
 * most are found within two weeks, and a year may hold thousands of changes.
 */
export async function freeWindows(world: World, wanted: Wanted): Promise<Window[]> {
  const start = Math.max(wanted.startsAt, world.clock.now());
  let found: Window[] = [];
  for (const horizon of HORIZONS) {
    const end = start + horizon + (wanted.endsAt - wanted.startsAt);
    found = nextFreeWindows(wanted, await calendarOf(world, [{ start, end }]), OFFERED, [horizon]);
    if (found.length === OFFERED) break;
  }
  return found;
}

/** The next free windows for a change: none where it has no window, or has its place already. */
export async function windowsFor(world: World, change: Change): Promise<Window[]> {
  const wanted = change.status === 'scheduled' ? undefined : wantedBy(change);
  return wanted ? freeWindows(world, wanted) : [];
}

/**
 * The times that the rules look at: now, and the windows that a change has or would get. What lies between them is
 * nobody's business, and may be weeks full of other changes.
 */
export function timesAbout(now: Instant, ...windows: readonly Partial<Window>[]): Interval[] {
  const wanted = windows.map(({ startsAt: start, endsAt: end }) => ({
    start: start ?? now,
    end: end ?? now,
  }));
  return [{ start: now, end: now + MINUTE }, ...wanted];
}

/** What the rules need to know of a change and the time of its window. */
export function factsAbout(world: World, change: Pick<Timed, 'proposal'>): Promise<Facts> {
  const now = world.clock.now();
  return loadFacts(world, { around: timesAbout(now, change.proposal) });
}

/** All that stands against the window that a change wants, also before it is filed; from the database, whole. */
export async function checkOf(
  world: World,
  change: Timed,
): Promise<{ wanted: Wanted; found: Obstacle[]; free: Window[] } | undefined> {
  const wanted = wantedBy(change);
  if (!wanted || wanted.endsAt <= wanted.startsAt) return undefined;
  const facts = await factsAbout(world, change);
  const found = obstacles(change, wanted, facts, world.clock.now());
  const refused = found.some(({ weight }) => weight !== 'warning');
  return { wanted, found, free: refused ? await freeWindows(world, wanted) : [] };
}

/** What holds a change that asks for no window, were it started now: the freezes in force, also before it is filed. */
export async function freezesNow(world: World, change: Timed): Promise<Obstacle[]> {
  // Dates that were typed for another category are none of its own.
  const { startsAt: _, endsAt: __, ...proposal } = change.proposal;
  const windowless = { ...change, proposal };
  const found = obstaclesNow(windowless, await factsAbout(world, windowless), world.clock.now());
  return found.filter((problem) => 'freeze' in problem);
}

/** Does the work; a refusal of a window then says which would do. */
export async function offering<T>(world: World, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || !error.wanted) throw error;
    throw error.offering(await freeWindows(world, error.wanted));
  }
}

/** What would happen if this person moved a change's window, without anything happening. @throws {Refusal} as then */
export function tryWindow(
  world: World,
  change: Change,
  window: Window,
  by: PersonId,
): Promise<ChangeEvent[]> {
  const { startsAt, endsAt } = window;
  return offering(world, async () => {
    const at = world.clock.now();
    const around = timesAbout(at, change.proposal, window);
    return decide(change, { type: 'Schedule', startsAt, endsAt, by, at }, await loadFacts(world, { around }));
  });
}
