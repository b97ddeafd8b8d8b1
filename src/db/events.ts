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

/** An event of any kind of thing. */
export type AnyEvent =
  | ChangeEvent
  | WorkspaceEvent
  | TemplateEvent
  | MeetingEvent
  | FreezeEvent
  | EditionEvent;

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
  return (await eventsOf(db, id)).map(asEvent<ChangeEvent>);
}

/** All that was set up, in order, and the hash of the last. */
export async function workspaceEvents(
  db: Db,
  stream: string,
): Promise<{ events: WorkspaceEvent[]; head: string }> {
  const rows = await eventsOf(db, stream);
  return { events: rows.map(asEvent<WorkspaceEvent>), head: rows.at(-1)?.hash ?? '' };
}

const bySeq = preparedRead((q, { events }) =>
  q
    .select()
    .from(events)
    .where(and(eq(events.stream, sql.placeholder('stream')), eq(events.seq, sql.placeholder('seq')))),
);

async function eventAt<E extends AnyEvent>(db: Db, stream: string, seq: number): Promise<E | undefined> {
  const [row] = await bySeq(db, { stream, seq });
  return row && asEvent<E>(row);
}

/** One event of a change. */
export const changeEvent = eventAt<ChangeEvent>;

/** One event of a template. */
export const templateEvent = eventAt<TemplateEvent>;

/** One event of a meeting of the board. */
export const meetingEvent = eventAt<MeetingEvent>;

/** One event of a freeze. */
export const freezeEvent = eventAt<FreezeEvent>;

/** One event of a post of one period. */
export const editionEvent = eventAt<EditionEvent>;

/**
 * What was written as a row: an event of the kind that its stream is of. Each stream is written from one kind's events
 * alone (`give` in engine/kind.ts), so that whoever knows what a stream is of knows of what its rows are.
 */
export function asEvent<E extends AnyEvent>({ type, actor, at, data }: EventRow): E {
  return { type, by: actor, at, ...JSON.parse(data) } as E; // see above
}
