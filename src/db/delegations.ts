import { eq } from 'drizzle-orm';
import type { Delegation } from '../workspace/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { directoryAltered } from './people.ts';

/** The statements that put a delegation in force for its time, or end it. */
export function delegationStatements(
  q: Query,
  tables: Db['t'],
  { id, from, to, startsAt, endsAt }: Delegation,
  ended: boolean,
): Statement[] {
  const { delegations: t } = tables;
  return [
    directoryAltered({ t: tables }, q),
    ended
      ? q.delete(t).where(eq(t.id, id))
      : q.insert(t).values({ id, from, to, startsAt, endsAt }).onConflictDoNothing(),
  ];
}
