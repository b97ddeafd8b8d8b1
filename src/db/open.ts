import type { Db, OpenOptions } from './db.ts';

/**
 * Opens the store that `url` names and brings its tables up to date.
 * @throws Error with one plain sentence when the url is no such address, or the store cannot be used
 */
export async function openDb(options: OpenOptions): Promise<Db> {
  // Only what is used is loaded: the driver of the other would take its part of every start.
  if (options.url.startsWith('file:')) return (await import('./open-sqlite.ts')).openSqlite(options);
  if (/^postgres(ql)?:\/\//.test(options.url)) return (await import('./open-pg.ts')).openPg(options);
  throw new Error(
    'DATABASE_URL must begin with file: (as file:./data/docket.db) or postgres:// (as postgres://user:password@host/docket).',
  );
}
