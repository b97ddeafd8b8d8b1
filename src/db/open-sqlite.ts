import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { projectFile } from '../project-file.ts';
import { backUp } from './backup.ts';
import type { Db, OpenOptions, Query } from './db.ts';
import { codeOf, plainly, rootOf } from './errors.ts';
import { groupCommit } from './group-commit.ts';
import { fileOf } from './sqlite-file.ts';
import { makeTables } from './tables.ts';
import { sqliteWords } from './words-sqlite.ts';

/** How long a lock of another program is waited for. The wait stops everything else, so it is short. */
const LOCK_WAIT_MS = 500;

/** Opens a SQLite file, creating it and its folder. Throws one plain sentence when that cannot be. */
export function openSqlite({ url }: OpenOptions): Db {
  const file = fileOf(url);
  let sqlite: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    sqlite = new Database(file, { timeout: LOCK_WAIT_MS });
    prepareFile(sqlite);
    return asDb(sqlite, url);
  } catch (error) {
    sqlite?.close();
    throw new Error(whyNot(file, error), { cause: error });
  }
}

function prepareFile(sqlite: Database.Database): void {
  sqlite.pragma('journal_mode = WAL');
  // better-sqlite3 builds SQLite with NORMAL for WAL files, which may lose the last commits in a power cut.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // Four times as many pages as by default: a page that a hundred clicks have touched is then copied once.
  sqlite.pragma('wal_autocheckpoint = 4000');
  migrate(drizzle({ client: sqlite }), { migrationsFolder: projectFile('drizzle/sqlite') });
}

function asDb(sqlite: Database.Database, url: string): Db {
  // drizzle's better-sqlite3 builders are awaitable like the asynchronous ones, though their type says 'sync'.
  const q = drizzle({ client: sqlite }) as unknown as Query;
  const group = groupCommit(sqlite);
  const alone: Db['alone'] = (statement) => plainly(() => statement(q));
  return {
    dialect: 'sqlite',
    t: makeTables(sqliteWords),
    q,
    atomically: async (list) => group.add(list(q)),
    alone,
    ping: () => alone(async () => void sqlite.prepare('select 1').get()),
    backUp: (copy) => backUp(url, copy),
    async close() {
      group.flush();
      sqlite.close();
    },
  };
}

function whyNot(file: string, error: unknown): string {
  const code = codeOf(error) ?? '';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return `${file} is damaged or is not a SQLite database. Restore it from a backup, or let DATABASE_URL name another file.`;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return `The database ${file} is locked by another program. Close that program and start again.`;
  if (/^(SQLITE_(CANTOPEN|READONLY)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/.test(code))
    return `The database ${file} cannot be opened for writing. Give Docket's user write access to the file and its folder.`;
  if (/^(SQLITE_FULL|ENOSPC)/.test(code))
    return `The disk that holds ${file} is full. Make room and start again.`;
  return `The database ${file} cannot be opened: ${rootOf(error).message}.`;
}
