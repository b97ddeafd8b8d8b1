import { and, gte, inArray } from 'drizzle-orm';
import type { Change, ChangeIn } from '../change/types.ts';
import type { Db } from './db.ts';

export type Finished = ChangeIn<'implemented' | 'verified' | 'closed'>;

/** The changes whose implementation ended within a stretch of time, however it ended, in the order in which they did. */
export async function finishedBetween(db: Db, start: number, end: number): Promise<Finished[]> {
  const { changes } = db.t;
  const over = ['implemented', 'verified', 'closed'];
  const rows = await db.alone((q) =>
    q
      .select({ state: changes.state })
      .from(changes)
      // What ended then has been touched then or later.
      .where(and(inArray(changes.status, over), gte(changes.updatedAt, start))),
  );
  return rows
    .map(({ state }) => state as Change) // the column is written by `saveChange` alone
    .filter((change): change is Finished => 'finishedAt' in change)
    .filter(({ finishedAt }) => finishedAt >= start && finishedAt < end)
    .sort((a, b) => a.finishedAt - b.finishedAt);
}
