import type { Db, OpenOptions } from './db.ts';
import { openPg } from './open-pg.ts';
import { openSqlite } from './open-sqlite.ts';

/**
 * Opens the store that `url` names and brings its tables up to date.
 * @throws Error with one plain sentence when the url is no such address, or the store cannot be used
 */
export async function openDb(options: OpenOptions): Promise<Db> {
  if (options.url.startsWith('file:')) return openSqlite(options);
  if (/^postgres(ql)?:\/\//.test(options.url)) return openPg(options);
  throw new Error(
    'DATABASE_URL must begin with file: (as file:./data/docket.db) or postgres:// (as postgres://user:password@host/docket).',
  );
}
