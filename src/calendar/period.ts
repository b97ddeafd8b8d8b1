import { isoDate } from './hours.ts';
import type { Instant } from './interval.ts';
import { instantAt, midnight } from './recurrence.ts';
import { DAY, type WallTime } from './zone.ts';

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
