import { and, eq, gt, ne, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { insertOutbox, type NewOutboxRow, type OutboxRow } from './outbox.ts';
import { preparedWrite } from './prepared.ts';
import type { Tables } from './tables.ts';

/** A claimed row; each of these is false, and does nothing, when its lease has gone to another owner. */
type Claimed = Pick<OutboxRow, 'id' | 'lane'>;

/**
 * It is done.
 * @param also ids of rows behind it in its lane that were done together with it
 * @param next what follows from it, queued in the same transaction
 */
export async function finish(
  db: Db,
  { id }: Pick<Claimed, 'id'>,
  owner: string,
  also: readonly string[] = [],
  next: readonly NewOutboxRow[] = [],
): Promise<boolean> {
  const [finished = 0] = await db.atomically((q) => [
    done(q, db.t, { id, owner }),
    ...also.map((other) => doneTogether(q, db.t, { id: other })),
    ...insertOutbox(q, db.t, next),
  ]);
  return finished > 0;
}

/** It takes longer: the row stays its owner's until then. */
export function keep(db: Db, { id }: Pick<Claimed, 'id'>, owner: string, until: number): Promise<boolean> {
  return settle(db, kept, { id, owner, until });
}

/**
 * It did not work; try again at `due`, and what is behind it in its lane after that.
 * @param inDoubt the call ended without an answer, so the next attempt comes with `resumed`
 */
export async function retryLater(
  db: Db,
  { id, lane }: Claimed,
  owner: string,
  due: number,
  error: string,
  inDoubt = false,
): Promise<boolean> {
  const settled = await settle(db, inDoubt ? doubted : failed, { id, owner, due, error });
  if (settled && lane !== id) await settle(db, laterBehind, { id, lane, due });
  return settled;
}

/** It has not been tried, because it is not yet time for it, nor for what is behind it in its lane. */
export async function hold(
  db: Db,
  { id, lane }: Claimed,
  owner: string,
  due: number,
  why: string,
): Promise<boolean> {
  const settled = await settle(db, held, { id, owner, due, error: why });
  if (settled && lane !== id) await settle(db, heldBehind, { id, lane, due, error: why });
  return settled;
}

/** What was held for one reason is due now: the reason is gone. */
export async function letGo(db: Db, why: string, now: number): Promise<void> {
  const { outbox } = db.t;
  const all = and(eq(outbox.state, 'waiting'), gt(outbox.due, now), eq(outbox.lastError, why));
  await db.atomically((q) => [q.update(outbox).set({ due: now }).where(all)]);
}

/**
 * It will never work. The rows behind it in its lane go on.
 * @param next what follows from it, queued in the same transaction
 */
export async function giveUp(
  db: Db,
  { id }: Pick<Claimed, 'id'>,
  owner: string,
  error: string,
  next: readonly NewOutboxRow[] = [],
): Promise<boolean> {
  const [gone = 0] = await db.atomically((q) => [
    dead(q, db.t, { id, owner, error }),
    ...insertOutbox(q, db.t, next),
  ]);
  return gone > 0;
}

async function settle(
  db: Db,
  write: ReturnType<typeof preparedWrite>,
  values: Record<string, unknown>,
): Promise<boolean> {
  const [settled = 0] = await db.atomically((q) => [write(q, db.t, values)]);
  return settled > 0;
}

const value = (name: string) => sql`${sql.placeholder(name)}`;
const NOBODYS = { leaseUntil: null, leaseOwner: null };

/** Still this owner's. */
const theirs = ({ outbox }: Tables) =>
  and(
    eq(outbox.id, sql.placeholder('id')),
    eq(outbox.state, 'sending'),
    eq(outbox.leaseOwner, sql.placeholder('owner')),
  );

const done = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ state: 'done', lastError: null, ...NOBODYS })
    .where(theirs(t)),
);

/** It has been said, whoever finishes what it was said with. */
const doneTogether = preparedWrite((q, { outbox }) =>
  q
    .update(outbox)
    .set({ state: 'done', lastError: null })
    .where(and(eq(outbox.id, sql.placeholder('id')), eq(outbox.state, 'waiting'))),
);

const again = { state: 'waiting', due: value('due'), lastError: value('error'), ...NOBODYS } as const;
const failed = preparedWrite((q, t) => q.update(t.outbox).set(again).where(theirs(t)));
const doubted = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ ...again, resumed: true })
    .where(theirs(t)),
);
const held = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ ...again, attempts: sql`${t.outbox.attempts} - 1` })
    .where(theirs(t)),
);
const kept = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ leaseUntil: value('until') })
    .where(theirs(t)),
);
const dead = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ state: 'dead', lastError: value('error'), ...NOBODYS })
    .where(theirs(t)),
);

/**
 * What waits in the lane, and would be due before. It could not go anyway; but looked at each time that something is
 * claimed, a few hundred who wait for one another would cost more than all else.
 */
const waitingInLane = ({ outbox }: Tables) =>
  and(
    eq(outbox.lane, sql.placeholder('lane')),
    eq(outbox.state, 'waiting'),
    sql`${outbox.due} + 0 < ${sql.placeholder('due')}`, // the index of lanes is the better one
    ne(outbox.id, sql.placeholder('id')),
  );
const laterBehind = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ due: value('due') })
    .where(waitingInLane(t)),
);
const heldBehind = preparedWrite((q, t) =>
  q
    .update(t.outbox)
    .set({ due: value('due'), lastError: value('error') })
    .where(waitingInLane(t)),
);
