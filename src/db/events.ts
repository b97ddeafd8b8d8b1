import { and, eq, sql } from 'drizzle-orm';
import type { MeetingEvent } from '../board/types.ts';
import type { TemplateEvent } from '../catalogue/types.ts';
import type { ChangeEvent } from '../change/types.ts';
import type { FreezeEvent } from '../freeze/types.ts';
import type { EditionEvent } from '../posts/types.ts';
import type { WorkspaceEvent } from '../workspace/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { type EventRow, eventsOf } from './ledger.ts';
import { insertRow, preparedRead } from './prepared.ts';

/** The statements that add linked events. A number that is taken makes the transaction a `Conflict`. */
export function insertEvents(q: Query, { events }: Db['t'], rows: EventRow[]): Statement[] {
  return rows.map((row) => insertRow(q, events, row, 'fail'));
}

/** Whether these events are in the record, and not others in their place. */
export async function isSaved(db: Db, rows: readonly EventRow[]): Promise<boolean> {
  const last = rows.at(-1);
  return last !== undefined && (await bySeq(db, last))[0]?.hash === last.hash;
}

/** A change's whole record, in order. */
export async function changeEvents(db: Db, id: string): Promise<ChangeEvent[]> {
  return (await eventsOf(db, id)).map(asEvent);
}

/** All that was set up, in order, and the hash of the last. */
export async function workspaceEvents(
  db: Db,
  stream: string,
): Promise<{ events: WorkspaceEvent[]; head: string }> {
  const rows = await eventsOf(db, stream);
  // Rows of the workspace's stream are written from WorkspaceEvents alone, by `handleWorkspace`.
  const events = rows.map((row) => asEvent(row) as unknown as WorkspaceEvent);
  return { events, head: rows.at(-1)?.hash ?? '' };
}

/** One event of a change. */
export async function changeEvent(db: Db, id: string, seq: number): Promise<ChangeEvent | undefined> {
  const rows = await bySeq(db, { stream: id, seq });
  return rows[0] && asEvent(rows[0]);
}

const bySeq = preparedRead((q, { events }) =>
  q
    .select()
    .from(events)
    .where(and(eq(events.stream, sql.placeholder('stream')), eq(events.seq, sql.placeholder('seq')))),
);

/** One event of a template. */
export async function templateEvent(db: Db, stream: string, seq: number): Promise<TemplateEvent | undefined> {
  // Rows of a template's stream are written from TemplateEvents alone, by `handleTemplate`.
  return (await changeEvent(db, stream, seq)) as unknown as TemplateEvent | undefined;
}

/** One event of a meeting of the board. */
export async function meetingEvent(db: Db, id: string, seq: number): Promise<MeetingEvent | undefined> {
  // Rows of a meeting's stream are written from MeetingEvents alone, by `handleMeeting`.
  return (await changeEvent(db, id, seq)) as unknown as MeetingEvent | undefined;
}

/** One event of a freeze. */
export async function freezeEvent(db: Db, id: string, seq: number): Promise<FreezeEvent | undefined> {
  // Rows of a freeze's stream are written from FreezeEvents alone, by `handleFreeze`.
  return (await changeEvent(db, id, seq)) as unknown as FreezeEvent | undefined;
}

/** One event of a post of one period. */
export async function editionEvent(db: Db, stream: string, seq: number): Promise<EditionEvent | undefined> {
  // Rows of a post's stream are written from EditionEvents alone, by `handleEdition`.
  return (await changeEvent(db, stream, seq)) as unknown as EditionEvent | undefined;
}

/** What was written as a row. */
export function asEvent({ type, actor, at, data }: EventRow): ChangeEvent {
  // Rows of a change's stream are written from ChangeEvents alone, by `handle`.
  return { type, by: actor, at, ...JSON.parse(data) } as ChangeEvent;
}
