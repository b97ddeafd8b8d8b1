import { eq, sql } from 'drizzle-orm';
import type { Db, Query, Statement } from './db.ts';
import { Conflict } from './errors.ts';
import { forgetBefore } from './forget.ts';
import { insertRow, preparedRead } from './prepared.ts';

/** The statement that remembers a delivery beside its effect. One that was there already is a `Conflict`. */
export function insertDelivery(q: Query, { deliveries }: Db['t'], key: string, at: number): Statement {
  return insertRow(q, deliveries, { key, at }, 'fail');
}

/** Whether a delivery has had its effect. */
export async function wasDelivered(db: Db, key: string): Promise<boolean> {
  return (await byKey(db, { key })).length > 0;
}

const byKey = preparedRead((q, { deliveries }) =>
  q
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(eq(deliveries.key, sql.placeholder('key'))),
);

/** Forgets deliveries before that instant: Slack repeats one for an hour at most. */
export async function forgetDeliveries(db: Db, before: number): Promise<void> {
  const { deliveries } = db.t;
  await forgetBefore(db, deliveries, deliveries, before);
}

/** Whether something is delivered for the first time, to any replica; from now on it is not. */
export async function firstDelivery(db: Db, key: string, at: number): Promise<boolean> {
  try {
    await db.atomically((q) => [insertDelivery(q, db.t, key, at)]);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
