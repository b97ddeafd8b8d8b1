/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** From `start` until, and without, `end`. Lists of intervals are in order and do not touch each other. */
export interface Interval {
  start: number;
  end: number;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Any intervals, in any order, as a list of intervals; empty ones are left out. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const list: Interval[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) list.push({ start, end });
  }
  return list;
}

/** What of `list` lies within `range`. */
export function clipped(list: readonly Interval[], range: Interval): Interval[] {
  return list
    .filter((each) => overlaps(each, range))
    .map(({ start, end }) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }));
}

/** What of `range` is in none of `holes`, a list. */
export function without(range: Interval, holes: readonly Interval[]): Interval[] {
  const inside = clipped(holes, range);
  const starts = [range.start, ...inside.map(({ end }) => end)];
  const ends = [...inside.map(({ start }) => start), range.end];
  return starts
    .map((start, i) => ({ start, end: ends[i] ?? range.end }))
    .filter(({ start, end }) => start < end);
}

/** Whether all of `interval` is in one of `list`. */
export function covers(list: readonly Interval[], interval: Interval): boolean {
  return list.some(({ start, end }) => start <= interval.start && interval.end <= end);
}
