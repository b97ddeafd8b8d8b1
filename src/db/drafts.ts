import { and, count, desc, eq, lt, ne, or } from 'drizzle-orm';
import type { Draft } from '../change/draft.ts';
import type { Change, PersonId } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

type Row = Db['t']['drafts']['$inferSelect'];

export async function loadDraft(db: Db, id: string): Promise<Draft | undefined> {
  const { drafts } = db.t;
  const rows = await db.alone((q) => q.select().from(drafts).where(eq(drafts.id, id)));
  return rows[0] && asDraft(rows[0]);
}

/** A draft, and the change that it would edit if it is not of a new one. */
export interface OwnDraft {
  draft: Draft;
  change?: Change;
}

/**
 * Somebody's own drafts, the last touched first.
 * @param after only those that follow this one, the last of the page before
 */
export async function draftsOf(
  db: Db,
  owner: PersonId,
  limit = 20,
  after?: Pick<Draft, 'updatedAt' | 'id'>,
): Promise<OwnDraft[]> {
  const { drafts, changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ draft: drafts, state: changes.state })
      .from(drafts)
      .leftJoin(changes, eq(changes.id, drafts.id))
      .where(
        and(
          eq(drafts.owner, owner),
          after &&
            or(
              lt(drafts.updatedAt, after.updatedAt),
              and(eq(drafts.updatedAt, after.updatedAt), lt(drafts.id, after.id)),
            ),
        ),
      )
      .orderBy(desc(drafts.updatedAt), desc(drafts.id))
      .limit(limit),
  );
  return rows.map(({ draft, state }) => ({
    draft: asDraft(draft),
    // Null where the draft is of a change that is still to come.
    ...(state !== null && { change: state }),
  }));
}

/** How many somebody has. @param besides the id of one that does not count */
export async function countDrafts(db: Db, owner: PersonId, besides?: string): Promise<number> {
  const { drafts: t } = db.t;
  const counted = and(eq(t.owner, owner), besides === undefined ? undefined : ne(t.id, besides));
  const rows = await db.alone((q) => q.select({ all: count() }).from(t).where(counted));
  return rows[0]?.all ?? 0;
}

/** The statement that keeps a draft in place of what was kept of it before. */
export function saveDraft(q: Query, { drafts }: Db['t'], draft: Draft): Statement {
  const { from, ...row } = draft;
  return insertRow(q, drafts, { ...row, ...(from && { begunFrom: from }) }, 'replace');
}

/** The statement that forgets a draft, if it is this person's. */
export function deleteDraft(q: Query, { drafts }: Db['t'], id: string, owner: PersonId): Statement {
  return q.delete(drafts).where(and(eq(drafts.id, id), eq(drafts.owner, owner)));
}

function asDraft({ words, template, begunFrom, source, proposal, ...row }: Row): Draft {
  return {
    ...row,
    proposal,
    ...(words !== null && { words }),
    ...(template !== null && { template }),
    ...(begunFrom !== null && { from: begunFrom }),
    ...(source !== null && { source }),
  };
}
