import { TZDate } from '@date-fns/tz';
import {
  addMonths,
  addWeeks,
  addYears,
  getISOWeeksInYear,
  setISOWeek,
  setISOWeekYear,
  startOfISOWeek,
} from 'date-fns';
import type { Span } from '../calendar/days.ts';
import type { Interval } from '../calendar/interval.ts';
import type { RiskLevel } from '../policy/schema.ts';
import { OPEN } from './states.ts';
import type { Instant, PersonId, Status } from './types.ts';

/**
 * What can be written to a file: all of a change, the minutes of a meeting, a picture of the calendar, a list of
 * changes as somebody named it, or the report of the week or month that an instant lies in.
 */
export type Export =
  | { of: 'record' }
  | { of: 'minutes' }
  | { of: 'calendar'; span: Span; start: Instant; system?: string; team?: string; risk?: RiskLevel }
  | { of: 'list'; which: string }
  | { of: 'report'; kind: 'week' | 'month'; start: Instant; as: 'md' | 'csv' | 'png' };

/** Which changes a list holds. */
export interface Population {
  statuses?: readonly Status[];
  requester?: PersonId;
  /** When they were submitted. */
  submitted?: Interval;
  /** What it is called in a sentence: "changes submitted in 2026-10". */
  title: string;
}

/**
 * Reads which changes somebody wants in a list: `open`, `mine`, `all`, or a year, a month or a week of the company's
 * calendar, by submission; nothing if it is none of these.
 * @param by who asks: "mine"
 */
export function populationNamed(words: string, zone: string, by: PersonId): Population | undefined {
  const named = words.trim().toLowerCase();
  if (named === 'all') return { title: 'all changes' };
  if (named === 'open') return { title: 'open changes', statuses: OPEN };
  if (named === 'mine') return { title: 'your changes', requester: by };
  const submitted = periodNamed(named, zone);
  return submitted && { title: `changes submitted in ${named.toUpperCase()}`, submitted };
}

const PERIOD = /^(20\d{2})(?:-(\d{2})|-w(\d{2}))?$/;

/** Which part of a year words name by their form, whether the calendar has it or not. */
export function partNamed(words: string): 'month' | 'week' | undefined {
  const [, , month, week] = PERIOD.exec(words.trim().toLowerCase()) ?? [];
  if (week !== undefined) return 'week';
  return month === undefined ? undefined : 'month';
}

/** `2026`, `2026-10` or `2026-w47`, from its first instant until before that of the next. */
function periodNamed(words: string, zone: string): Interval | undefined {
  const [, year = '', month, week] = PERIOD.exec(words) ?? [];
  const y = Number(year);
  if (y === 0) return undefined;
  if (week !== undefined) {
    const year = setISOWeekYear(new TZDate(y, 5, 15, zone), y);
    const first = startOfISOWeek(setISOWeek(year, Number(week)));
    return within(1, getISOWeeksInYear(year), Number(week))
      ? { start: first.getTime(), end: addWeeks(first, 1).getTime() }
      : undefined;
  }
  if (month === undefined) {
    const first = new TZDate(y, 0, 1, zone);
    return { start: first.getTime(), end: addYears(first, 1).getTime() };
  }
  const first = new TZDate(y, Number(month) - 1, 1, zone);
  return within(1, 12, Number(month))
    ? { start: first.getTime(), end: addMonths(first, 1).getTime() }
    : undefined;
}

function within(least: number, most: number, n: number): boolean {
  return n >= least && n <= most;
}
