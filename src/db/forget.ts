import { and, inArray, lt, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from './db.ts';

/** How many rows one statement deletes: soon done, however many have come together while nothing ran. */
const AT_ONCE = 1_000;

/**
 * Deletes what is older than an instant, part by part: clicks come in between, and no statement takes longer than it may.
 * @param key what tells the rows of the table apart
 * @param also which of them only; all where it is left out
 */
export async function forgetBefore(
  db: Db,
  table: SQLiteTable,
  { key, at }: { key: AnySQLiteColumn; at: AnySQLiteColumn },
  before: number,
  also?: SQL,
): Promise<void> {
  for (let gone = AT_ONCE; gone === AT_ONCE; )
    [gone = 0] = await db.atomically((q) => {
      const some = q
        .select({ key })
        .from(table)
        .where(and(also, lt(at, before)))
        .limit(AT_ONCE);
      return [q.delete(table).where(inArray(key, some))];
    });
}
