import { and, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Holding } from '../change/holders.ts';
import type { Db } from './db.ts';

export type PersonRow = Db['t']['people']['$inferSelect'];

/**
 * Who can act in each role at the instant `at`: its holders, directly or through a user group, who stands in for one
 * of them, and its deputies. Active members only, no guests, no bots.
 */
export async function roleHolders(db: Db, at: number): Promise<Map<string, Holding[]>> {
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
  const standIns = await standInsAt(db, at);
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
  return byRole;
}

/** Who stands in for whom at that instant, where both are active members. */
async function standInsAt(db: Db, at: number): Promise<{ from: string; to: string }[]> {
  const { people, delegations: t } = db.t;
  const active = isMember(people);
  return db.alone((q) =>
    q
      .select({ from: t.from, to: t.to })
      .from(t)
      .innerJoin(people, eq(people.id, t.to))
      .where(and(active, lte(t.startsAt, at), gt(t.endsAt, at))),
  );
}

export async function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  const { people } = db.t;
  return (await db.alone((q) => q.select().from(people).where(eq(people.id, id))))[0];
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

/** Those who can decide: active members, no guests, no bots. */
export async function members(db: Db): Promise<PersonRow[]> {
  const { people } = db.t;
  return db.alone((q) => q.select().from(people).where(isMember(people)));
}

function isMember(people: Db['t']['people']) {
  return and(eq(people.deactivated, false), eq(people.isBot, false), eq(people.isGuest, false));
}

/** Remembers people as Slack describes them; the DM already opened with each is kept. */
export async function savePeople(db: Db, rows: Omit<PersonRow, 'dm'>[]): Promise<void> {
  const { people } = db.t;
  await db.atomically((q) =>
    rows.map(({ id, ...row }) =>
      q
        .insert(people)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: people.id, set: row }),
    ),
  );
}

export async function saveDm(db: Db, person: string, dm: string): Promise<void> {
  const { people } = db.t;
  await db.atomically((q) => [q.update(people).set({ dm }).where(eq(people.id, person))]);
}
