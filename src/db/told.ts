import { and, count, eq, max, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { forgetBefore } from './forget.ts';
import { insertRow, preparedRead } from './prepared.ts';

/**
 * Takes one of the direct messages that a person may be sent on a day. However many replicas take them at once, they
 * are never more.
 * @param id the message's own, so that it takes only one however often it is tried
 * @returns whether there was one left
 */
export async function takeMessage(
  db: Db,
  message: { id: string; person: string; day: string; at: number },
  most: number,
): Promise<boolean> {
  for (;;) {
    const [sent] = await sentTo(db, message);
    if (sent?.mine) return true;
    if ((sent?.count ?? 0) >= most) return false;
    const nth = (sent?.last ?? 0) + 1;
    const [taken] = await db.atomically((q) => [insertRow(q, db.t.told, { ...message, nth }, 'leave')]);
    if (taken) return true;
    // Somebody else has this place now: look again.
  }
}

/** How many there were, which was the last, and whether the message itself is one of them. */
const sentTo = preparedRead((q, { told }) =>
  q
    .select({
      count: count(),
      last: max(told.nth),
      mine: sql<number>`max(case when ${told.id} = ${sql.placeholder('id')} then 1 else 0 end)`,
    })
    .from(told)
    .where(
      or(
        // Tried again after midnight, it has its place of the day before.
        eq(told.id, sql.placeholder('id')),
        and(eq(told.person, sql.placeholder('person')), eq(told.day, sql.placeholder('day'))),
      ),
    ),
);

/** Forgets what was sent before an instant. */
export async function forgetTold(db: Db, before: number): Promise<void> {
  const { told } = db.t;
  await forgetBefore(db, told, { key: told.id, at: told.at }, before);
}
