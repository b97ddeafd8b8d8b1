import { and, asc, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Outcome } from '../change/execution.ts';
import type { Finding, Severity } from '../change/feedback.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import { total, within } from './adding-up.ts';
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
  /** Of those of which both efforts are known: the minutes. */
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
  // What ended has its outcome.
  return rows.flatMap(({ outcome, ...row }) => (outcome ? [{ ...row, outcome }] : []));
}

/** How many were filed in a stretch of time, by category and risk. */
export async function filedIn(
  db: Db,
  range: Interval,
): Promise<{ category: Category; risk: RiskLevel; n: number }[]> {
  const { figures: t } = db.t;
  return db.alone((q) =>
    q
      .select({ category: t.category, risk: t.risk, n: count() })
      .from(t)
      .where(within(t.submittedAt, range))
      .groupBy(t.category, t.risk),
  );
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

/** What changes that ended in a stretch of time were about, the most frequent first; `bad` failed or were rolled back. */
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
