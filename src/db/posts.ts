import { desc, eq, inArray } from 'drizzle-orm';
import type { PostId } from '../policy/posts.ts';
import type { Edition } from '../posts/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** A post of one period as saved, with the hash of its last event. */
export async function loadEdition(db: Db, id: string): Promise<{ state: Edition; head: string } | undefined> {
  const { posts } = db.t;
  const rows = await db.alone((q) =>
    q.select({ state: posts.state, head: posts.head }).from(posts).where(eq(posts.id, id)),
  );
  return rows[0];
}

/** What came of these posts, the latest first. */
export async function latestEditions(db: Db, of: readonly PostId[], limit: number): Promise<Edition[]> {
  const { posts } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: posts.state })
      .from(posts)
      .where(inArray(posts.post, [...of]))
      .orderBy(desc(posts.due), desc(posts.id))
      .limit(limit),
  );
  return rows.map(({ state }) => state);
}

/** How many of the latest are looked through for what is still to be done. */
const LOOKED_THROUGH = 60;

/** What these posts have asked for and nobody has done yet, the latest first. */
export async function openDuties(db: Db, of: readonly PostId[]): Promise<Edition[]> {
  return (await latestEditions(db, of, LOOKED_THROUGH)).filter(({ duty, done }) => duty && !done);
}

/** The statement that saves the row of a post of one period beside its new events. */
export function saveEdition(q: Query, { posts }: Db['t'], edition: Edition, head: string): Statement {
  return insertRow(q, posts, { id: edition.id, ...editionColumns(edition), head }, 'replace');
}

/** What its row says of a post, but for the hash of its last event. */
export function editionColumns(edition: Edition) {
  const { post, due } = edition;
  return { post, due, state: edition };
}
