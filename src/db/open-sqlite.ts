import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { type AsyncRemoteCallback, drizzle as proxy } from 'drizzle-orm/sqlite-proxy';
import { projectFile } from '../project-file.ts';
import { backUp } from './backup.ts';
import type { Db, OpenOptions, Query } from './db.ts';
import { codeOf, plainly, rootOf } from './errors.ts';
import { groupCommit, preparing } from './group-commit.ts';
import { connect, fileOf } from './sqlite-file.ts';
import { makeTables } from './tables.ts';
import { sqliteWords } from './words-sqlite.ts';

/** Opens a SQLite file, creating it and its folder. Throws one plain sentence when that cannot be. */
export function openSqlite({ url }: OpenOptions): Db {
  const file = fileOf(url);
  let sqlite: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    sqlite = connect(file);
    migrate(drizzle({ client: sqlite }), { migrationsFolder: projectFile('drizzle/sqlite') });
    return asDb(sqlite, url);
  } catch (error) {
    sqlite?.close();
    throw new Error(whyNot(file, error), { cause: error });
  }
}

function asDb(sqlite: Database.Database, url: string): Db {
  const writer = groupCommit(sqlite);
  const prepare = preparing(sqlite);
  // What is written by itself shares a commit with all else, and nothing is prepared twice.
  const run: AsyncRemoteCallback = async (text, params) => {
    const statement = prepare(text);
    if (statement.readonly) return { rows: statement.all(params) };
    const [written] = await writer.add([{ sql: text, params }]);
    return { rows: written?.rows ?? [] };
  };
  // The types differ in what .run() gives, which nobody calls.
  const q = proxy(run) as unknown as Query;
  const alone: Db['alone'] = (statement) => plainly(() => statement(q));
  return {
    dialect: 'sqlite',
    t: makeTables(sqliteWords),
    q,
    async atomically(list) {
      const written = await writer.add(list(q).map((statement) => statement.toSQL()));
      return written.map(({ changes }) => changes);
    },
    alone,
    ping: () => alone(async () => void sqlite.prepare('select 1').get()),
    backUp: (copy) => backUp(url, copy),
    async close() {
      writer.flush();
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
