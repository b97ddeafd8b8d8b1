import type { Policy } from '../../src/policy/schema.ts';

export type Hours = NonNullable<Policy['workingTime']['monday']>;
type Calendar = Pick<Policy, 'zone' | 'workingTime'>;

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/**
 * The slow way, with nothing but the clocks of the wall: walk minute by minute and count those that are worked.
 * After the last one, that is the time; to count none is to walk to the first.
 */
export function countedOut(calendar: Calendar, from: number, minutes: number): number {
  let counted = 0;
  for (let at = from; ; at += MINUTE) {
    if (!isWorked(calendar, at)) continue;
    if (minutes === 0) return at;
    counted += 1;
    if (counted === minutes) return at + MINUTE;
  }
}

function isWorked({ zone, workingTime }: Calendar, at: number): boolean {
  // The wall's time, written as if it were UTC.
  const wall = new Date(at + offset(zone, Math.floor(at / QUARTER) * QUARTER));
  const hours = workingTime[DAYS[wall.getUTCDay()] ?? 'sunday'];
  if (!hours) return false;
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const open = minute >= minuteOf(hours.slice(0, 5)) && minute < minuteOf(hours.slice(6));
  return open && !workingTime.holidays.includes(wall.toISOString().slice(0, 10));
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's walls are ahead of UTC; no zone changes that within a quarter of an hour. */
function offset(zone: string, at: number): number {
  const key = `${zone} ${at}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  const found = Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  offsets.set(key, found);
  return found;
}
