import { desc, eq } from 'drizzle-orm';
import type { Db, Query, Statement } from './db.ts';
import { insertEvents } from './events.ts';
import { link, type NewEvent, NOTHING_YET, type Tail } from './ledger.ts';
import { preparedRead } from './prepared.ts';

/** The stream of all that was put into the calendar. */
const CALENDAR = 'calendar';

/** Where the calendar ends: whoever decides by it says so with what they put into it. */
export async function calendarTail(db: Db): Promise<Tail> {
  return (await lastEntry(db, {}))[0] ?? NOTHING_YET;
}

const lastEntry = preparedRead((q, { events: t }) =>
  q.select({ seq: t.seq, head: t.hash }).from(t).where(eq(t.stream, CALENDAR)).orderBy(desc(t.seq)).limit(1),
);

/**
 * The statements that put something into the calendar: a window that is somebody's, a freeze. Two who have decided
 * by the same calendar collide on the number of its next event, on whatever replica they are, and the slower one
 * decides again with what the other has put there.
 */
export function claim(q: Query, t: Db['t'], tail: Tail, events: readonly NewEvent[]): Statement[] {
  return insertEvents(q, t, link(CALENDAR, tail, events).rows);
}
