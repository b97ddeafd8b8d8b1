import { createTask, parse } from 'node-cron';
import type { Schedule } from '../policy/posts.ts';
import { type WorkCalendar, worksOn } from './hours.ts';
import type { Instant } from './interval.ts';
import { DAY, HOUR, instantsOf, MINUTE, offsetAt, type WallTime, wallTime } from './zone.ts';

/** When something that comes again and again comes once. */
export interface Occurrence {
  /** The day that the expression names, as the wall's midnight: before a day off has moved it. */
  day: WallTime;
  at: Instant;
}

type Recurrence = Pick<Schedule, 'at' | 'dayOff'>;

/** Nothing is moved by more days off in a row. */
const MOST_DAYS_OFF = 31;
/** The 29th of February may be eight years away. */
const FURTHEST_DAYS = 3000;

/**
 * When it comes next after an instant. An hour that a night of changed clocks leaves out counts as the one after it,
 * and of one that comes twice the first counts: so every day has each of its times exactly once.
 * @returns nothing where it never comes
 */
export function nextOccurrence(
  calendar: WorkCalendar,
  recurrence: Recurrence,
  after: Instant,
): Occurrence | undefined {
  const days = daysOf(recurrence.at);
  const today = midnight(wallTime(calendar.zone, after));
  // How far from the day that is named it may come.
  const moves = recurrence.dayOff.endsWith('working day') ? MOST_DAYS_OFF : 0;
  let found: Occurrence | undefined;
  for (let n = -moves; n < FURTHEST_DAYS; n++) {
    const day = today + n * DAY;
    if (found && day > midnight(wallTime(calendar.zone, found.at)) + moves * DAY) break;
    const at = days.has(day) ? instantOf(calendar, recurrence, day, days.time) : undefined;
    // Of days that are moved to the same one the last counts.
    if (at !== undefined && at > after && (!found || at <= found.at)) found = { day, at };
  }
  return found;
}

/** The instant of a time of the wall, on every day and in every night. */
export function instantAt(zone: string, wall: WallTime): Instant {
  return instantsOf(zone, wall)[0] ?? wall - offsetAt(zone, wall - DAY);
}

/** The midnight that begins the day of a time of the wall. */
export function midnight(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}

function instantOf(
  calendar: WorkCalendar,
  { dayOff }: Recurrence,
  day: WallTime,
  time: number,
): Instant | undefined {
  const moved = movedDay(calendar, dayOff, day);
  return moved === undefined ? undefined : instantAt(calendar.zone, moved + time);
}

function movedDay(calendar: WorkCalendar, dayOff: Recurrence['dayOff'], day: WallTime): WallTime | undefined {
  if (dayOff === 'as planned' || worksOn(calendar, day)) return day;
  if (dayOff === 'left out') return undefined;
  const step = dayOff === 'next working day' ? DAY : -DAY;
  for (let n = 1; n <= MOST_DAYS_OFF; n++) if (worksOn(calendar, day + n * step)) return day + n * step;
  return undefined;
}

interface Days {
  has(day: WallTime): boolean;
  /** Its time of the day, in milliseconds. */
  time: number;
}

const known = new Map<string, Days>();

/**
 * Which days an expression names, and when on them. node-cron reads it and says whether a day is one of them: asked
 * of the wall's time as if that were UTC, so that no zone and no clock of this machine comes into it.
 */
function daysOf(expression: string): Days {
  const before = known.get(expression);
  if (before) return before;
  const { hour, minute } = parse(expression);
  const time = (hour[0] ?? 0) * HOUR + (minute[0] ?? 0) * MINUTE;
  const task = createTask(expression, () => {}, { timezone: 'UTC' });
  void task.destroy(); // it is only asked, and never runs
  const days = { time, has: (day: WallTime) => task.match(new Date(day + time)) };
  known.set(expression, days);
  return days;
}
