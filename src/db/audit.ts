import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, inArray, lte, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { endOf, type RowKept, rowsKept, tablesOfRows, wrongIn, wrongInRoles } from './audit-rows.ts';
import type { Db } from './db.ts';
import { type EventRow, verify } from './ledger.ts';

/** How many streams are read at a time: enough to be quick, few enough for any memory. */
const AT_ONCE = 200;
/** And of their names alone. */
const NAMES_AT_ONCE = 5_000;

/** The streams that have no row of their own: of what was set up, and of what was put into the calendar. */
const WORKSPACE = 'workspace';
const CALENDAR = 'calendar';

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
interface Breach {
  stream: string;
  /** The first event that is wrong. */
  seq: number;
  reason: string;
}

interface Audit {
  streams: number;
  events: number;
  /** One for each stream that is broken: its first broken link. */
  breaches: Breach[];
}

/**
 * Walks every stream of events link by link, and compares what is read instead of the events with what they come to:
 * the row of each change, template, meeting, freeze and post, and who may act in which role.
 */
export async function auditRecord(db: Db): Promise<Audit> {
  const found: Audit = { streams: 0, events: 0, breaches: [] };
  for await (const names of streamNames(db)) {
    const { events, breaches } = await auditStreams(db, names);
    found.streams += names.length;
    found.events += events;
    // What has moved on between the reading of its events and that of its row only looks broken.
    for (const { stream } of breaches) found.breaches.push(...(await auditStreams(db, [stream])).breaches);
  }
  found.breaches.push(...(await rowsWithoutEvents(db)));
  return found;
}

async function auditStreams(db: Db, names: string[]): Promise<Pick<Audit, 'events' | 'breaches'>> {
  const { events } = db.t;
  const rows = await db.alone((q) =>
    q.select().from(events).where(inArray(events.stream, names)).orderBy(asc(events.stream), asc(events.seq)),
  );
  const kept = new Map((await rowsKept(db, names)).map((row) => [row.id, row]));
  const breaches: Breach[] = [];
  for (const name of names) {
    const stream = rows.filter((row) => row.stream === name);
    const breach = await breachOf(db, name, stream, kept.get(name));
    if (breach) breaches.push(breach);
  }
  return { events: rows.length, breaches };
}

async function breachOf(
  db: Db,
  stream: string,
  rows: EventRow[],
  kept: RowKept | undefined,
): Promise<Breach | undefined> {
  const verdict = verify(rows);
  if (!verdict.ok) return { stream, seq: verdict.seq, reason: verdict.reason };
  const seq = verdict.count;
  if (stream === WORKSPACE) {
    const reason = await wrongInRoles(db, rows);
    return reason === undefined ? undefined : { stream, seq, reason };
  }
  if (!kept) return stream === CALENDAR ? undefined : { stream, seq, reason: 'its row is missing' };
  if (kept.head !== verdict.head || endOf(kept) !== seq) {
    const reason = `its row in ${kept.table} does not end where its events do`;
    return { stream, seq: Math.min(endOf(kept), seq) + 1, reason };
  }
  const reason = wrongIn(kept, rows);
  return reason === undefined ? undefined : { stream, seq, reason };
}

/** What has lost all of its events has no stream that could be walked. */
async function rowsWithoutEvents(db: Db): Promise<Breach[]> {
  const { events, roleHolders } = db.t;
  const found: string[] = [];
  const roles = await db.alone((q) =>
    q
      .select({ role: roleHolders.role })
      .from(roleHolders)
      .where(notExists(q.select({ seq: events.seq }).from(events).where(eq(events.stream, WORKSPACE))))
      .limit(1),
  );
  if (roles.length > 0) found.push(WORKSPACE);
  for (const t of Object.values(tablesOfRows(db.t))) {
    const rows = await db.alone((q) =>
      q
        .select({ stream: t.id })
        .from(t)
        .where(notExists(q.select({ seq: events.seq }).from(events).where(eq(events.stream, t.id)))),
    );
    found.push(...rows.map(({ stream }) => stream));
  }
  return found.map((stream) => ({ stream, seq: 1, reason: 'all its events are missing' }));
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
  const names: string[] = [];
  for (let page = await namesAfter(db); page.length > 0; page = await namesAfter(db, page.at(-1)?.stream))
    names.push(...page.map(({ stream }) => stream));
  names.sort();
  for (let i = 0; i < names.length; i += AT_ONCE) yield names.slice(i, i + AT_ONCE);
}

/** A part of them in the database's own order, by its index: to read all at once may take longer than it may. */
function namesAfter(db: Db, last?: string): Promise<{ stream: string }[]> {
  const { events } = db.t;
  return db.alone((q) =>
    q
      .selectDistinct({ stream: events.stream })
      .from(events)
      .where(last === undefined ? undefined : gt(events.stream, last))
      .orderBy(asc(events.stream))
      .limit(NAMES_AT_ONCE),
  );
}
