import type { Category, Policy } from '../policy/schema.ts';
import type { YearlyFreeze } from '../policy/times.ts';
import { type Instant, type Interval, overlaps } from './interval.ts';
import { DAY, inZone, type WallTime } from './zone.ts';

/** What a freeze holds. An empty list is all of them. */
export interface Scope {
  systems: readonly string[];
  environments: readonly string[];
  categories: readonly Category[];
}

/** A time in which changes rest. A hard one and a stop of the line block; a soft one needs a second person and a reason. */
export interface Freeze {
  id: string;
  kind: 'hard' | 'soft' | 'stop';
  startsAt: Instant;
  endsAt: Instant;
  scope: Scope;
  /** Why, in somebody's own words or the policy's: escape it. */
  reason: string;
}

/** What a freeze asks of a change: what it touches. */
export interface Touched {
  systems: readonly string[];
  environments: readonly string[];
  category: Category;
}

/** Whether a freeze holds a change. One that does not say what it touches may touch what is frozen. */
export function holds({ systems, environments, categories }: Scope, change: Touched): boolean {
  return (
    meets(systems, change.systems) &&
    meets(environments, change.environments) &&
    (categories.length === 0 || categories.includes(change.category))
  );
}

function meets(scope: readonly string[], touched: readonly string[]): boolean {
  return scope.length === 0 || touched.length === 0 || touched.some((id) => scope.includes(id));
}

/** The freezes that touch `range`, in order: those that were declared and those of every year. */
export function freezesIn(
  policy: Pick<Policy, 'zone' | 'freezes'>,
  declared: readonly Freeze[],
  range: Interval,
): Freeze[] {
  const now = declared.filter(({ startsAt, endsAt }) => overlaps({ start: startsAt, end: endsAt }, range));
  const yearly = policy.freezes.flatMap((freeze) => occurrences(policy.zone, freeze, range));
  return [...now, ...yearly].sort((a, b) => a.startsAt - b.startsAt);
}

/** Each time that a freeze of every year touches `range`, whole: from its first day to its last on the wall. */
function occurrences(zone: string, freeze: YearlyFreeze, range: Interval): Freeze[] {
  const { id, kind, title, systems, environments, categories } = freeze;
  const [first, last] = [range.start, range.end].map((at) => new Date(at).getUTCFullYear());
  return yearsFrom((first ?? 0) - 1, (last ?? 0) + 1).flatMap((year) => {
    const found = season(zone, freeze, year);
    if (!found || !overlaps(found, range)) return [];
    return {
      ...{ id: `${id} ${year}`, kind, startsAt: found.start, endsAt: found.end },
      ...{ scope: { systems, environments, categories }, reason: title },
    };
  });
}

function yearsFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The season that begins in `year`; it ends in the next one where its last day is the earlier. */
function season(zone: string, { from, to }: YearlyFreeze, year: number): Interval | undefined {
  const wall = { start: dayOf(year, from), end: lastDayOf(from <= to ? year : year + 1, to) + DAY };
  const parts = inZone(zone, { start: wall.start - DAY, end: wall.end + DAY }, () => [wall]);
  const [first, last] = [parts[0], parts.at(-1)];
  return first && last && { start: first.start, end: last.end };
}

/** `02-29` is the first of March in most years, */
function dayOf(year: number, day: string): WallTime {
  return Date.UTC(year, Number(day.slice(0, 2)) - 1, Number(day.slice(3)));
}

/** and as a last day it is the last of February. */
function lastDayOf(year: number, day: string): WallTime {
  return Math.min(dayOf(year, day), Date.UTC(year, Number(day.slice(0, 2)), 0));
}
