import { and, eq, notInArray } from 'drizzle-orm';
import type { Db, Query, Statement } from './db.ts';
import { directoryAltered } from './people.ts';

/** Who is assigned to each role, or as its deputy: ids of people and of user groups, as `/change setup` keeps them. */
export async function assignments(db: Db, deputies = false): Promise<Map<string, string[]>> {
  const { roleHolders: t } = db.t;
  const rows = await db.alone((q) => q.select().from(t).where(eq(t.deputy, deputies)));
  const byRole = new Map<string, string[]>();
  for (const { role, holder } of rows) byRole.set(role, [...(byRole.get(role) ?? []), holder]);
  return byRole;
}

/** The statements that put exactly these people and groups into a role, or make them its deputies. */
export function assignStatements(
  q: Query,
  tables: Db['t'],
  role: string,
  holders: string[],
  deputy = false,
): Statement[] {
  const { roleHolders: t } = tables;
  return [
    directoryAltered({ t: tables }, q),
    q.delete(t).where(and(eq(t.role, role), eq(t.deputy, deputy), notInArray(t.holder, ['', ...holders]))),
    ...holders.map((holder) => q.insert(t).values({ role, holder, deputy }).onConflictDoNothing()),
  ];
}
