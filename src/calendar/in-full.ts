import type { Instant } from './interval.ts';
import { HOUR, MINUTE, offsetAt, type WallTime, wallTime } from './zone.ts';

const DATE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
});

/**
 * An instant as it can be read in one way only, and read back: `Saturday 5 December 2026 22:00 UTC+01:00`. For
 * where Slack's dates, which show everybody their own time, cannot stand.
 */
export function inFull(at: Instant, zone: string): string {
  return `${dayInFull(wallTime(zone, at))} ${clockOf(wallTime(zone, at))} ${offsetInFull(offsetAt(zone, at))}`;
}

/** `Sat 5 Dec 22:00`, for a table that says which zone it is in. */
export function inShort(at: Instant, zone: string): string {
  const [weekday = '', day, month = ''] = dayInFull(wallTime(zone, at)).split(' ');
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${clockOf(wallTime(zone, at))}`;
}

/** `Saturday 5 December 2026` */
export function dayInFull(wall: WallTime): string {
  return DATE.format(wall).replace(',', '');
}

/** `22:00` */
export function clockOf(wall: WallTime): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** `UTC+01:00` */
export function offsetInFull(offset: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(offset);
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.floor(size / HOUR))}:${two((size % HOUR) / MINUTE)}`;
}
