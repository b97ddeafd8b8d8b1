import type { Database } from 'better-sqlite3';
import type { Statement } from './db.ts';
import { meaningOf } from './errors.ts';

interface Ticket {
  list: readonly Statement[];
  resolve: (written: number[]) => void;
  reject: (why: unknown) => void;
}

export interface GroupCommit {
  /**
   * Queues one list; settles when the transaction that carried it is on disk, or when this list failed.
   * @returns how many rows each statement has written
   */
  add(list: readonly Statement[]): Promise<number[]>;
  /** Commits now what is queued. */
  flush(): void;
}

/**
 * Lists queued in one turn of the event loop share one transaction and so one wait for the disk, which is
 * what a commit costs. Each has its own savepoint, so that a conflict undoes only its own list.
 */
export function groupCommit(sqlite: Database): GroupCommit {
  const run = runner(sqlite);
  let queue: Ticket[] = [];
  const flush = () => {
    const batch = queue;
    queue = [];
    if (batch.length > 0) commitTogether(sqlite, run, batch);
  };
  return {
    add: (list) =>
      new Promise((resolve, reject) => {
        if (queue.push({ list, resolve, reject }) === 1) setImmediate(flush);
      }),
    flush,
  };
}

type Run = (sql: string, params?: unknown[]) => number;

function commitTogether(sqlite: Database, run: Run, batch: readonly Ticket[]): void {
  const saved: { ticket: Ticket; rows: number[] }[] = [];
  try {
    // IMMEDIATE: a lock that another program holds is met here, where nothing has been written yet.
    run('BEGIN IMMEDIATE');
    for (const ticket of batch) {
      const rows = written(sqlite, run, ticket);
      if (rows) saved.push({ ticket, rows });
    }
    run('COMMIT');
  } catch (error) {
    if (sqlite.inTransaction) run('ROLLBACK');
    for (const ticket of batch) ticket.reject(meaningOf(error));
    return;
  }
  for (const { ticket, rows } of saved) ticket.resolve(rows);
}

/** The rows that one list wrote; nothing if it could not be written. Throws when SQLite gave up the whole transaction (full disk, I/O error). */
function written(sqlite: Database, run: Run, { list, reject }: Ticket): number[] | undefined {
  run('SAVEPOINT one');
  const rows: number[] = [];
  try {
    for (const statement of list) {
      const { sql, params } = statement.toSQL();
      rows.push(run(sql, params));
    }
  } catch (error) {
    if (!sqlite.inTransaction) throw error;
    run('ROLLBACK TO one');
    run('RELEASE one');
    reject(meaningOf(error));
    return undefined;
  }
  run('RELEASE one');
  return rows;
}

/** How many prepared statements are kept. The app has a few dozen; lists of varying length make some more. */
const KEPT = 500;

function runner(sqlite: Database): Run {
  const prepared = new Map<string, ReturnType<Database['prepare']>>();
  return (sql, params = []) => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= KEPT) prepared.clear();
      statement = sqlite.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.run(params).changes;
  };
}
