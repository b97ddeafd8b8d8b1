import { and, desc, eq } from 'drizzle-orm';
import type { ChangeEvent } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { type EventRow, eventsOf, NOTHING_YET, type Tail } from './ledger.ts';
import { insertRow } from './prepared.ts';

/** The statements that add linked events. A number that is taken makes the transaction a `Conflict`. */
export function insertEvents(q: Query, { events }: Db['t'], rows: EventRow[]): Statement[] {
  return rows.map((row) => insertRow(q, events, row, 'fail'));
}

/** Where a stream ends now. */
export async function tailOf(db: Db, stream: string): Promise<Tail> {
  const { events } = db.t;
  const last = { seq: events.seq, head: events.hash };
  const rows = await db.alone((q) =>
    q.select(last).from(events).where(eq(events.stream, stream)).orderBy(desc(events.seq)).limit(1),
  );
  return rows[0] ?? NOTHING_YET;
}

/** A change's whole record, in order. */
export async function changeEvents(db: Db, id: string): Promise<ChangeEvent[]> {
  return (await eventsOf(db, id)).map(asEvent);
}

/** One event of a change. */
export async function changeEvent(db: Db, id: string, seq: number): Promise<ChangeEvent | undefined> {
  const { events } = db.t;
  const rows = await db.alone((q) =>
    q
      .select()
      .from(events)
      .where(and(eq(events.stream, id), eq(events.seq, seq))),
  );
  return rows[0] && asEvent(rows[0]);
}

function asEvent({ type, actor, at, data }: EventRow): ChangeEvent {
  // Rows of a change's stream are written from ChangeEvents alone, by `handle`.
  return { type, by: actor, at, ...JSON.parse(data) } as ChangeEvent;
}
