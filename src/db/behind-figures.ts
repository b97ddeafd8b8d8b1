import { and, asc, count, desc, eq, inArray, lte, notExists } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { Finding, Rating } from '../change/feedback.ts';
import type { Change } from '../change/types.ts';
import { within } from './adding-up.ts';
import type { Db, Query } from './db.ts';

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
  return rows.map(({ state }) => state);
}

/**
 * Changes that were approved in time and not started in a window that ended in a stretch of time, the latest first: also
 * where the window was moved afterwards. Of some that wait, nothing has shown it since.
 */
export async function missedIn(
  db: Db,
  range: Interval,
  limit: number,
): Promise<{ n: number; named: { number: string; title: string }[] }> {
  const { changes: t, missed } = db.t;
  const waiting = (q: Query) =>
    and(
      ...[inArray(t.status, ['approved', 'scheduled']), within(t.endsAt, range), lte(t.decidedAt, t.endsAt)],
      notExists(
        q
          .select({ endsAt: missed.endsAt })
          .from(missed)
          .where(and(eq(missed.changeId, t.id), eq(missed.endsAt, t.endsAt))),
      ),
    );
  const [[shown], [left]] = await Promise.all([
    db.alone((q) => q.select({ n: count() }).from(missed).where(within(missed.endsAt, range))),
    db.alone((q) => q.select({ n: count() }).from(t).where(waiting(q))),
  ]);
  const some = [
    ...(await db.alone((q) =>
      q
        .select({ number: t.number, title: t.title, endsAt: missed.endsAt })
        .from(missed)
        .innerJoin(t, eq(t.id, missed.changeId))
        .where(within(missed.endsAt, range))
        .orderBy(desc(missed.endsAt), asc(missed.changeId))
        .limit(limit),
    )),
    ...(await db.alone((q) =>
      q
        .select({ number: t.number, title: t.title, endsAt: t.endsAt })
        .from(t)
        .where(waiting(q))
        .orderBy(desc(t.endsAt), asc(t.id))
        .limit(limit),
    )),
  ].sort((a, b) => (b.endsAt ?? 0) - (a.endsAt ?? 0));
  const named = some.slice(0, limit).map(({ number, title }) => ({ number: number ?? '', title }));
  return { n: (shown?.n ?? 0) + (left?.n ?? 0), named };
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
  // One of both, as `what` says.
  return rows as { number: string; said: W extends 'findings' ? Finding : Rating }[];
}
