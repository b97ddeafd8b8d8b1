import { desc, eq, inArray } from 'drizzle-orm';
import type { Meeting, MeetingEvent } from '../board/types.ts';
import { actionRow } from './actions.ts';
import type { Db, Query, Statement } from './db.ts';
import { asEvent } from './events.ts';
import { eventsOf } from './ledger.ts';
import { insertRow } from './prepared.ts';

/** A meeting as saved, with the hash of its last event, which the next one links to. */
export async function loadMeeting(db: Db, id: string): Promise<{ state: Meeting; head: string } | undefined> {
  const { meetings: t } = db.t;
  const rows = await db.alone((q) => q.select({ state: t.state, head: t.head }).from(t).where(eq(t.id, id)));
  return rows[0];
}

/** The items that a meeting has come to, by its record, each as often as it came to it. */
export async function itemsCalled(db: Db, id: string): Promise<string[]> {
  const rows = await eventsOf(db, id);
  return rows.map(asEvent<MeetingEvent>).flatMap((event) => (event.type === 'ItemCalled' ? event.item : []));
}

/** Meetings in these states, the latest first. */
export async function listMeetings(db: Db, statuses: Meeting['status'][], limit = 20): Promise<Meeting[]> {
  const { meetings: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: t.state })
      .from(t)
      .where(inArray(t.status, statuses))
      .orderBy(desc(t.startsAt), desc(t.id))
      .limit(limit),
  );
  return rows.map(({ state }) => state);
}

/** The statements that save a meeting's row beside its new events, and the action items that these touched. */
export function saveMeeting(
  q: Query,
  { meetings, actions }: Db['t'],
  meeting: Meeting,
  head: string,
  events: readonly MeetingEvent[],
): Statement[] {
  const touched = new Set(events.flatMap((event) => ('action' in event ? [event.action] : [])));
  return [
    insertRow(q, meetings, { id: meeting.id, ...meetingColumns(meeting), head }, 'replace'),
    ...meeting.actions
      .filter((item) => touched.has(item.id))
      .map((item) => insertRow(q, actions, actionRow(meeting.id, item), 'replace')),
  ];
}

/** What its row says of a meeting, but for the hash of its last event. */
export function meetingColumns(meeting: Meeting) {
  const { status, startsAt } = meeting;
  return { status, startsAt, state: meeting };
}
