import {
  and,
  asc,
  eq,
  gt,
  inArray,
  lt,
  lte,
  min,
  notExists,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db, Query, Statement } from './db.ts';
import { insertRow, preparedRead, preparedWrite } from './prepared.ts';
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

export interface Claim {
  /** Who claims: only this owner may finish, retry or give up the rows. One per process, never reused. */
  owner: string;
  /** Milliseconds since 1970. */
  now: number;
  /** For how long the rows are the owner's; longer than a Slack call can take. */
  leaseMs: number;
  limit: number;
}

/**
 * Claims rows that are due, and rows whose owner's lease has run out, which come back with `resumed`. Of each
 * lane only the first unfinished row, so that order inside a lane is kept. No two claimers get the same row:
 * the outer predicate is checked again on a row for which PostgreSQL had to wait.
 * @throws Busy
 */
export async function claim(db: Db, { owner, now, leaseMs, limit }: Claim): Promise<OutboxRow[]> {
  const values = { owner, now, until: now + leaseMs };
  const left = await claimLeft(db, { ...values, limit });
  const due = left.length < limit ? await claimDue(db, { ...values, limit: limit - left.length }) : [];
  return [...left, ...due].sort((a, b) => a.due - b.due || a.position - b.position);
}

/** One state at a time, so that an index gives the rows in their order and the first few are enough. */
function claiming(state: 'waiting' | 'sending', since: 'due' | 'leaseUntil') {
  const now = sql.placeholder('now');
  return preparedRead((q, { outbox }) => {
    const candidates = q
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.state, state), lte(outbox[since], now), firstOfLane(q, outbox)))
      .orderBy(asc(outbox.due), asc(outbox.position))
      .limit(sql.placeholder('limit'));
    return (
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
        // Written so that no index serves it: SQLite would go through all that is due instead of the few ids.
        .where(
          and(
            inArray(outbox.id, candidates),
            sql`${outbox.state} || '' = ${state}`,
            sql`${outbox[since]} + 0 <= ${now}`,
          ),
        )
        .returning()
    );
  });
}

const claimDue = claiming('waiting', 'due');
const claimLeft = claiming('sending', 'leaseUntil');

/**
 * It is done. False when the lease had gone to another owner, to whom it is left.
 * @param also ids of rows behind it in its lane that were done together with it
 */
export async function finish(
  db: Db,
  id: string,
  owner: string,
  also: readonly string[] = [],
): Promise<boolean> {
  const [finished = 0] = await db.atomically((q) => [
    ...also.map((other) => doneTogether(q, db.t, { id: other })),
    done(q, db.t, { id, owner }),
  ]);
  return finished > 0;
}

/** It has been said, whoever finishes what it was said with. */
const doneTogether = preparedWrite((q, { outbox }) =>
  q
    .update(outbox)
    .set({ state: 'done', lastError: null })
    .where(and(eq(outbox.id, sql.placeholder('id')), eq(outbox.state, 'waiting'))),
);

/** What waits in a row's lane to be done next: of the same kind and for the same stream, and due. */
export async function waitingBehind(db: Db, row: OutboxRow, now: number): Promise<OutboxRow[]> {
  const { outbox } = db.t;
  const behind = await db.alone((q) =>
    q
      .select()
      .from(outbox)
      .where(and(eq(outbox.lane, row.lane), eq(outbox.state, 'waiting'), gt(outbox.position, row.position)))
      .orderBy(asc(outbox.position))
      .limit(MOST_BEHIND),
  );
  const end = behind.findIndex(
    ({ kind, stream, due }) => kind !== row.kind || stream !== row.stream || due > now,
  );
  return end < 0 ? behind : behind.slice(0, end);
}

const MOST_BEHIND = 50;

const done = preparedWrite((q, { outbox }) =>
  q
    .update(outbox)
    .set({ state: 'done', lastError: null, leaseUntil: null, leaseOwner: null })
    .where(theirs(outbox, sql.placeholder('id'), sql.placeholder('owner'))),
);

/**
 * It did not work; try again at `due`.
 * @param inDoubt the call ended without an answer, so the next attempt comes with `resumed`
 */
export function retryLater(
  db: Db,
  id: string,
  owner: string,
  due: number,
  error: string,
  inDoubt = false,
): Promise<boolean> {
  const doubt = inDoubt ? { resumed: true } : {};
  return settle(db, id, owner, { state: 'waiting', due, lastError: error, ...doubt });
}

/** It has not been tried, because it is not yet time for it. */
export function hold(db: Db, id: string, owner: string, due: number, why: string): Promise<boolean> {
  const attempts = sql<number>`${db.t.outbox.attempts} - 1`;
  return settle(db, id, owner, { state: 'waiting', due, lastError: why, attempts });
}

/** What was held for one reason is due now: the reason is gone. */
export async function letGo(db: Db, why: string, now: number): Promise<void> {
  const { outbox } = db.t;
  const held = and(eq(outbox.state, 'waiting'), gt(outbox.due, now), eq(outbox.lastError, why));
  await db.atomically((q) => [q.update(outbox).set({ due: now }).where(held)]);
}

/** It will never work. The rows behind it in its lane go on. */
export function giveUp(db: Db, id: string, owner: string, error: string): Promise<boolean> {
  return settle(db, id, owner, { state: 'dead', lastError: error });
}

/** Forgets what was done and due before `before`; what was given up stays, for the operator. */
export async function forgetDone(db: Db, before: number): Promise<void> {
  const { outbox } = db.t;
  await db.alone((q) => q.delete(outbox).where(and(eq(outbox.state, 'done'), lt(outbox.due, before))));
}

/** The earliest instant at which `claim` could return something, or undefined when nothing is unfinished. */
export async function nextDue(db: Db): Promise<number | undefined> {
  const [[first], [lease]] = await Promise.all([firstWaiting(db, {}), firstLease(db, {})]);
  const instants = [first?.at, lease?.at].filter((at) => typeof at === 'number');
  return instants.length > 0 ? Math.min(...instants) : undefined;
}

/** The first by the index, where the least of all would read every timer of every open change. */
const firstWaiting = preparedRead((q, { outbox }) =>
  q
    .select({ at: outbox.due })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), firstOfLane(q, outbox)))
    .orderBy(asc(outbox.due))
    .limit(1),
);
const firstLease = preparedRead((q, { outbox }) =>
  q
    .select({ at: min(outbox.leaseUntil) })
    .from(outbox)
    .where(eq(outbox.state, 'sending')),
);

async function settle(
  db: Db,
  id: string,
  owner: string,
  result: Partial<Omit<OutboxRow, 'attempts'>> & { attempts?: SQL<number> },
): Promise<boolean> {
  const { outbox } = db.t;
  const [settled = 0] = await db.atomically((q) => [
    q
      .update(outbox)
      .set({ ...result, leaseUntil: null, leaseOwner: null })
      .where(theirs(outbox, id, owner)),
  ]);
  return settled > 0;
}

/** Still this owner's. */
function theirs(
  outbox: Pick<Outbox, 'id' | 'state' | 'leaseOwner'>,
  id: string | Placeholder,
  owner: string | Placeholder,
): SQL | undefined {
  return and(eq(outbox.id, id), eq(outbox.state, 'sending'), eq(outbox.leaseOwner, owner));
}

function firstOfLane(q: Query, outbox: Outbox): SQL {
  const earlier = alias(outbox, 'earlier');
  return notExists(
    q
      .select({ id: earlier.id })
      .from(earlier)
      .where(
        and(
          eq(earlier.lane, outbox.lane),
          inArray(earlier.state, ['waiting', 'sending']),
          sql`${earlier.position} < ${outbox.position}`,
        ),
      ),
  );
}
