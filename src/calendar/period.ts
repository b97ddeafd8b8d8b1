import { isoDate } from './hours.ts';
import { dayInFull } from './in-full.ts';
import type { Instant } from './interval.ts';
import { instantAt, midnight } from './recurrence.ts';
import { DAY, type WallTime, wallTime } from './zone.ts';

export const PERIODS = ['day', 'week', 'month', 'quarter', 'half year', 'year'] as const;
export type PeriodKind = (typeof PERIODS)[number];

/** A stretch of the calendar with a name of its own: `2026-W47`, `2026-11`, `2026-Q4`. */
export interface Period {
  key: string;
  start: Instant;
  end: Instant;
}

const MONTHS = { month: 1, quarter: 3, 'half year': 6, year: 12 } as const;

/** The period that a day of the wall lies in, or the whole one before it. Weeks are those of ISO 8601. */
export function periodOf(
  zone: string,
  kind: PeriodKind,
  day: WallTime,
  which: 'this' | 'last' = 'this',
): Period {
  const start = startOf(kind, day);
  if (which === 'last') return periodOf(zone, kind, start - DAY);
  return {
    key: keyOf(kind, start),
    start: instantAt(zone, start),
    end: instantAt(zone, endOf(kind, start)),
  };
}

function startOf(kind: PeriodKind, day: WallTime): WallTime {
  if (kind === 'day') return midnight(day);
  if (kind === 'week') return midnight(day) - weekday(day) * DAY;
  const date = new Date(day);
  const months = MONTHS[kind];
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months, 1);
}

function endOf(kind: PeriodKind, start: WallTime): WallTime {
  if (kind === 'day' || kind === 'week') return start + (kind === 'day' ? 1 : 7) * DAY;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[kind], 1);
}

function keyOf(kind: PeriodKind, start: WallTime): string {
  const date = new Date(start);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (kind) {
    case 'day':
      return isoDate(start);
    case 'week':
      return weekKey(start);
    case 'month':
      return isoDate(start).slice(0, 7);
    case 'quarter':
      return `${year}-Q${month / 3 + 1}`;
    case 'half year':
      return `${year}-H${month / 6 + 1}`;
    case 'year':
      return String(year);
    default:
      return kind satisfies never;
  }
}

/** A week belongs to the year that has its Thursday. */
function weekKey(monday: WallTime): string {
  const year = new Date(monday + 3 * DAY).getUTCFullYear();
  const first = Date.UTC(year, 0, 4);
  const week = (monday - (first - weekday(first) * DAY)) / (7 * DAY) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Monday is 0. */
function weekday(day: WallTime): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/**
 * What people call a period: "August 2026", "Week 35, 2026", "third quarter of 2026", "second half of 2026", "2026",
 * "30 August 2026".
 * @param key of a period; anything else stays as it is
 */
export function periodName(key: string): string {
  const form = formOf(key.toLowerCase());
  const inFull = (day: WallTime) => dayInFull(day).split(' ').slice(1);
  if (!form) {
    const day = Date.parse(key);
    return Number.isNaN(day) ? key : inFull(day).join(' ');
  }
  const [year = '', n = ''] = form.key.split(/-[WQH]?/);
  switch (form.kind) {
    case 'month':
      return inFull(form.day).slice(1).join(' ');
    case 'week':
      return `Week ${Number(n)}, ${year}`;
    case 'quarter':
      return `${NTH[Number(n) - 1]} quarter of ${year}`;
    case 'half year':
      return `${NTH[Number(n) - 1]} half of ${year}`;
    case 'year':
      return year;
    default:
      return form.kind satisfies never;
  }
}

const NTH = ['first', 'second', 'third', 'fourth'];

/** A period that somebody named, and of which kind it is. */
export interface NamedPeriod extends Period {
  kind: PeriodKind;
}

const MONTH_NAMES = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

/**
 * Reads which period somebody means, in the company's calendar: `2026`, `2026-11`, `2026-W47`, `2026-Q4`, `2026-H2`, the
 * year first or last, `November 2026`, `this quarter`, `last month`.
 * @returns nothing if it is none of these, or the calendar has none of that name
 */
export function periodNamed(words: string, zone: string, now: Instant): NamedPeriod | undefined {
  const said = tidied(words);
  const [, which, kind] = /^(this|last) (week|month|quarter|half year|year)$/.exec(said) ?? [];
  const near = PERIODS.find((each) => each === kind);
  if (near)
    return { kind: near, ...periodOf(zone, near, wallTime(zone, now), which === 'last' ? 'last' : 'this') };
  const form = formOf(said);
  if (!form) return undefined;
  const period = periodOf(zone, form.kind, form.day);
  // A thirteenth month is the first of the next year, and so is not what was named.
  return period.key === form.key ? { kind: form.kind, ...period } : undefined;
}

/** Which kind of period words name by their form, whether the calendar has it or not. */
export function periodForm(words: string): PeriodKind | undefined {
  return formOf(tidied(words))?.kind;
}

function tidied(words: string): string {
  return words.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

interface Form {
  kind: Exclude<PeriodKind, 'day'>;
  key: string;
  day: WallTime;
}

/** What is named by its form: the key that it would have, and a day of the wall that would lie in it. */
function formOf(said: string): Form | undefined {
  const [, part = '', after = ''] = /^([a-z]+|[qwh]\d{1,2}) (20\d{2})$/.exec(said) ?? [];
  const month = part.length < 3 ? -1 : MONTH_NAMES.findIndex((name) => name.startsWith(part));
  if (month >= 0) return form('month', Number(after), month + 1);
  const [, year = '', mm, letter, n] =
    /^(20\d{2})(?:-(\d{2})|[- ]?([qwh])(\d{1,2}))?$/.exec(after ? `${after}-${part}` : said) ?? [];
  if (!year) return undefined;
  if (mm !== undefined) return form('month', Number(year), Number(mm));
  switch (letter) {
    case 'w':
      return form('week', Number(year), Number(n));
    case 'q':
      return form('quarter', Number(year), Number(n));
    case 'h':
      return form('half year', Number(year), Number(n));
    default:
      return form('year', Number(year), 1);
  }
}

function form(kind: Form['kind'], year: number, n: number): Form {
  const two = String(n).padStart(2, '0');
  switch (kind) {
    case 'week':
      return { kind, key: `${year}-W${two}`, day: startOf('week', Date.UTC(year, 0, 4)) + (n - 1) * 7 * DAY };
    case 'month':
      return { kind, key: `${year}-${two}`, day: Date.UTC(year, n - 1, 1) };
    case 'quarter':
      return { kind, key: `${year}-Q${n}`, day: Date.UTC(year, (n - 1) * 3, 1) };
    case 'half year':
      return { kind, key: `${year}-H${n}`, day: Date.UTC(year, (n - 1) * 6, 1) };
    case 'year':
      return { kind, key: String(year), day: Date.UTC(year, 0, 1) };
    default:
      return kind satisfies never;
  }
}
