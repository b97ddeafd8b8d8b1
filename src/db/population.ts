import { and, asc, count, eq, gt, gte, inArray, lt, max, or, type SQL } from 'drizzle-orm';
import type { Population } from '../change/export.ts';
import type { Change } from '../change/types.ts';
import type { Db } from './db.ts';

/** How many rows are read at once: few enough that nobody waits for them. */
const AT_ONCE = 200;

/** How many changes a list holds. */
export async function countPopulation(db: Db, population: Population): Promise<number> {
  const { changes } = db.t;
  const rows = await db.alone((q) => q.select({ n: count() }).from(changes).where(which(db, population)));
  return Number(rows[0]?.n ?? 0);
}

/** The changes of a list in the order of their numbers, some at a time, letting others in between. */
export async function* population(db: Db, wanted: Population): AsyncGenerator<Change[]> {
  const { changes } = db.t;
  let [year, n] = [0, 0];
  for (;;) {
    const after = or(gt(changes.year, year), and(eq(changes.year, year), gt(changes.n, n)));
    const rows = await db.alone((q) =>
      q
        .select({ state: changes.state, year: changes.year, n: changes.n })
        .from(changes)
        .where(and(which(db, wanted), after))
        .orderBy(asc(changes.year), asc(changes.n))
        .limit(AT_ONCE),
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ state }) => state);
    [year, n] = [last.year ?? 0, last.n ?? 0];
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function which({ t: { changes } }: Db, { statuses, requester, submitted }: Population): SQL | undefined {
  return and(
    statuses && inArray(changes.status, [...statuses]),
    requester === undefined ? undefined : eq(changes.requester, requester),
    submitted && and(gte(changes.submittedAt, submitted.start), lt(changes.submittedAt, submitted.end)),
  );
}

/** The numbers of one year: how many there are, and which are missing up to the highest. */
export interface Numbering {
  year: number;
  count: number;
  highest: number;
}

/** For each year, whether its numbers are complete: `count` is `highest` exactly if none is missing. */
export async function numbering(db: Db): Promise<Numbering[]> {
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ year: changes.year, count: count(), highest: max(changes.n) })
      .from(changes)
      .groupBy(changes.year)
      .orderBy(asc(changes.year)),
  );
  return rows.map((row) => ({ year: row.year ?? 0, count: Number(row.count), highest: row.highest ?? 0 }));
}
