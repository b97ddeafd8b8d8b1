import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  type SQL,
  sql,
  type sum,
} from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Clock } from '../change/clocks.ts';
import type { Outcome } from '../change/execution.ts';
import type { Finding, Rating, Severity } from '../change/feedback.ts';
import type { Change } from '../change/types.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import { asChange } from './changes.ts';
import type { Db } from './db.ts';

/** Changes that were carried out, of one category, risk and outcome, added up. Lengths in milliseconds. */
export interface Ended {
  category: Category;
  risk: RiskLevel;
  outcome: Outcome;
  n: number;
  /** From the submission, from the approval and from the start, each to the end. */
  lead: number;
  implementing: number;
  lasted: number;
  /** Of those that had a window: how many, how long the windows were and they took, and how many kept within theirs. */
  planned: number;
  window: number;
  windowLasted: number;
  within: number;
  /** Of those of which both efforts are known: how many, and the minutes. */
  efforts: number;
  plannedEffort: number;
  effort: number;
  /** Defects, and how many changes have any. */
  defects: number;
  faulty: number;
  audits: number;
}

/** What ended in a stretch of time, by category, risk and outcome. */
export async function endedIn(db: Db, range: Interval): Promise<Ended[]> {
  const { figures: t } = db.t;
  const both = and(isNotNull(t.effort), isNotNull(t.plannedEffort));
  const rows = await db.alone((q) =>
    q
      .select({
        ...{ category: t.category, risk: t.risk, outcome: t.outcome, n: count() },
        ...{ lead: total(sql`${t.finishedAt} - ${t.submittedAt}`) },
        ...{ implementing: total(t.implementing), lasted: total(t.lasted) },
        ...{ planned: count(t.planned), window: total(t.planned) },
        windowLasted: total(t.lasted, isNotNull(t.planned)),
        within: total(sql`1`, sql`${t.lasted} <= ${t.planned}`),
        ...{
          efforts: total(sql`1`, both),
          plannedEffort: total(t.plannedEffort, both),
          effort: total(t.effort, both),
        },
        ...{
          defects: total(t.defects),
          faulty: total(sql`1`, sql`${t.defects} > 0`),
          audits: total(t.audits),
        },
      })
      .from(t)
      .where(within(t.finishedAt, range))
      .groupBy(t.category, t.risk, t.outcome),
  );
  // The columns hold what `saveFigures` writes; what ended has its outcome.
  return rows as Ended[];
}

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
  const rows = await db.alone((q) =>
    q
      .select({ of: t.of, stage: t.stage, category: t.category, n: count(), kept: total(t.kept) })
      .from(t)
      .where(within(t.knownAt, { start, end: Math.min(end, now + 1) }))
      .groupBy(t.of, t.stage, t.category),
  );
  return rows as Kept[]; // as above
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

/** How many were filed in a stretch of time, by category and risk. */
export async function filedIn(
  db: Db,
  range: Interval,
): Promise<{ category: Category; risk: RiskLevel; n: number }[]> {
  const { figures: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ category: t.category, risk: t.risk, n: count() })
      .from(t)
      .where(within(t.submittedAt, range))
      .groupBy(t.category, t.risk),
  );
  return rows as { category: Category; risk: RiskLevel; n: number }[]; // as above
}

/** How many left the road in a stretch of time without having been carried out, and how. */
export async function droppedIn(db: Db, range: Interval): Promise<{ dropped: string; n: number }[]> {
  const { figures: t } = db.t;
  const rows = await db.alone((q) =>
    q.select({ dropped: t.dropped, n: count() }).from(t).where(within(t.droppedAt, range)).groupBy(t.dropped),
  );
  return rows.map(({ dropped, n }) => ({ dropped: dropped ?? '', n }));
}

/** How often each number was given in a stretch of time, from 1 to 5. */
export async function ratedIn(db: Db, range: Interval): Promise<{ score: number; n: number }[]> {
  const { ratings: t } = db.t;
  return db.alone((q) =>
    q
      .select({ score: t.score, n: count() })
      .from(t)
      .where(within(t.at, range))
      .groupBy(t.score)
      .orderBy(asc(t.score)),
  );
}

/** How many defects and findings of audits were logged in a stretch of time. */
export async function foundIn(
  db: Db,
  range: Interval,
): Promise<{ of: Finding['of']; severity: Severity; n: number }[]> {
  const { findings: t } = db.t;
  return db.alone((q) =>
    q
      .select({ of: t.of, severity: t.severity, n: count() })
      .from(t)
      .where(within(t.at, range))
      .groupBy(t.of, t.severity),
  );
}

/** What changes that ended in a stretch of time were about, the most frequent first. */
export async function touchedIn(
  db: Db,
  what: 'type' | 'system',
  range: Interval,
): Promise<{ name: string; n: number; bad: number }[]> {
  const { touched: t } = db.t;
  const bad = total(sql`1`, inArray(t.outcome, ['failed', 'rolled back']));
  return db.alone((q) =>
    q
      .select({ name: t.name, n: count(), bad })
      .from(t)
      .where(and(eq(t.what, what), within(t.finishedAt, range)))
      .groupBy(t.name)
      .orderBy(desc(count()), asc(t.name)),
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

/** The changes behind some of the figures, the latest first: those that did not go well, or were rejected. */
export async function namedIn(
  db: Db,
  range: Interval,
  which: 'not well' | 'rejected',
  limit: number,
): Promise<Change[]> {
  const { figures: t, changes } = db.t;
  const [at, these] =
    which === 'rejected'
      ? ([t.droppedAt, eq(t.dropped, 'rejected')] as const)
      : ([t.finishedAt, inArray(t.outcome, ['partial', 'failed', 'rolled back'])] as const);
  const rows = await db.alone((q) =>
    q
      .select({ state: changes.state })
      .from(t)
      .innerJoin(changes, eq(changes.id, t.changeId))
      .where(and(within(at, range), these))
      .orderBy(desc(at), asc(t.changeId))
      .limit(limit),
  );
  return rows.map(({ state }) => asChange(state));
}

/** What people found wrong or said about changes, with the change's number, the latest first. */
export async function saidIn<W extends 'findings' | 'ratings'>(
  db: Db,
  what: W,
  range: Interval,
  limit: number,
): Promise<{ number: string; said: W extends 'findings' ? Finding : Rating }[]> {
  const { findings, ratings, changes } = db.t;
  const t = what === 'findings' ? findings : ratings;
  const said = what === 'findings' ? findings.finding : ratings.rating;
  const rows = await db.alone((q) =>
    q
      .select({ number: changes.number, said })
      .from(t)
      .innerJoin(changes, eq(changes.id, t.changeId))
      .where(within(t.at, range))
      .orderBy(desc(t.at), asc(t.id))
      .limit(limit),
  );
  // The columns are written by `saveFigures` alone.
  return rows as { number: string; said: W extends 'findings' ? Finding : Rating }[];
}

type Column = Parameters<typeof gte>[0] & Parameters<typeof sum>[0];

function within(at: Column, { start, end }: Interval): SQL | undefined {
  return and(gte(at, start), lt(at, end));
}

/** A sum that is 0 where there is nothing to add up, of those rows alone that `when` says. */
function total(value: unknown, when?: SQL): SQL<number> {
  return when
    ? sql<number>`coalesce(sum(case when ${when} then ${value} else 0 end), 0)`
    : sql<number>`coalesce(sum(${value}), 0)`;
}
