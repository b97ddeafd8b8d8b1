import { asc, eq } from 'drizzle-orm';
import type { Membership } from '../workspace/types.ts';
import type { Db, Query, Statement } from './db.ts';
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

/** Who is in each of the known groups. */
export async function memberships(db: Db): Promise<Membership[]> {
  const all: Membership[] = [];
  for (const { id } of await knownGroups(db)) all.push({ group: id, members: await groupMembers(db, id) });
  return all;
}

/** How many rows one statement writes: each is a parameter or two. */
const AT_ONCE = 500;

/**
 * Replaces who is in these groups. Of a group that holds a role it is for the workspace to say (`seeGroups`), so that it
 * is in the record too.
 * @param jobs what must happen because of it
 */
export async function saveMembers(
  db: Db,
  groups: readonly Membership[],
  jobs: readonly NewOutboxRow[] = [],
): Promise<void> {
  await db.atomically((q) => [...memberStatements(db, q, groups), ...insertOutbox(q, db.t, jobs)]);
}

/** The statements that replace who is in these groups; none where there are none. */
export function memberStatements(db: Pick<Db, 't'>, q: Query, groups: readonly Membership[]): Statement[] {
  if (groups.length === 0) return [];
  const { groupMembers: t } = db.t;
  const rows = groups.flatMap(({ group, members }) =>
    members.map((personId) => ({ groupId: group, personId })),
  );
  const some = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) =>
    rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
  return [
    ...groups.map(({ group }) => q.delete(t).where(eq(t.groupId, group))),
    ...some.map((few) => q.insert(t).values(few).onConflictDoNothing()),
    directoryAltered(db, q),
  ];
}
