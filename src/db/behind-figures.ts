import { and, asc, count, desc, eq, gte, inArray, lte, or } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Finding, Rating } from '../change/feedback.ts';
import type { Change } from '../change/types.ts';
import { within } from './adding-up.ts';
import { asChange } from './changes.ts';
import type { Db } from './db.ts';

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

/**
 * Changes that were approved in time and not started in their window, which ended in a stretch of time, the latest first.
 * Whoever moves the window afterwards has another one to keep.
 */
export async function missedIn(
  db: Db,
  range: Interval,
  limit: number,
): Promise<{ n: number; named: { number: string; title: string }[] }> {
  const { changes: t } = db.t;
  const missed = or(
    and(eq(t.status, 'approved'), lte(t.decidedAt, t.endsAt)),
    and(inArray(t.status, ['cancelled', 'expired']), gte(t.decidedAt, t.endsAt)),
  );
  const these = and(inArray(t.status, ['approved', 'cancelled', 'expired']), within(t.endsAt, range), missed);
  const [counted] = await db.alone((q) => q.select({ n: count() }).from(t).where(these));
  const named = await db.alone((q) =>
    q
      .select({ number: t.number, title: t.title })
      .from(t)
      .where(these)
      .orderBy(desc(t.endsAt), asc(t.id))
      .limit(limit),
  );
  return { n: counted?.n ?? 0, named: named.map(({ number, title }) => ({ number: number ?? '', title })) };
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
