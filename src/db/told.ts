import { and, eq, lt } from 'drizzle-orm';
import type { Db } from './db.ts';
import { insertRow } from './prepared.ts';

/**
 * Takes one of the direct messages that a person may be sent on a day.
 * @param id the message's own, so that it takes only one however often it is tried
 * @returns whether there was one left
 */
export async function takeMessage(
  db: Db,
  { id, person, day, at }: { id: string; person: string; day: string; at: number },
  most: number,
): Promise<boolean> {
  const { told } = db.t;
  const sent = await db.alone((q) =>
    q
      .select({ id: told.id })
      .from(told)
      .where(and(eq(told.person, person), eq(told.day, day))),
  );
  if (sent.some((one) => one.id === id)) return true;
  if (sent.length >= most) return false;
  await db.atomically((q) => [insertRow(q, told, { id, person, day, at }, 'leave')]);
  return true;
}

/** Forgets what was sent before an instant. */
export async function forgetTold(db: Db, before: number): Promise<void> {
  const { told } = db.t;
  await db.alone((q) => q.delete(told).where(lt(told.at, before)));
}
