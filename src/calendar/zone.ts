import { tzOffset } from '@date-fns/tz';
import { clipped, type Instant, type Interval, merged } from './interval.ts';

/** Lengths of time in milliseconds. A day has 24 hours here, whatever the clock on the wall does in it. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * What a clock on the wall of some zone shows, in milliseconds, as if that zone were UTC: reading and adding are
 * then plain arithmetic, and every day has 24 hours.
 */
export type WallTime = number;

/** Parts of the wall's time that lie in a stretch of it: opening hours, days of the year. */
export type WallSet = (stretch: Interval) => Interval[];

/** No zone changes its clocks twice within one. */
const STEP = 7 * DAY;

/** Offsets by zone and minute: the same few are asked for again and again, and each takes some microseconds. */
const known = new Map<string, Map<number, number>>();
const KNOWN = 1_000;

/** How far the walls of an IANA zone are ahead of UTC at an instant, in milliseconds. Clocks change on full minutes. */
export function offsetAt(zone: string, at: Instant): number {
  const minute = Math.floor(at / MINUTE);
  const offsets = known.get(zone) ?? new Map<number, number>();
  const offset = offsets.get(minute) ?? tzOffset(zone, new Date(at)) * MINUTE;
  if (offsets.size >= KNOWN) offsets.clear();
  known.set(zone, offsets.set(minute, offset));
  return offset;
}

export function wallTime(zone: string, at: Instant): WallTime {
  return at + offsetAt(zone, at);
}

/**
 * The instants at which the walls of a zone show a time: one; two in the hour that a night has twice, the first
 * of them first; none in the hour that a night leaves out.
 */
export function instantsOf(zone: string, wall: WallTime): Instant[] {
  // Of the offset before a change and that after it: clocks that go back had the larger one first.
  const offsets = new Set([offsetAt(zone, wall - DAY), offsetAt(zone, wall + DAY)]);
  return [...offsets].map((offset) => wall - offset).filter((at) => wallTime(zone, at) === wall);
}

/**
 * The instants of `range` at which the wall's time is in `set`. So an hour that a night has twice counts both
 * times, and one that it leaves out is never.
 */
export function inZone(zone: string, range: Interval, set: WallSet): Interval[] {
  const parts = stretches(zone, range).flatMap(({ start, end, offset }) =>
    clipped(set({ start: start + offset, end: end + offset }), {
      start: start + offset,
      end: end + offset,
    }).map((part) => ({ start: part.start - offset, end: part.end - offset })),
  );
  return merged(parts);
}

/** The stretches of `range` in which the clocks are not changed. */
function stretches(zone: string, range: Interval): (Interval & { offset: number })[] {
  const list: (Interval & { offset: number })[] = [];
  let open = { start: range.start, offset: offsetAt(zone, range.start) };
  for (let at = range.start; at < range.end; at += STEP) {
    const next = Math.min(at + STEP, range.end);
    const offset = offsetAt(zone, next);
    if (offset === open.offset) continue;
    const change = changeWithin(zone, at, next);
    list.push({ ...open, end: change });
    open = { start: change, offset };
  }
  return [...list, { ...open, end: range.end }];
}

/** The instant within two of different offsets at which the clocks are changed, which is on a full minute. */
function changeWithin(zone: string, from: Instant, until: Instant): Instant {
  const before = offsetAt(zone, from);
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(until / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}
