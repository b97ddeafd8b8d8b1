import type { Policy, RiskLevel } from '../policy/schema.ts';
import { type ExecutionTime, type HoursList, WEEKDAYS } from '../policy/times.ts';
import { type Interval, merged, without } from './interval.ts';
import { DAY, inZone, MINUTE, type WallSet, type WallTime } from './zone.ts';

/** What working time needs of a policy. */
export type WorkCalendar = Pick<Policy, 'zone' | 'workingTime'>;
type Times = WorkCalendar & Pick<Policy, 'productionHours' | 'offHours' | 'executionTimes' | 'systems'>;

/** Working time within `range`: the hours of each weekday, without the holidays. */
export function workingHours({ zone, workingTime }: WorkCalendar, range: Interval): Interval[] {
  const holidays = holidaysOf(workingTime);
  return inZone(
    zone,
    range,
    everyDay((day) => {
      const hours = workingTime[weekday(day)];
      if (!hours || holidays.has(isoDate(day))) return [];
      return [{ start: day + timeOfDay(hours.slice(0, 5)), end: day + timeOfDay(hours.slice(6)) }];
    }),
  );
}

/** Whether people work on a day of the wall. */
export function worksOn({ workingTime }: WorkCalendar, day: WallTime): boolean {
  return workingTime[weekday(day)] !== undefined && !holidaysOf(workingTime).has(isoDate(day));
}

/** When, within `range`, users need at least one of these systems; with none named, by the policy's hours. */
export function productionHours(policy: Times, systems: readonly string[], range: Interval): Interval[] {
  return merged(productionLists(policy, systems).flatMap((list) => hoursWithin(policy, list, range)));
}

/** The different production hours of these systems. */
export function productionLists(
  policy: Pick<Policy, 'productionHours' | 'systems'>,
  systems: readonly string[],
): HoursList[] {
  const own = systems.map((id) => policy.systems[id]?.productionHours ?? policy.productionHours);
  return [...new Set(own.length > 0 ? own : [policy.productionHours])];
}

/** The policy's off-hours within `range`. */
export function offHours(policy: Times, range: Interval): Interval[] {
  return hoursWithin(policy, policy.offHours, range);
}

/**
 * When, within `range`, a change of this risk on these systems may be carried out
 * (guide, "Risk Assessment Levels"; which time is for which risk is policy).
 */
export function executionHours(
  policy: Times,
  time: ExecutionTime,
  systems: readonly string[],
  range: Interval,
): Interval[] {
  switch (time) {
    case 'any time':
      return [range];
    case 'off hours':
      return offHours(policy, range);
    case 'outside production hours':
      return without(range, productionHours(policy, systems, range));
    case 'outside business hours':
      return without(range, workingHours(policy, range));
    default:
      return time satisfies never;
  }
}

/** The policy's word for when a change may be carried out. */
export function executionTimeOf(
  policy: Pick<Policy, 'executionTimes' | 'categories'>,
  { category, risk }: { category: keyof Policy['categories']; risk: RiskLevel },
): ExecutionTime {
  return policy.categories[category].atAnyTime ? 'any time' : policy.executionTimes[risk];
}

/** Days of the wall, each with its own intervals, which may run on into the next day. */
function everyDay(of: (day: WallTime) => Interval[]): WallSet {
  return ({ start, end }) => {
    const first = Math.floor(start / DAY) - 1;
    const days = Array.from({ length: Math.ceil(end / DAY) - first }, (_, i) => (first + i) * DAY);
    return merged(days.flatMap(of));
  };
}

/** `2026-12-25` */
export function isoDate(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** Kept as a set: a policy with public holidays has hundreds of them. */
const holidaySets = new WeakMap<string[], Set<string>>();

function holidaysOf({ holidays }: WorkCalendar['workingTime']): Set<string> {
  const set = holidaySets.get(holidays) ?? new Set(holidays);
  holidaySets.set(holidays, set);
  return set;
}

function weekday(wall: WallTime): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[new Date(wall).getUTCDay()] ?? 'sunday';
}

function hoursWithin({ zone, workingTime }: WorkCalendar, list: HoursList, range: Interval): Interval[] {
  const holidays = holidaysOf(workingTime);
  const on = (days: HoursList[number]['days'], day: WallTime) =>
    !days || days.includes(weekday(day)) || (days.includes('holidays') && holidays.has(isoDate(day)));
  return inZone(
    zone,
    range,
    everyDay((day) =>
      list
        .filter(({ days }) => on(days, day))
        .map(({ from, to }) => ({ start: day + timeOfDay(from), end: day + endOfHours(from, to) })),
    ),
  );
}

/** An end at or before the start is on the next day. */
function endOfHours(from: string, to: string): number {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return end > start ? end : end + DAY;
}

/** `09:30` as milliseconds of a day of the wall. */
export function timeOfDay(clock: string): number {
  return (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;
}
