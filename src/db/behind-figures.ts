import { and, asc, desc, eq, inArray } from 'drizzle-orm';
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
