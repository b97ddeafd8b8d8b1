import { asc, gt, inArray, max } from 'drizzle-orm';
import { fold } from '../change/evolve.ts';
import type { ChangeEvent } from '../change/types.ts';
import { changeRows } from './change-rows.ts';
import type { Db } from './db.ts';
import { asEvent } from './events.ts';
import { type EventRow, verify } from './ledger.ts';
import { readSetting, settingStatement } from './settings.ts';

/**
 * The shape of what is kept of a change beside its events. Whoever alters it (a field of `Change` that must be there,
 * a column or a table that is filled from events) adds one, and the next start fills the rows of all changes anew.
 */
export const ROWS = 7;

interface Rebuilt {
  changes: number;
  /** Those whose events do not hold together: their rows stay as they were. `npm run audit:verify` says where. */
  broken: string[];
}

/** How many changes are read and written at a time. */
const AT_ONCE = 200;

/**
 * Fills the rows of all changes anew from their events, if they were written by a version that kept less. It may be
 * interrupted: the next start begins again. A row that is newer than the events read for it stays.
 * @returns undefined when there was nothing to do
 */
export async function rebuildRows(db: Db): Promise<Rebuilt | undefined> {
  if (((await readSetting(db, 'rows')) ?? 0) >= ROWS) return undefined;
  const rebuilt: Rebuilt = { changes: 0, broken: [] };
  for (let last = ''; ; ) {
    const page = await changesAfter(db, last);
    rebuilt.broken.push(...(await rebuild(db, page)));
    rebuilt.changes += page.length;
    last = page.at(-1) ?? last;
    if (page.length < AT_ONCE) break;
  }
  await db.atomically((q) => [settingStatement(db, 'rows', ROWS)(q)]);
  return rebuilt;
}

async function changesAfter(db: Db, last: string): Promise<string[]> {
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ id: changes.id })
      .from(changes)
      .where(gt(changes.id, last))
      .orderBy(asc(changes.id))
      .limit(AT_ONCE),
  );
  return rows.map(({ id }) => id);
}

/** Writes these changes anew, and once more those to which another replica added something meanwhile. */
async function rebuild(db: Db, ids: readonly string[]): Promise<string[]> {
  const broken = new Set<string>();
  for (let left = ids; left.length > 0; ) {
    const streams = await streamsOf(db, left);
    const folded = [...streams].map(([id, stream]) => folding(id, stream) ?? id);
    for (const each of folded) if (typeof each === 'string') broken.add(each);
    const whole = folded.filter((each) => typeof each !== 'string');
    await db.atomically((q) => whole.flatMap(({ stored, events }) => changeRows(q, db.t, stored, events)));
    const ends = await endsOf(db, left);
    left = ends
      .filter(({ id, seq }) => !broken.has(id) && seq > (streams.get(id)?.length ?? 0))
      .map(({ id }) => id);
  }
  return [...broken];
}

async function streamsOf(db: Db, ids: readonly string[]): Promise<Map<string, EventRow[]>> {
  const { events } = db.t;
  const rows = await db.alone((q) =>
    q
      .select()
      .from(events)
      .where(inArray(events.stream, [...ids]))
      .orderBy(asc(events.stream), asc(events.seq)),
  );
  const streams = new Map<string, EventRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) streams.get(row.stream)?.push(row);
  return streams;
}

async function endsOf(db: Db, ids: readonly string[]): Promise<{ id: string; seq: number }[]> {
  const { events } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ id: events.stream, seq: max(events.seq) })
      .from(events)
      .where(inArray(events.stream, [...ids]))
      .groupBy(events.stream),
  );
  return rows.map(({ id, seq }) => ({ id, seq: seq ?? 0 }));
}

/** A change from its events; nothing if they do not hold together. */
function folding(id: string, stream: readonly EventRow[]) {
  if (!verify(stream).ok) return undefined;
  try {
    const events = stream.map(asEvent<ChangeEvent>);
    const state = fold(id, events);
    return state && { stored: { state, head: stream.at(-1)?.hash ?? '' }, events };
  } catch {
    return undefined;
  }
}
