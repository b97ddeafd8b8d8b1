import { and, count, desc, eq, inArray, lt, max, or, sql } from 'drizzle-orm';
import { templateOf } from '../change/from-template.ts';
import { touchesOf } from '../change/planned.ts';
import type { Change, PersonId, Status } from '../change/types.ts';
import { wentWell } from '../change/went-well.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow, preparedRead, updateRow } from './prepared.ts';

/** A change as saved, with the hash of its last event, which the next one links to. */
export interface StoredChange {
  state: Change;
  head: string;
}

const byId = preparedRead((q, { changes }) =>
  q
    .select({ state: changes.state, head: changes.head })
    .from(changes)
    .where(eq(changes.id, sql.placeholder('id'))),
);
const headById = preparedRead((q, { changes }) =>
  q
    .select({ head: changes.head })
    .from(changes)
    .where(eq(changes.id, sql.placeholder('id'))),
);

/** A click reads its change three or four times, and the next click on it reads it again. */
const KNOWN = 1_000;
const known = new WeakMap<Db['t'], Map<string, StoredChange>>();

/**
 * A change as its row is now. The same object may be given to others: nobody alters it. The hash of its last event
 * stands for all of its events, so where that is known, so is the change, and its long text is not read.
 */
export async function loadChange(db: Db, id: string): Promise<StoredChange | undefined> {
  const last = known.get(db.t)?.get(id);
  if (last && (await headById(db, { id }))[0]?.head === last.head) return know(db.t, last);
  const [row] = await byId(db, { id });
  return row && know(db.t, row);
}

/** Remembers a change for a while: also before it is saved, because nothing else can come to have its head. */
function know(t: Db['t'], stored: StoredChange): StoredChange {
  const cache = known.get(t) ?? new Map<string, StoredChange>();
  known.set(t, cache);
  const { id } = stored.state;
  cache.delete(id);
  cache.set(id, stored);
  if (cache.size > KNOWN) cache.delete(cache.keys().next().value ?? id);
  return stored;
}

/** Those of these changes that there are, by their ids. */
export async function changesById(db: Db, ids: readonly string[]): Promise<Map<string, Change>> {
  if (ids.length === 0) return new Map();
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ id: changes.id, state: changes.state })
      .from(changes)
      .where(inArray(changes.id, [...ids])),
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

const byNumber = preparedRead((q, { changes }) =>
  q
    .select({ state: changes.state })
    .from(changes)
    .where(eq(changes.number, sql.placeholder('number'))),
);

/** @param number as people write it, e.g. `CR-2026-001` */
export async function changeByNumber(db: Db, number: string): Promise<Change | undefined> {
  const rows = await byNumber(db, { number: number.toUpperCase() });
  return rows[0]?.state;
}

/** What follows the highest number given in a year: numbers have no gaps and are never used twice. */
export async function nextNumber(db: Db, year: number): Promise<number> {
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ highest: max(changes.n) })
      .from(changes)
      .where(eq(changes.year, year)),
  );
  return (rows[0]?.highest ?? 0) + 1;
}

interface Listing {
  statuses?: Status[];
  requester?: PersonId;
  /** Only those that follow this one, the last of the page before. */
  after?: Cursor;
  limit: number;
}

/** A place in a list. Two changes may be touched in the same millisecond, so the id has its part in it. */
export interface Cursor {
  updatedAt: number;
  id: string;
}

export interface Listed extends Cursor {
  change: Change;
}

/** Submitted changes, the most recently touched first. */
export async function listChanges(db: Db, { statuses, requester, after, limit }: Listing): Promise<Listed[]> {
  const { changes } = db.t;
  const which = and(
    statuses && inArray(changes.status, statuses),
    requester === undefined ? undefined : eq(changes.requester, requester),
    after &&
      or(
        lt(changes.updatedAt, after.updatedAt),
        and(eq(changes.updatedAt, after.updatedAt), lt(changes.id, after.id)),
      ),
  );
  const rows = await db.alone((q) =>
    q
      .select({ id: changes.id, state: changes.state, updatedAt: changes.updatedAt })
      .from(changes)
      .where(which)
      .orderBy(desc(changes.updatedAt), desc(changes.id))
      .limit(limit),
  );
  return rows.map(({ id, state, updatedAt }) => ({ change: state, id, updatedAt }));
}

/** How many there are of somebody's in these states. */
export async function countChanges(
  db: Db,
  { statuses, requester }: { statuses: Status[]; requester: PersonId },
): Promise<number> {
  const { changes: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ all: count() })
      .from(t)
      .where(and(inArray(t.status, statuses), eq(t.requester, requester))),
  );
  return rows[0]?.all ?? 0;
}

/**
 * The ids of all changes in these states at one moment, however many: whoever is touched meanwhile is among them. The
 * most recently touched first.
 */
export async function idsOfChanges(db: Db, statuses: Status[]): Promise<string[]> {
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ id: changes.id })
      .from(changes)
      .where(inArray(changes.status, statuses))
      .orderBy(desc(changes.updatedAt), desc(changes.id)),
  );
  return rows.map(({ id }) => id);
}

/** How many changes are read at a time where all are wanted; other work goes on in between. */
const AT_ONCE = 200;

/**
 * All changes in these states, the most recently touched first: those that nobody touches for longest are late. By
 * their ids of one moment: pages by when they were touched would miss what is touched between two of them.
 */
export async function everyChange(db: Db, statuses: Status[]): Promise<Change[]> {
  const ids = await idsOfChanges(db, statuses);
  const all: Change[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = ids.slice(i, i + AT_ONCE);
    const found = await changesById(db, some);
    all.push(...some.flatMap((id) => found.get(id) ?? []));
  }
  return all.filter(({ status }) => statuses.includes(status));
}

/**
 * The statement that saves a change's row beside its new events.
 * @param before the change as the row shows it, if it does
 */
export function saveChange(
  q: Query,
  t: Db['t'],
  change: Change,
  head: string,
  updatedAt: number,
  before?: Change,
): Statement {
  const { changes } = t;
  know(t, { state: change, head });
  const row = { id: change.id, ...changeColumns(change), head, updatedAt };
  return before ? updateRow(q, changes, row, changeColumns(before)) : insertRow(q, changes, row, 'replace');
}

/** What its row says of a change, but for when it was last touched and the hash of its last event. */
export function changeColumns(change: Change) {
  const { status, category, requester, proposal, seq } = change;
  const [, year, n] = /-(\d+)-(\d+)$/.exec(change.number) ?? [];
  return {
    ...{ status, category, requester, seq, title: proposal.title ?? '', state: change },
    number: change.number,
    year: Number(year),
    n: Number(n),
    risk: change.risk.level,
    stage: 'open' in change ? change.open.stage : null,
    deadline: 'open' in change ? change.open.deadline : null,
    startsAt: proposal.startsAt ?? null,
    endsAt: proposal.endsAt ?? null,
    submittedAt: change.submittedAt,
    template: templateOf(change)?.id ?? null,
    wentWell: wentWell(change) ?? null,
    decidedAt: 'approvedAt' in change ? change.approvedAt : 'ended' in change ? change.ended.at : null,
    touches: touchesOf(change),
  };
}
