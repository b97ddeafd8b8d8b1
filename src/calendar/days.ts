import { tz } from '@date-fns/tz';
import { addDays, addMonths, addWeeks, startOfDay, startOfISOWeek, startOfMonth } from 'date-fns';
import { type Instant, type Interval, overlaps } from './interval.ts';

/** What a calendar shows at once. A week begins on Monday. */
export type Span = 'week' | 'month';

/** The whole week or month of a zone in which an instant lies. */
export function spanAt(span: Span, at: Instant, zone: string): Interval {
  const start = (span === 'week' ? startOfISOWeek : startOfMonth)(at, { in: tz(zone) });
  return { start: start.getTime(), end: later(span, start.getTime(), 1, zone) };
}

/** The start of a span, so many weeks or months later, or earlier. */
export function later(span: Span, start: Instant, by: number, zone: string): Instant {
  return (span === 'week' ? addWeeks : addMonths)(start, by, { in: tz(zone) }).getTime();
}

/** The days of a zone in a range that begins with one, in order; one in which clocks are changed is not 24 hours. */
export function daysOf({ start, end }: Interval, zone: string): Interval[] {
  const days: Interval[] = [];
  for (let day = start; day < end; ) {
    const next = startOfDay(addDays(day, 1, { in: tz(zone) }), { in: tz(zone) }).getTime();
    days.push({ start: day, end: next });
    day = next;
  }
  return days;
}

/** Those of a list whose windows touch an interval. */
export function touching<W extends { startsAt: Instant; endsAt: Instant }>(
  list: readonly W[],
  interval: Interval,
): W[] {
  return list.filter(({ startsAt, endsAt }) => overlaps({ start: startsAt, end: endsAt }, interval));
}
