import { expect } from 'vitest';
import { offHours, productionHours, workingHours } from '../../src/calendar/hours.ts';
import type { Interval } from '../../src/calendar/interval.ts';
import { nextFreeWindows, windowProblems } from '../../src/calendar/windows.ts';
import { addWorkingMinutes } from '../../src/calendar/working-time.ts';
import { countedOut, isWithin, isWorked, obstacles } from './oracle.ts';
import type { Scene } from './scenes.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const FURTHEST = 3 * DAY;

type Obstacles = ReturnType<typeof obstacles>;

/** Fails unless everything that is worked out about a scene is what counting minutes gives. */
export function agrees(scene: Scene): void {
  hoursAgree(scene);
  workingTimeAgrees(scene);
  const against = obstacles(scene.wanted, scene.context);
  problemsAgree(scene, against);
  freeWindowsAgree(scene, against);
}

function hoursAgree({ wanted, context: { policy } }: Scene): void {
  const range = { start: wanted.startsAt - DAY, end: wanted.startsAt + DAY };
  const lists = wanted.systems.map((id) => policy.systems[id]?.productionHours ?? policy.productionHours);
  const needed = lists.length > 0 ? lists : [policy.productionHours];
  expect(workingHours(policy, range)).toEqual(byMinute(range, (at) => isWorked(policy, at)));
  expect(offHours(policy, range)).toEqual(byMinute(range, (at) => isWithin(policy, policy.offHours, at)));
  expect(productionHours(policy, wanted.systems, range)).toEqual(
    byMinute(range, (at) => needed.some((list) => isWithin(policy, list, at))),
  );
}

function workingTimeAgrees({ wanted, context: { policy } }: Scene): void {
  const week = { start: wanted.startsAt, end: wanted.startsAt + 8 * DAY };
  const length = (wanted.endsAt - wanted.startsAt) / MINUTE;
  // A company that hardly ever works would keep the oracle counting.
  if (workingHours(policy, week).reduce((sum, { start, end }) => sum + end - start, 0) < length * MINUTE)
    return;
  for (const minutes of [0, 1, length])
    expect(new Date(addWorkingMinutes(policy, wanted.startsAt, minutes))).toEqual(
      new Date(countedOut(policy, wanted.startsAt, minutes)),
    );
}

function problemsAgree({ wanted, context }: Scene, against: Obstacles): void {
  const found = windowProblems(wanted, context).flatMap((problem) => {
    if (problem.kind === 'clash') return [problem.clash.with.id];
    if ('freeze' in problem) return [problem.freeze.id.replace(/^yearly .*/, 'yearly')];
    return problem.kind === 'execution time' ? ['time'] : [problem.kind];
  });
  const counted = new Set<string>();
  for (let at = wanted.startsAt; at < wanted.endsAt; at += MINUTE)
    for (const each of against(at)) counted.add(each);
  expect(found.toSorted()).toEqual([...counted].sort());
}

/** The first is the first quarter of an hour that will do; all of them will do, and none is before its turn. */
function freeWindowsAgree({ wanted, context }: Scene, against: Obstacles): void {
  const length = wanted.endsAt - wanted.startsAt;
  const free = (start: number) => {
    for (let at = start; at < start + length; at += MINUTE) if (against(at).length > 0) return false;
    return true;
  };
  const found = nextFreeWindows(wanted, context);
  let first = Math.ceil(wanted.startsAt / QUARTER) * QUARTER;
  while (first < wanted.startsAt + FURTHEST && !free(first)) first += QUARTER;
  const expected = first < wanted.startsAt + FURTHEST ? first : undefined;
  const soon = found.map(({ startsAt }) => startsAt).filter((start) => start < wanted.startsAt + FURTHEST);
  expect(soon[0]).toBe(expected);
  for (const { startsAt, endsAt } of found)
    expect([endsAt - startsAt, free(startsAt)]).toEqual([length, true]);
}

/** The minutes of `range` for which something is true, as intervals. */
function byMinute(range: Interval, is: (at: number) => boolean): Interval[] {
  const list: Interval[] = [];
  for (let at = range.start; at < range.end; at += MINUTE) {
    if (!is(at)) continue;
    const last = list.at(-1);
    if (last?.end === at) last.end = at + MINUTE;
    else list.push({ start: at, end: at + MINUTE });
  }
  return list;
}
