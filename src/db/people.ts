import { randomUUID } from 'node:crypto';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Holders, Holding } from '../change/holders.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertOutbox, type NewOutboxRow } from './outbox.ts';
import { preparedRead } from './prepared.ts';
import { settingStatement } from './settings.ts';

export type PersonRow = Db['t']['people']['$inferSelect'];

/**
 * Who can act in each role at the instant `at`: its holders, directly or through a user group, who stands in for one
 * of them, and its deputies. Active members only, no guests, no bots.
 *
 * It is asked on every click and alters a few times a day, so it is kept, as long as the token says that nobody has
 * written anything that it was made from, on whichever replica, and no delegation has begun or ended.
 */
export async function roleHolders(db: Db, at: number): Promise<Holders> {
  const token = (await tokenIn(db, {}))[0]?.value;
  const last = kept.get(db);
  if (last && last.token === token && last.from <= at && at < last.until) return last.holders;
  const now = { token, ...(await readHolders(db, at)) };
  kept.set(db, now);
  return now.holders;
}

const tokenIn = preparedRead((q, { settings }) =>
  q.select({ value: settings.value }).from(settings).where(eq(settings.key, 'directory')),
);

interface Kept {
  token: unknown;
  /** They are right from this instant until before that one. */
  from: number;
  until: number;
  holders: Holders;
}
const kept = new WeakMap<Db, Kept>();

/** The statement that belongs to every other one which alters who there is, who holds a role or stands in. */
export function directoryAltered(db: Pick<Db, 't'>, q: Query): Statement {
  return settingStatement(db, 'directory', randomUUID())(q);
}

async function readHolders(db: Db, at: number): Promise<Omit<Kept, 'token'>> {
  const { people, roleHolders: holders, groupMembers } = db.t;
  const active = isMember(people);
  const person = { role: holders.role, person: people.id, deputy: holders.deputy };
  const rows = await db.alone(async (q) => [
    ...(await q.select(person).from(holders).innerJoin(people, eq(people.id, holders.holder)).where(active)),
    ...(await q
      .select(person)
      .from(holders)
      .innerJoin(groupMembers, eq(groupMembers.groupId, holders.holder))
      .innerJoin(people, eq(people.id, groupMembers.personId))
      .where(active)),
  ]);
  const delegations = await allDelegations(db);
  const standIns = delegations.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
  const byRole = new Map<string, Holding[]>();
  const add = (role: string, holding: Holding) => {
    const list = byRole.get(role) ?? [];
    const known = list.some(
      (one) => one.person === holding.person && one.for === holding.for && one.deputy === holding.deputy,
    );
    if (!known) byRole.set(role, [...list, holding]);
  };
  for (const { role, person: who, deputy } of rows) {
    add(role, { person: who, ...(deputy && { deputy }) });
    for (const { to } of standIns.filter(({ from }) => from === who && !deputy))
      add(role, { person: to, for: who });
  }
  const turns = delegations.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return {
    holders: byRole,
    from: Math.max(0, ...turns.filter((turn) => turn <= at)),
    until: Math.min(Infinity, ...turns.filter((turn) => turn > at)),
  };
}

/** Who stands in for whom and when, where those who do are active members. */
async function allDelegations(
  db: Db,
): Promise<{ from: string; to: string; startsAt: number; endsAt: number }[]> {
  const { people, delegations: t } = db.t;
  return db.alone((q) =>
    q
      .select({ from: t.from, to: t.to, startsAt: t.startsAt, endsAt: t.endsAt })
      .from(t)
      .innerJoin(people, eq(people.id, t.to))
      .where(isMember(people)),
  );
}

/** Somebody by their id; read whenever anybody does anything. */
export async function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  return (await personBy(db, { id }))[0];
}

const personBy = preparedRead((q, { people }) =>
  q
    .select()
    .from(people)
    .where(eq(people.id, sql.placeholder('id'))),
);

/** Those of these people who are known, by their ids. */
export async function peopleById(db: Db, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  const { people } = db.t;
  const rows = await db.alone((q) =>
    q
      .select()
      .from(people)
      .where(inArray(people.id, [...ids])),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What people are called, by their ids. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { people } = db.t;
  const named = { id: people.id, name: people.realName };
  const rows = await db.alone((q) =>
    q
      .select(named)
      .from(people)
      .where(inArray(people.id, [...new Set(ids)])),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What everybody is called who was ever known, by their ids. */
export async function allNames(db: Db): Promise<Map<string, string>> {
  const { people } = db.t;
  const rows = await db.alone((q) => q.select({ id: people.id, name: people.realName }).from(people));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Those who can decide: active members, no guests, no bots. */
export async function members(db: Db): Promise<PersonRow[]> {
  const { people } = db.t;
  return db.alone((q) => q.select().from(people).where(isMember(people)));
}

function isMember(people: Db['t']['people']) {
  return and(eq(people.deactivated, false), eq(people.isBot, false), eq(people.isGuest, false));
}

/** Somebody as Slack describes them; `updated` is absent where it does not say since when. */
export type KnownPerson = Omit<PersonRow, 'dm' | 'updated'> & Partial<Pick<PersonRow, 'updated'>>;

/**
 * Remembers people as Slack describes them; the DM already opened with each is kept, and so is what is known of
 * somebody since a later time, from whatever replica.
 * @param jobs what must happen because of it
 */
export async function savePeople(
  db: Db,
  rows: readonly KnownPerson[],
  jobs: readonly NewOutboxRow[] = [],
): Promise<void> {
  const { people } = db.t;
  await db.atomically((q) => [
    ...rows.map(({ id, ...row }) =>
      q
        .insert(people)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: people.id, set: row, setWhere: noLaterThan(people, row.updated) }),
    ),
    directoryAltered(db, q),
    ...insertOutbox(q, db.t, jobs),
  ]);
}

/** People are still as they were, at a later time: what comes late must not undo it. */
export async function saveUpdated(
  db: Db,
  rows: readonly Pick<KnownPerson, 'id' | 'updated'>[],
): Promise<void> {
  const { people } = db.t;
  await db.atomically((q) =>
    rows.map(({ id, updated }) =>
      q
        .update(people)
        .set({ updated })
        .where(and(eq(people.id, id), noLaterThan(people, updated))),
    ),
  );
}

/** What is kept of somebody is of that time at the latest, or of none; always, where the time is not known. */
function noLaterThan(people: Db['t']['people'], updated: number | null | undefined): SQL {
  return updated == null ? sql`1 = 1` : sql`(${people.updated} is null or ${people.updated} <= ${updated})`;
}

export async function saveDm(db: Db, person: string, dm: string): Promise<void> {
  const { people } = db.t;
  await db.atomically((q) => [q.update(people).set({ dm }).where(eq(people.id, person))]);
}
