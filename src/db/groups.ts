import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { Db } from './db.ts';
import { directoryAltered } from './people.ts';

/** A Slack user group, which can hold a role. */
export interface Group {
  id: string;
  name: string;
}

/** The workspace's user groups, by name. */
export async function knownGroups(db: Db): Promise<Group[]> {
  const { groups } = db.t;
  return db.alone((q) => q.select().from(groups).orderBy(asc(groups.name)));
}

/** Remembers a group's name. */
export async function saveGroup(db: Db, { id, name }: Group): Promise<void> {
  const { groups } = db.t;
  await db.atomically((q) => [
    q.insert(groups).values({ id, name }).onConflictDoUpdate({ target: groups.id, set: { name } }),
  ]);
}

/** The ids of who is in a group. */
export async function groupMembers(db: Db, groupId: string): Promise<string[]> {
  const { groupMembers: t } = db.t;
  const rows = await db.alone((q) => q.select({ id: t.personId }).from(t).where(eq(t.groupId, groupId)));
  return rows.map(({ id }) => id);
}

/** Replaces who is in a group. */
export async function saveGroupMembers(db: Db, groupId: string, members: string[]): Promise<void> {
  const { groupMembers } = db.t;
  await db.atomically((q) => [
    q
      .delete(groupMembers)
      .where(and(eq(groupMembers.groupId, groupId), notInArray(groupMembers.personId, ['', ...members]))),
    ...members.map((personId) => q.insert(groupMembers).values({ groupId, personId }).onConflictDoNothing()),
    directoryAltered(db, q),
  ]);
}
