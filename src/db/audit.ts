import { createHash } from 'node:crypto';
import { and, asc, desc, eq, inArray, lte, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Meeting } from '../board/types.ts';
import type { Template } from '../catalogue/types.ts';
import type { Db } from './db.ts';
import { type EventRow, verify } from './ledger.ts';

/** How many streams are read at a time: enough to be quick, few enough for any memory. */
const AT_ONCE = 200;

/** The whole record as it was at one instant, in one line: whoever keeps it can later tell whether it was altered. */
export interface Head {
  /** Milliseconds since 1970. Events up to here are covered. */
  until: number;
  /** How many they are: the sum of the numbers of the last ones. */
  events: number;
  /** Over the last event of every stream, in the order of their names; 64 hex digits. */
  digest: string;
}

/** A place where the record does not hold. */
export interface Breach {
  stream: string;
  /** The first event that is wrong. */
  seq: number;
  reason: string;
}

export interface Audit {
  streams: number;
  events: number;
  /** One for each stream that is broken: its first broken link. */
  breaches: Breach[];
}

/** Walks every stream of events link by link, and compares the row of each change and each template with the end of its stream. */
export async function auditRecord(db: Db): Promise<Audit> {
  const found: Audit = { streams: 0, events: 0, breaches: [] };
  for await (const names of streamNames(db)) {
    const { events } = db.t;
    const rows = await db.alone((q) =>
      q
        .select()
        .from(events)
        .where(inArray(events.stream, names))
        .orderBy(asc(events.stream), asc(events.seq)),
    );
    const tails = await tailsOf(db, names);
    for (const name of names) {
      const stream = rows.filter((row) => row.stream === name);
      const breach = breachOf(
        name,
        stream,
        tails.find(({ id }) => id === name),
      );
      if (breach) found.breaches.push(breach);
      found.streams++;
      found.events += stream.length;
    }
  }
  found.breaches.push(...(await rowsWithoutEvents(db)));
  return found;
}

function breachOf(stream: string, rows: EventRow[], tail: RowTail | undefined): Breach | undefined {
  const verdict = verify(rows);
  if (!verdict.ok) return { stream, seq: verdict.seq, reason: verdict.reason };
  if (!tail || (tail.seq === verdict.count && tail.head === verdict.head)) return undefined;
  const seq = Math.min(tail.seq, verdict.count) + 1;
  return { stream, seq, reason: `its row in ${tail.table} does not end where its events do` };
}

/** Where a row says that its stream ends. */
interface RowTail {
  table: 'changes' | 'templates' | 'meetings';
  id: string;
  seq: number;
  head: string;
}

async function tailsOf(db: Db, names: string[]): Promise<RowTail[]> {
  const { changes, templates, meetings } = db.t;
  return db.alone(async (q) => {
    const ofChanges = await q
      .select({ id: changes.id, seq: changes.seq, head: changes.head })
      .from(changes)
      .where(inArray(changes.id, names));
    const ofTemplates = await q
      .select({ id: templates.id, state: templates.state, head: templates.head })
      .from(templates)
      .where(inArray(templates.id, names));
    const ofMeetings = await q
      .select({ id: meetings.id, state: meetings.state, head: meetings.head })
      .from(meetings)
      .where(inArray(meetings.id, names));
    return [
      // Written by `saveMeeting` alone.
      ...ofMeetings.map(({ id, state, head }): RowTail => {
        return { table: 'meetings', id, seq: (state as Meeting).seq, head };
      }),
      ...ofChanges.map((row): RowTail => ({ ...row, table: 'changes' })),
      // Written by `saveTemplate` alone.
      ...ofTemplates.map(({ id, state, head }): RowTail => {
        return { table: 'templates', id, seq: (state as Template).seq, head };
      }),
    ];
  });
}

/** A change or a template of which all events were deleted has no stream that could be walked. */
async function rowsWithoutEvents(db: Db): Promise<Breach[]> {
  const { events, changes, templates, meetings } = db.t;
  const rows = await db.alone(async (q) => {
    const without = (id: typeof changes.id | typeof templates.id | typeof meetings.id) =>
      notExists(q.select({ seq: events.seq }).from(events).where(eq(events.stream, id)));
    return [
      ...(await q.select({ stream: changes.id }).from(changes).where(without(changes.id))),
      ...(await q.select({ stream: templates.id }).from(templates).where(without(templates.id))),
      ...(await q.select({ stream: meetings.id }).from(meetings).where(without(meetings.id))),
    ];
  });
  return rows.map(({ stream }) => ({ stream, seq: 1, reason: 'all its events are missing' }));
}

/**
 * The head of the record as of `until`: always the same for the same events, however many were added since.
 * @param until milliseconds since 1970; some minutes ago, so that nothing of that time is still being saved
 */
export async function headOf(db: Db, until: number): Promise<Head> {
  const { events } = db.t;
  const next = alias(events, 'next');
  const digest = createHash('sha256');
  let count = 0;
  for await (const names of streamNames(db)) {
    const rows = await db.alone((q) => {
      // The last of each only, by the index from its end: of all others a year has hundreds of thousands.
      const streams = q
        .selectDistinct({ stream: events.stream })
        .from(events)
        .where(inArray(events.stream, names))
        .as('streams');
      const last = q
        .select({ seq: next.seq })
        .from(next)
        .where(and(eq(next.stream, streams.stream), lte(next.at, until)))
        .orderBy(desc(next.seq))
        .limit(1);
      return q
        .select({ stream: events.stream, seq: events.seq, hash: events.hash })
        .from(streams)
        .innerJoin(events, and(eq(events.stream, streams.stream), eq(events.seq, sql`(${last})`)));
    });
    const ends = new Map(rows.map((row) => [row.stream, row]));
    for (const end of names.flatMap((name) => ends.get(name) ?? [])) {
      digest.update(JSON.stringify([end.stream, end.seq, end.hash]));
      count += end.seq;
    }
  }
  return { until, events: count, digest: digest.digest('hex') };
}

/** The names of all streams, in the order of their characters' codes on both databases, some at a time. */
async function* streamNames(db: Db): AsyncGenerator<string[]> {
  const { events } = db.t;
  const rows = await db.alone((q) => q.selectDistinct({ stream: events.stream }).from(events));
  const names = rows.map(({ stream }) => stream).sort();
  for (let i = 0; i < names.length; i += AT_ONCE) yield names.slice(i, i + AT_ONCE);
}
