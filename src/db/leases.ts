import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

interface Lease {
  name: string;
  /** Who takes it: one per process, never reused. */
  owner: string;
  now: number;
  /** Until when it is the owner's, unless they take it again before. */
  until: number;
}

/** Takes a lease, or keeps it. False where it is still another owner's. */
export async function takeLease(db: Db, { name, owner, now, until }: Lease): Promise<boolean> {
  const { leases: t } = db.t;
  const taken = await db.alone((q) =>
    q
      .insert(t)
      .values({ name, owner, until })
      .onConflictDoUpdate({
        ...{ target: t.name, set: { owner, until } },
        setWhere: sql`${t.owner} = ${owner} or ${t.until} < ${now}`,
      })
      .returning({ name: t.name }),
  );
  return taken.length > 0;
}
