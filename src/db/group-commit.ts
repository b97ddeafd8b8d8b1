import type { Database } from 'better-sqlite3';
import { meaningOf } from './errors.ts';

/** A statement as drizzle writes it. */
export interface Sent {
  sql: string;
  params: unknown[];
}

/** What a statement came to. */
export interface Written {
  /** How many rows it wrote. */
  changes: number;
  /** What it returns, where it does. */
  rows?: unknown[][];
}

export interface GroupCommit {
  /**
   * Queues one list, of which all or nothing is saved; settles when the transaction that carried it is on disk, or
   * when this list failed.
   */
  add(list: readonly Sent[]): Promise<Written[]>;
  /** Commits now what is queued. */
  flush(): void;
}

interface Ticket {
  list: readonly Sent[];
  resolve: (written: Written[]) => void;
  reject: (why: unknown) => void;
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

type Run = (sent: Sent) => Written;

function commitTogether(sqlite: Database, run: Run, batch: readonly Ticket[]): void {
  const saved: { ticket: Ticket; written: Written[] }[] = [];
  try {
    // IMMEDIATE: a lock that another program holds is met here, where nothing has been written yet.
    run(statement('BEGIN IMMEDIATE'));
    for (const ticket of batch) {
      const written = writeOne(sqlite, run, ticket);
      if (written) saved.push({ ticket, written });
    }
    run(statement('COMMIT'));
  } catch (error) {
    if (sqlite.inTransaction) run(statement('ROLLBACK'));
    for (const ticket of batch) ticket.reject(meaningOf(error));
    return;
  }
  for (const { ticket, written } of saved) ticket.resolve(written);
}

/**
 * What one list wrote; nothing if it could not be written. Throws when SQLite gave up the whole transaction (full
 * disk, I/O error).
 */
function writeOne(sqlite: Database, run: Run, { list, reject }: Ticket): Written[] | undefined {
  // A statement that fails undoes itself.
  const several = list.length > 1;
  if (several) run(statement('SAVEPOINT one'));
  try {
    const written = list.map(run);
    if (several) run(statement('RELEASE one'));
    return written;
  } catch (error) {
    if (!sqlite.inTransaction) throw error;
    if (several) {
      run(statement('ROLLBACK TO one'));
      run(statement('RELEASE one'));
    }
    reject(meaningOf(error));
    return undefined;
  }
}

const statement = (sql: string): Sent => ({ sql, params: [] });

/** How many prepared statements are kept. The app has a few hundred; lists of varying length make some more. */
const KEPT = 500;

/** Prepares each statement once. */
export function preparing(sqlite: Database): (sql: string) => ReturnType<Database['prepare']> {
  const prepared = new Map<string, ReturnType<Database['prepare']>>();
  return (sql) => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= KEPT) prepared.clear();
      statement = sqlite.prepare(sql);
      if (statement.reader) statement.raw();
      prepared.set(sql, statement);
    }
    return statement;
  };
}

function runner(sqlite: Database): Run {
  const prepare = preparing(sqlite);
  return ({ sql, params }) => {
    const statement = prepare(sql);
    if (!statement.reader) return { changes: statement.run(params).changes };
    const rows = statement.all(params) as unknown[][]; // they are asked for raw
    return { changes: rows.length, rows };
  };
}
