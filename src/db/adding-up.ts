import { and, gte, lt, type SQL, sql, type sum } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';

type Column = Parameters<typeof gte>[0] & Parameters<typeof sum>[0];

/** That an instant lies in a stretch of time. */
export function within(at: Column, { start, end }: Interval): SQL | undefined {
  return and(gte(at, start), lt(at, end));
}

/** A sum that is 0 where there is nothing to add up, of those rows alone that `when` says. */
export function total(value: unknown, when?: SQL): SQL<number> {
  return when
    ? sql<number>`coalesce(sum(case when ${when} then ${value} else 0 end), 0)`
    : sql<number>`coalesce(sum(${value}), 0)`;
}
