import { and, count, isNull, lt, sql } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Clock } from '../change/clocks.ts';
import type { Category } from '../policy/schema.ts';
import { total, within } from './adding-up.ts';
import type { Db } from './db.ts';

/** Times that were to be kept, and how many were, of one kind, stage and category. */
export interface Kept {
  of: Clock['of'];
  stage: string;
  category: Category;
  n: number;
  kept: number;
}

/** The times of which it was known in a stretch of time, until now, whether they were kept. */
export async function keptIn(db: Db, { start, end }: Interval, now: number): Promise<Kept[]> {
  const { clocks: t } = db.t;
  return db.alone((q) =>
    q
      .select({ of: t.of, stage: t.stage, category: t.category, n: count(), kept: total(t.kept) })
      .from(t)
      .where(within(t.knownAt, { start, end: Math.min(end, now + 1) }))
      .groupBy(t.of, t.stage, t.category),
  );
}

/** How long it took, of one kind and stage: the mean, and what half and nine in ten did not exceed. */
export interface Took {
  of: Clock['of'];
  stage: string;
  n: number;
  total: number;
  half?: number;
  most?: number;
}

/** What was done in a stretch of time: decisions, stages and reviews. The shares are those of a change that there was. */
export async function tookIn(db: Db, range: Interval): Promise<Took[]> {
  const { clocks: t } = db.t;
  return db.alone((q) => {
    const place = sql<number>`row_number() over (partition by ${t.of}, ${t.stage} order by ${t.lasted})`;
    const all = sql<number>`count(*) over (partition by ${t.of}, ${t.stage})`;
    const ranked = q
      .select({
        of: t.of,
        stage: t.stage,
        lasted: t.lasted,
        place: place.as('place'),
        all: all.as('all_of_it'),
      })
      .from(t)
      .where(within(t.doneAt, range))
      .as('ranked');
    const at = (percent: number) =>
      total(ranked.lasted, sql`${ranked.place} = (${ranked.all} * ${sql.raw(String(percent))} + 99) / 100`);
    return q
      .select({
        ...{ of: ranked.of, stage: ranked.stage, n: count(), total: total(ranked.lasted) },
        ...{ half: at(50), most: at(90) },
      })
      .from(ranked)
      .groupBy(ranked.of, ranked.stage);
  });
}

/** The same without the shares, for which nothing has to be sorted. */
export async function meansIn(db: Db, range: Interval): Promise<Took[]> {
  const { clocks: t } = db.t;
  return db.alone((q) =>
    q
      .select({ of: t.of, stage: t.stage, n: count(), total: total(t.lasted) })
      .from(t)
      .where(within(t.doneAt, range))
      .groupBy(t.of, t.stage),
  );
}

/** Running times that are up already, by what they are for. */
export async function lateNow(db: Db, now: number): Promise<{ of: Clock['of']; n: number }[]> {
  const { clocks: t } = db.t;
  return db.alone((q) =>
    q
      .select({ of: t.of, n: count() })
      .from(t)
      .where(and(isNull(t.endedAt), lt(t.deadline, now)))
      .groupBy(t.of),
  );
}
