import { and, asc, eq, gt, inArray, lte, min, notExists, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db, Query, Statement } from './db.ts';
import { forgetBefore } from './forget.ts';
import { insertRow, preparedRead } from './prepared.ts';
import type { Tables } from './tables.ts';

type Outbox = Tables['outbox'];

/** A row as claimed. `resumed`: an earlier attempt ended without an answer, so it may have been sent already. */
export type OutboxRow = Outbox['$inferSelect'];

export type NewOutboxRow = Pick<
  OutboxRow,
  'id' | 'lane' | 'position' | 'kind' | 'stream' | 'payload' | 'due'
>;

/** The statements that queue these rows. A row whose id is already there is left as it is. */
export function insertOutbox(q: Query, t: Tables, rows: readonly NewOutboxRow[]): Statement[] {
  return rows.map((row) =>
    insertRow(q, t.outbox, { ...row, state: 'waiting', attempts: 0, resumed: false }, 'leave'),
  );
}

/** Queues rows by themselves, for what no event sets off. */
export async function addToOutbox(db: Db, rows: readonly NewOutboxRow[]): Promise<void> {
  await db.atomically((q) => insertOutbox(q, db.t, rows));
}

interface Claim {
  /** Who claims: only this owner may finish, retry or give up the rows. One per process, never reused. */
  owner: string;
  /** Milliseconds since 1970. */
  now: number;
  /** For how long the rows are the owner's; longer than a Slack call can take. */
  leaseMs: number;
  limit: number;
}

/**
 * Claims rows that are due. Of each lane only the first unfinished row, so that order inside a lane is kept. No two
 * claimers get the same row: what was found is looked at once more as it is taken, also after PostgreSQL had to wait.
 * @throws Busy
 */
export const claim = claiming('waiting', 'due', nextOfLane);

/** Claims rows whose owner's lease has run out: they come back with `resumed`. @throws Busy */
export const claimLeft = claiming('sending', 'leaseUntil', firstLeft);

/**
 * Finds, then takes: mostly there is nothing, and to find that out by an update costs ten times as much. One state at a
 * time, so that an index gives the rows in their order and the first few are enough.
 */
function claiming(state: 'waiting' | 'sending', since: 'due' | 'leaseUntil', inTurn: typeof nextOfLane) {
  const find = preparedRead((q, { outbox }) =>
    q
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.state, state), lte(outbox[since], sql.placeholder('now')), inTurn(q, outbox)))
      .orderBy(asc(outbox[since]))
      .limit(sql.placeholder('limit')),
  );
  const take = forEachCount((count) =>
    preparedRead((q, { outbox }) =>
      q
        .update(outbox)
        .set({
          state: 'sending',
          leaseUntil: sql`${sql.placeholder('until')}`,
          leaseOwner: sql`${sql.placeholder('owner')}`,
          attempts: sql`${outbox.attempts} + 1`,
          // The right side sees the row as it was. Once in doubt a row stays so.
          resumed: sql`(${outbox.resumed} or ${outbox.state} = 'sending')`,
        })
        .where(
          and(
            inArray(
              outbox.id,
              Array.from({ length: count }, (_, n) => sql.placeholder(`id${n}`)),
            ),
            eq(outbox.state, state),
            lte(outbox[since], sql.placeholder('now')),
            inTurn(q, outbox),
          ),
        )
        .returning(),
    ),
  );
  return async (db: Db, { owner, now, leaseMs, limit }: Claim): Promise<OutboxRow[]> => {
    const found = await find(db, { now, limit });
    if (found.length === 0) return [];
    const ids = Object.fromEntries(found.map(({ id }, n) => [`id${n}`, id]));
    const taken = await take(found.length)(db, { ...ids, owner, now, until: now + leaseMs });
    return taken.sort((a, b) => a.due - b.due || a.position - b.position);
  };
}

/** One query for each number of rows, made when that number first comes up: lists of any length cannot be prepared. */
function forEachCount<Q>(make: (count: number) => Q): (count: number) => Q {
  const made = new Map<number, Q>();
  return (count) => {
    const query = made.get(count) ?? make(count);
    made.set(count, query);
    return query;
  };
}

/** What waits in a row's lane to be done next: of the same kind and for the same stream, and due. */
export async function waitingBehind(db: Db, row: OutboxRow, now: number): Promise<OutboxRow[]> {
  const behind = await inLane(db, { lane: row.lane, position: row.position });
  const end = behind.findIndex(
    ({ kind, stream, due }) => kind !== row.kind || stream !== row.stream || due > now,
  );
  return end < 0 ? behind : behind.slice(0, end);
}

const MOST_BEHIND = 50;
const inLane = preparedRead((q, { outbox }) =>
  q
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.lane, sql.placeholder('lane')),
        eq(outbox.state, 'waiting'),
        gt(outbox.position, sql.placeholder('position')),
      ),
    )
    .orderBy(asc(outbox.position))
    .limit(MOST_BEHIND),
);

/** Forgets what was done and due before `before`; what was given up stays, for the operator. */
export async function forgetDone(db: Db, before: number): Promise<void> {
  const { outbox } = db.t;
  await forgetBefore(db, outbox, { key: outbox.id, at: outbox.due }, before, eq(outbox.state, 'done'));
}

/**
 * When there is something to do next, nothing in between: the earliest instant at which `claim` could return
 * something, and at which `claimLeft` could. Infinity where nothing is unfinished.
 */
export async function nextDue(db: Db): Promise<{ due: number; left: number }> {
  const [[first], [lease]] = await Promise.all([firstWaiting(db, {}), firstLease(db, {})]);
  return { due: first?.at ?? Infinity, left: lease?.at ?? Infinity };
}

/** The first by the index, where the least of all would read every timer of every open change. */
const firstWaiting = preparedRead((q, { outbox }) =>
  q
    .select({ at: outbox.due })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), nextOfLane(q, outbox)))
    .orderBy(asc(outbox.due))
    .limit(1),
);
const firstLease = preparedRead((q, { outbox }) =>
  q
    .select({ at: min(outbox.leaseUntil) })
    .from(outbox)
    .where(eq(outbox.state, 'sending')),
);

/**
 * The first that waits in its lane, while nothing of that lane is under way: not even something that stands behind it,
 * where a redraw that was found to be needed begins the lane anew.
 */
function nextOfLane(q: Query, outbox: Outbox): SQL | undefined {
  const other = alias(outbox, 'other');
  const none = (which: SQL | undefined) =>
    notExists(
      q
        .select({ id: other.id })
        .from(other)
        .where(and(eq(other.lane, outbox.lane), which)),
    );
  return and(none(eq(other.state, 'sending')), none(and(eq(other.state, 'waiting'), before(other, outbox))));
}

/** Of what was left under way in one lane, the first. */
function firstLeft(q: Query, outbox: Outbox): SQL {
  const earlier = alias(outbox, 'earlier');
  const which = and(eq(earlier.lane, outbox.lane), eq(earlier.state, 'sending'), before(earlier, outbox));
  return notExists(q.select({ id: earlier.id }).from(earlier).where(which));
}

interface Place {
  id: unknown;
  position: unknown;
}

/** In the order of a lane. Two redraws that were found to be needed have the same place. */
function before(one: Place, other: Place): SQL {
  return sql`(${one.position} < ${other.position} or (${one.position} = ${other.position} and ${one.id} < ${other.id}))`;
}
