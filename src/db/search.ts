import { and, asc, desc, eq, gt, lt, notExists, type SQL, sql } from 'drizzle-orm';
import type { Change } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** One thing that is asked for: any of these words, whole or as the beginning of one. */
export interface Term {
  any: string[];
  prefix?: boolean;
}

export interface Found {
  change: Change;
  /** Where in the list it stands: the next page begins after it. */
  key: number;
}

/** More changes than that in one year have no place in the order. */
const IN_A_YEAR = 1_000_000_000;

/** The statement that saves by which words a change is found. */
export function saveSearch(
  q: Query,
  { search }: Db['t'],
  change: Change,
  words: readonly string[],
): Statement {
  return insertRow(q, search, rowOf(change, words), 'replace');
}

function rowOf({ id, number }: Change, words: readonly string[]) {
  const [, year, n] = /-(\d+)-(\d+)$/.exec(number) ?? [];
  return { key: Number(year) * IN_A_YEAR + Number(n), changeId: id, words: words.join(' ') };
}

/**
 * Changes in which all terms are found, the latest filed first. Both databases go by the words that are saved and do
 * not read any language into them.
 * @param terms words of `wordsOf` and `markOf`, which hold nothing but letters and digits; without any, nothing is found
 * @param before only those that were filed before this one, the last of the page before
 */
export async function searchChanges(
  db: Db,
  terms: readonly Term[],
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<Found[]> {
  if (terms.length === 0) return [];
  const { search, changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ key: search.key, state: changes.state })
      .from(search)
      .innerJoin(changes, eq(changes.id, search.changeId))
      .where(and(matching(db, terms, before, limit), lt(search.key, before)))
      .orderBy(desc(search.key))
      .limit(limit),
  );
  return rows.map(({ key, state }) => ({ key, change: state }));
}

/** Each database's own index. SQLite's gives what it finds in the order of keys, so it stops after a page. */
function matching(db: Db, terms: readonly Term[], before: number, limit: number): SQL {
  const { search } = db.t;
  const all = (word: (text: string, prefix: boolean) => string, or: string, and: string) =>
    terms.map(({ any, prefix = false }) => `(${any.map((text) => word(text, prefix)).join(or)})`).join(and);
  if (db.dialect === 'sqlite') {
    const query = all((text, prefix) => `"${text}"${prefix ? '*' : ''}`, ' OR ', ' AND ');
    return sql`${search.key} in (
      select rowid from search_index where search_index match ${query} and rowid < ${before}
      order by rowid desc limit ${limit})`;
  }
  const query = all((text, prefix) => `'${text}'${prefix ? ':*' : ''}`, ' | ', ' & ');
  return sql`array_to_tsvector(string_to_array(${search.words}, ' ')) @@ ${query}::tsquery`;
}

/** Changes that were saved before there was a search, by id; some at a time, after that id. */
export async function unsearchable(db: Db, after: string, limit: number): Promise<Change[]> {
  const { search, changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: changes.state })
      .from(changes)
      .where(
        and(
          gt(changes.id, after),
          notExists(q.select({ key: search.key }).from(search).where(eq(search.changeId, changes.id))),
        ),
      )
      .orderBy(asc(changes.id))
      .limit(limit),
  );
  return rows.map(({ state }) => state);
}

/** Makes changes searchable, except those that have become so meanwhile. */
export async function makeSearchable(
  db: Db,
  changes: readonly { change: Change; words: readonly string[] }[],
): Promise<void> {
  await db.atomically((q) =>
    changes.map(({ change, words }) => insertRow(q, db.t.search, rowOf(change, words), 'leave')),
  );
}
