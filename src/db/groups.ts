import { asc, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { insertOutbox, type NewOutboxRow } from './outbox.ts';
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

/** Who is in a group. */
export interface Membership {
  group: string;
  members: readonly string[];
}

/** How many rows one statement writes: each is a parameter or two. */
const AT_ONCE = 500;

/**
 * Replaces who is in these groups.
 * @param jobs what must happen because of it
 */
export async function saveMembers(
  db: Db,
  groups: readonly Membership[],
  jobs: readonly NewOutboxRow[] = [],
): Promise<void> {
  const { groupMembers: t } = db.t;
  const rows = groups.flatMap(({ group, members }) =>
    members.map((personId) => ({ groupId: group, personId })),
  );
  const some = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) =>
    rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
  await db.atomically((q) => [
    ...groups.map(({ group }) => q.delete(t).where(eq(t.groupId, group))),
    ...some.map((few) => q.insert(t).values(few).onConflictDoNothing()),
    directoryAltered(db, q),
    ...insertOutbox(q, db.t, jobs),
  ]);
}
