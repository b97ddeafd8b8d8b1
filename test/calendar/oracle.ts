import type { Planned } from '../../src/calendar/clashes.ts';
import type { Scope } from '../../src/calendar/freezes.ts';
import type { Wanted, WindowContext } from '../../src/calendar/windows.ts';
import type { Policy } from '../../src/policy/schema.ts';
import type { HoursList, YearlyFreeze } from '../../src/policy/times.ts';

/**
 * The slow way, with nothing but what the clock on the wall shows in each minute. Shares no code with what it
 * judges, not even how a zone's time is found.
 */
type WorkCalendar = Pick<Policy, 'zone' | 'workingTime'>;

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** When so many minutes of work are over: count them. To count none is to walk to the first. */
export function countedOut(calendar: WorkCalendar, from: number, minutes: number): number {
  let counted = 0;
  for (let at = from; ; at += MINUTE) {
    if (!isWorked(calendar, at)) continue;
    if (minutes === 0) return at;
    counted += 1;
    if (counted === minutes) return at + MINUTE;
  }
}

export function isWorked({ zone, workingTime }: WorkCalendar, at: number): boolean {
  const { day, minute, date } = wallAt(zone, at);
  const hours = workingTime[day];
  if (!hours || workingTime.holidays.includes(date)) return false;
  return minute >= minuteOf(hours.slice(0, 5)) && minute < minuteOf(hours.slice(6));
}

/** Today's hours, or those of yesterday that run on into today. */
export function isWithin(policy: WorkCalendar, list: HoursList, at: number): boolean {
  const today = wallAt(policy.zone, at);
  const on = ({ day, date }: Wall, days: HoursList[number]['days']) =>
    !days || days.includes(day) || (days.includes('holidays') && policy.workingTime.holidays.includes(date));
  return list.some(({ days, from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (end > start) return on(today, days) && today.minute >= start && today.minute < end;
    return (on(today, days) && today.minute >= start) || (on(dayBefore(today), days) && today.minute < end);
  });
}

function isInSeason(zone: string, { from, to }: Pick<YearlyFreeze, 'from' | 'to'>, at: number): boolean {
  const day = wallAt(zone, at).date.slice(5);
  return from <= to ? from <= day && day <= to : from <= day || day <= to;
}

/** For each minute, what of execution times, freezes and clashes keeps the change from running in it. */
export function obstacles(
  wanted: Wanted,
  { policy, freezes, scheduled }: WindowContext,
): (at: number) => string[] {
  const held = ({ scope }: { scope: Scope }) =>
    common(scope.systems, wanted.systems) &&
    common(scope.environments, wanted.environments) &&
    common(scope.categories, [wanted.category]);
  const spans = [
    ...freezes.filter(held),
    ...scheduled.filter((other) => other.id !== wanted.id && meets(policy, wanted, other)),
  ];
  const seasons = policy.freezes.filter((each) => held({ scope: each }));
  const known = new Map<number, string[]>();
  return (at) => {
    const found = known.get(at) ?? [
      ...(mayRun(wanted, policy, at) ? [] : ['time']),
      ...spans.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt).map(({ id }) => id),
      ...seasons.filter((each) => isInSeason(policy.zone, each, at)).map(({ id }) => id),
    ];
    known.set(at, found);
    return found;
  };
}

function meets(policy: Policy, ours: Planned, theirs: Planned): boolean {
  if (ours.implementer !== undefined && ours.implementer === theirs.implementer) return true;
  return theirs.systems.some((b) => ours.systems.some((a) => reaches(policy, a, b) || reaches(policy, b, a)));
}

function mayRun({ category, risk, systems }: Wanted, policy: Policy, at: number): boolean {
  if (policy.categories[category].atAnyTime) return true;
  switch (policy.executionTimes[risk]) {
    case 'any time':
      return true;
    case 'off hours':
      return isWithin(policy, policy.offHours, at);
    case 'outside business hours':
      return !isWorked(policy, at);
    case 'outside production hours': {
      const lists = systems.map((id) => policy.systems[id]?.productionHours ?? policy.productionHours);
      return !(lists.length > 0 ? lists : [policy.productionHours]).some((list) =>
        isWithin(policy, list, at),
      );
    }
    default:
      throw new Error('a time that the oracle does not know');
  }
}

/** Whether one system needs another: a path of at most as many steps as there are systems. */
function reaches({ systems }: Policy, from: string, to: string): boolean {
  let reached = [from];
  for (let step = 0; step <= Object.keys(systems).length; step++) {
    if (reached.includes(to)) return true;
    reached = [...new Set([...reached, ...reached.flatMap((id) => systems[id]?.dependsOn ?? [])])];
  }
  return false;
}

function common(scope: readonly string[], touched: readonly string[]): boolean {
  return scope.length === 0 || touched.length === 0 || scope.some((id) => touched.includes(id));
}

interface Wall {
  day: (typeof DAYS)[number];
  date: string;
  /** Of the day. */
  minute: number;
}

/** What the wall shows. */
export function wallAt(zone: string, at: number): Wall {
  const wall = new Date(at + offset(zone, at));
  return {
    day: DAYS[wall.getUTCDay()] ?? 'sunday',
    date: wall.toISOString().slice(0, 10),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

function dayBefore({ date, minute }: Wall): Wall {
  const before = new Date(Date.parse(date) - DAY);
  return { day: DAYS[before.getUTCDay()] ?? 'sunday', date: before.toISOString().slice(0, 10), minute };
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

const formats = new Map<string, Intl.DateTimeFormat>();
let known = { zone: '', offsets: new Map<number, number>() };

/** How far the zone's walls are ahead of UTC: asked in every minute of a quarter of an hour in which that changes. */
function offset(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const before = shownBy(zone, quarter);
  return before === shownBy(zone, quarter + QUARTER)
    ? before
    : shownBy(zone, Math.floor(at / MINUTE) * MINUTE);
}

function shownBy(zone: string, at: number): number {
  if (known.zone !== zone || known.offsets.size > 10_000) known = { zone, offsets: new Map() };
  const before = known.offsets.get(at);
  if (before !== undefined) return before;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  const found = Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  known.offsets.set(at, found);
  return found;
}

/** The instants at which a zone's clocks are changed in these years, to the quarter of an hour. */
export function jumpsOf(zone: string, firstYear: number, lastYear: number): number[] {
  const jumps: number[] = [];
  for (let day = Date.UTC(firstYear, 0, 1); day < Date.UTC(lastYear + 1, 0, 1); day += DAY) {
    if (offset(zone, day) === offset(zone, day + DAY)) continue;
    for (let at = day; at < day + DAY; at += QUARTER)
      if (offset(zone, at) !== offset(zone, at + QUARTER)) jumps.push(at + QUARTER);
  }
  return jumps;
}
