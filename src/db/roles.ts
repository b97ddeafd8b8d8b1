import { and, eq, notInArray } from 'drizzle-orm';
import type { Db, Query, Statement } from './db.ts';

/** Who is assigned to each role: ids of people and of user groups, as `/change setup` keeps them. */
export async function assignments(db: Db): Promise<Map<string, string[]>> {
  const { roleHolders: t } = db.t;
  const rows = await db.alone((q) => q.select().from(t));
  const byRole = new Map<string, string[]>();
  for (const { role, holder } of rows) byRole.set(role, [...(byRole.get(role) ?? []), holder]);
  return byRole;
}

/** The statements that put exactly these people and groups into a role. */
export function assignStatements(
  q: Query,
  { roleHolders: t }: Db['t'],
  role: string,
  holders: string[],
): Statement[] {
  return [
    q.delete(t).where(and(eq(t.role, role), notInArray(t.holder, ['', ...holders]))),
    ...holders.map((holder) => q.insert(t).values({ role, holder }).onConflictDoNothing()),
  ];
}
