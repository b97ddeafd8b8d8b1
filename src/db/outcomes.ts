import { asc, eq } from 'drizzle-orm';
import type { ChangeIn } from '../change/types.ts';
import { within } from './adding-up.ts';
import type { Db } from './db.ts';

export type Finished = ChangeIn<'implemented' | 'verified' | 'closed'>;

/** The changes whose implementation ended within a stretch of time, however it ended, in the order in which they did. */
export async function finishedBetween(db: Db, start: number, end: number): Promise<Finished[]> {
  const { changes, figures } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: changes.state })
      .from(figures)
      .innerJoin(changes, eq(changes.id, figures.changeId))
      .where(within(figures.finishedAt, { start, end }))
      .orderBy(asc(figures.finishedAt), asc(figures.changeId)),
  );
  return rows.map(({ state }) => state).filter((change): change is Finished => 'finishedAt' in change);
}
