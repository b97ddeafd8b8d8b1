import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from './db.ts';

export type PersonRow = Db['t']['people']['$inferSelect'];

/** Who holds each role now, directly or through a user group: active members only, no guests, no bots. */
export async function roleHolders(db: Db): Promise<Map<string, string[]>> {
  const { people, roleHolders: holders, groupMembers } = db.t;
  const active = and(eq(people.deactivated, false), eq(people.isBot, false), eq(people.isGuest, false));
  const person = { role: holders.role, person: people.id };
  const rows = await db.alone(async (q) => [
    ...(await q.select(person).from(holders).innerJoin(people, eq(people.id, holders.holder)).where(active)),
    ...(await q
      .select(person)
      .from(holders)
      .innerJoin(groupMembers, eq(groupMembers.groupId, holders.holder))
      .innerJoin(people, eq(people.id, groupMembers.personId))
      .where(active)),
  ]);
  const byRole = new Map<string, string[]>();
  for (const row of rows) byRole.set(row.role, [...new Set([...(byRole.get(row.role) ?? []), row.person])]);
  return byRole;
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
