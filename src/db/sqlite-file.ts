import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

/** How long a lock of another program is waited for. The wait stops everything else, so it is short. */
const LOCK_WAIT_MS = 500;

/** A database that is gone with its process: for trying things out. */
export const IN_MEMORY = 'file::memory:';

/** `file:./data/docket.db` is relative to the working folder; `file:///var/docket.db` and `file:/var/…` are not. */
export function fileOf(url: string): string {
  if (url === IN_MEMORY) return ':memory:';
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}

/** A connection to a file, which is made if it is not there. */
export function connect(file: string): Database.Database {
  const sqlite = new Database(file, { timeout: LOCK_WAIT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
    // better-sqlite3 builds SQLite with NORMAL for WAL files, which may lose the last commits in a power cut.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    // Four times as many pages as by default: a page that a hundred clicks have touched is then copied once.
    sqlite.pragma('wal_autocheckpoint = 4000');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
