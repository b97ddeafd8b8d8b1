import { and, count, gte, inArray, lt, min, sql } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Outcome } from '../change/execution.ts';
import type { Status } from '../change/types.ts';
import type { Category } from '../policy/schema.ts';
import type { Db } from './db.ts';

/** How long implementations of one category and outcome took together, and how many within each limit. */
export interface Duration {
  category: Category;
  outcome: Outcome;
  n: number;
  /** In milliseconds. */
  lasted: number;
  /** How many took at most so many seconds, one for each limit asked for. */
  within: number[];
}

/** How long implementations that ended in a stretch of time took. */
export async function durationsIn(
  db: Db,
  { start, end }: Interval,
  limits: readonly number[],
): Promise<Duration[]> {
  const { figures: t } = db.t;
  const upTo = (seconds: number) =>
    sql<number>`sum(case when ${t.lasted} <= ${sql.raw(String(seconds * 1000))} then 1 else 0 end)`;
  const rows = await db.alone((q) =>
    q
      .select({
        category: t.category,
        outcome: t.outcome,
        n: count(),
        lasted: sql<number>`sum(${t.lasted})`,
        within: Object.fromEntries(limits.map((limit) => [`le_${limit}`, upTo(limit)])),
      })
      .from(t)
      .where(and(gte(t.finishedAt, start), lt(t.finishedAt, end)))
      .groupBy(t.category, t.outcome),
  );
  // What ended has its outcome.
  return rows.flatMap(({ outcome, within, ...row }) =>
    outcome ? [{ ...row, outcome, within: limits.map((limit) => Number(within[`le_${limit}`] ?? 0)) }] : [],
  );
}

/** When the first change was filed, if any was. */
export async function firstFiling(db: Db): Promise<number | undefined> {
  const { figures: t } = db.t;
  const [row] = await db.alone((q) => q.select({ at: min(t.submittedAt) }).from(t));
  return row?.at ?? undefined;
}

/** How many changes are in each of these states. */
export async function openByStatus(
  db: Db,
  statuses: readonly Status[],
): Promise<{ status: string; n: number }[]> {
  const { changes: t } = db.t;
  return db.alone((q) =>
    q
      .select({ status: t.status, n: count() })
      .from(t)
      .where(inArray(t.status, [...statuses]))
      .groupBy(t.status),
  );
}

/** How many rows of the outbox are not done, by their state. */
export async function outboxByState(db: Db): Promise<{ state: string; n: number }[]> {
  const { outbox: t } = db.t;
  return db.alone((q) =>
    q
      .select({ state: t.state, n: count() })
      .from(t)
      .where(inArray(t.state, ['waiting', 'sending', 'dead']))
      .groupBy(t.state),
  );
}
