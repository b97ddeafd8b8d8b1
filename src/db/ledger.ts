import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

/** Where a stream ends: the number and the hash of its last event. */
export interface Tail {
  seq: number;
  head: string;
}

/** The tail of a stream in which nothing has happened yet. */
export const NOTHING_YET: Tail = { seq: 0, head: '' };

export interface NewEvent {
  type: string;
  actor: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Anything JSON can say. */
  data: unknown;
}

export type EventRow = Tables['events']['$inferSelect'];

/**
 * Turns what has just happened into rows, each carrying the hash of the one before it, and the new tail. An
 * event's number is part of the primary key, so two who write from the same tail collide.
 */
export function link(
  stream: string,
  tail: Tail,
  events: readonly NewEvent[],
): { rows: EventRow[]; tail: Tail } {
  const rows: EventRow[] = [];
  let { seq, head } = tail;
  for (const { type, actor, at, data } of events) {
    const unhashed = {
      stream,
      seq: seq + 1,
      type,
      actor,
      at,
      data: JSON.stringify(data ?? null),
      prev: head,
    };
    const row = { ...unhashed, hash: hashOf(unhashed) };
    rows.push(row);
    seq = row.seq;
    head = row.hash;
  }
  return { rows, tail: { seq, head } };
}

type Verdict = { ok: true; head: string; count: number } | { ok: false; seq: number; reason: string };

/**
 * Walks one stream, given whole and in order, and finds the first link that does not hold: an event edited,
 * missing, added or moved. A tail cut off and a stream rewritten whole hold together, so `head` and `count`
 * must also be compared with what was kept outside the database.
 */
export function verify(rows: readonly EventRow[]): Verdict {
  let tail = NOTHING_YET;
  for (const row of rows) {
    const reason = breach(row, tail, rows[0]?.stream);
    if (reason) return { ok: false, seq: tail.seq + 1, reason };
    tail = { seq: row.seq, head: row.hash };
  }
  return { ok: true, head: tail.head, count: tail.seq };
}

function breach(row: EventRow, tail: Tail, stream: string | undefined): string | undefined {
  if (row.stream !== stream) return 'it belongs to another stream';
  if (row.seq !== tail.seq + 1) return `number ${row.seq} stands in its place`;
  if (row.prev !== tail.head) return 'it does not follow the one before it';
  if (row.hash !== hashOf(row)) return 'its content is not what was hashed';
  return undefined;
}

/** The events of a stream from the first to the last. */
export async function eventsOf(db: Db, stream: string): Promise<EventRow[]> {
  const { events } = db.t;
  return db.alone((q) => q.select().from(events).where(eq(events.stream, stream)).orderBy(asc(events.seq)));
}

/** A JSON array keeps the parts apart whatever they contain, so no two events are hashed from the same text. */
function hashOf({ prev, stream, seq, type, actor, at, data }: Omit<EventRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([prev, stream, seq, type, actor, at, data]))
    .digest('hex');
}
