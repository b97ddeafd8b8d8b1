import { eq, sql } from 'drizzle-orm';
import type { BoardTime } from '../policy/board.ts';
import type { Db, Statement } from './db.ts';
import { preparedRead } from './prepared.ts';

/** What `/change setup` has chosen, and what Docket has made for this workspace. */
interface Settings {
  /** Id of the channel that changes are announced in. */
  announceIn: string;
  /** Another one whenever somebody, a role or a delegation has altered. */
  directory: string;
  /** Id of the channel that the board meets in. */
  board: string;
  /** When the board meets, instead of the policy's day and hour. */
  boardMeets: BoardTime;
  /** The secret that the addresses of calendar feeds are made with. */
  calendarKey: string;
  /** Every change that was filed before there was a search can be found. */
  searchable: boolean;
  /** Which shape the rows of changes have: see `rebuild.ts`. */
  rows: number;
}

export async function readSetting<K extends keyof Settings>(
  db: Db,
  key: K,
): Promise<Settings[K] | undefined> {
  const rows = await byKey(db, { key });
  // Written by `settingStatement` alone, under the same key and type.
  return rows[0]?.value as Settings[K] | undefined;
}

const byKey = preparedRead((q, { settings }) =>
  q
    .select()
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
);

/** What a setting is when nobody has set it before: of several who come at once, all are given what one has set. */
export async function firstSetting<K extends keyof Settings>(
  db: Db,
  key: K,
  value: Settings[K],
): Promise<Settings[K]> {
  const { settings } = db.t;
  await db.atomically((q) => [q.insert(settings).values({ key, value }).onConflictDoNothing()]);
  return (await readSetting(db, key)) ?? value;
}

export function settingStatement<K extends keyof Settings>(
  db: Pick<Db, 't'>,
  key: K,
  value: Settings[K],
): (q: Parameters<Parameters<Db['atomically']>[0]>[0]) => Statement {
  const { settings } = db.t;
  return (q) =>
    q.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set: { value } });
}
