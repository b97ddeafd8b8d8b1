import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import type { DeclaredFreeze } from '../freeze/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow, preparedRead } from './prepared.ts';

/** A freeze as saved, with the hash of its last event, which the next one links to. */
export async function loadFreeze(
  db: Db,
  id: string,
): Promise<{ state: DeclaredFreeze; head: string } | undefined> {
  const { freezes } = db.t;
  const rows = await db.alone((q) =>
    q.select({ state: freezes.state, head: freezes.head }).from(freezes).where(eq(freezes.id, id)),
  );
  return rows[0];
}

/** The declared freezes that touch `range`, in the order of their starts; one that was ended early only until then. */
export async function declaredFreezes(db: Db, range: Interval): Promise<DeclaredFreeze[]> {
  const rows = await touching(db, { ...range });
  return rows.map(({ state }) => state);
}

const touching = preparedRead((q, { freezes }) =>
  q
    .select({ state: freezes.state })
    .from(freezes)
    .where(and(gt(freezes.endsAt, sql.placeholder('start')), lt(freezes.startsAt, sql.placeholder('end'))))
    .orderBy(asc(freezes.startsAt), asc(freezes.id)),
);

/** The statement that saves a freeze's row beside its new events. */
export function saveFreeze(
  q: Query,
  { freezes }: Db['t'],
  freeze: DeclaredFreeze,
  head: string,
  updatedAt: number,
): Statement {
  return insertRow(q, freezes, { id: freeze.id, ...freezeColumns(freeze), head, updatedAt }, 'replace');
}

/** What its row says of a freeze, but for when it was last touched and the hash of its last event. */
export function freezeColumns(freeze: DeclaredFreeze) {
  const { startsAt, endsAt } = freeze;
  return { startsAt, endsAt, state: freeze };
}
