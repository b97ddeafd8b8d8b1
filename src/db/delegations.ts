import { eq } from 'drizzle-orm';
import type { Delegation } from '../workspace/types.ts';
import type { Db, Query, Statement } from './db.ts';

/** The statements that put a delegation in force for its time, or end it. */
export function delegationStatements(
  q: Query,
  { delegations: t }: Db['t'],
  { id, from, to, startsAt, endsAt }: Delegation,
  ended: boolean,
): Statement[] {
  return [
    ended
      ? q.delete(t).where(eq(t.id, id))
      : q.insert(t).values({ id, from, to, startsAt, endsAt }).onConflictDoNothing(),
  ];
}
