import type { Database } from 'better-sqlite3';
import { meaningOf } from './errors.ts';

/** A statement as drizzle writes it. */
interface Sent {
  sql: string;
  params: unknown[];
}

/** What a statement came to. */
interface Written {
  /** How many rows it wrote. */
  changes: number;
  /** What it returns, where it does. */
  rows?: unknown[][];
}

interface GroupCommit {
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
 * what a commit costs. A conflict undoes only its own list.
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
  try {
    const saved = all(sqlite, run, batch) ?? apart(sqlite, run, batch);
    for (const { ticket, written } of saved) ticket.resolve(written);
  } catch (error) {
    if (sqlite.inTransaction) run(statement('ROLLBACK'));
    for (const ticket of batch) ticket.reject(meaningOf(error));
  }
}

interface Saved {
  ticket: Ticket;
  written: Written[];
}

/**
 * Hardly ever can a list not be written, so first none has a savepoint: each costs two statements more, and what the
 * full-text index would write once for all of them it writes at the end of each.
 * @returns nothing where one of several could not be written; then none is
 */
function all(sqlite: Database, run: Run, batch: readonly Ticket[]): Saved[] | undefined {
  const [ticket, ...tickets] = batch;
  const [first, ...others] = ticket?.list ?? [];
  // A statement by itself is a transaction by itself.
  if (ticket && first && tickets.length === 0 && others.length === 0)
    return [{ ticket, written: [run(first)] }];
  // IMMEDIATE: a lock that another program holds is met here, where nothing has been written yet.
  run(statement('BEGIN IMMEDIATE'));
  try {
    const saved = batch.map((ticket) => ({ ticket, written: ticket.list.map(run) }));
    run(statement('COMMIT'));
    return saved;
  } catch (error) {
    if (batch.length === 1 || !sqlite.inTransaction) throw error;
    run(statement('ROLLBACK'));
    return undefined;
  }
}

/** Each in a savepoint of its own, so that only those are undone that cannot be written. */
function apart(sqlite: Database, run: Run, batch: readonly Ticket[]): Saved[] {
  run(statement('BEGIN IMMEDIATE'));
  const saved = batch.flatMap((ticket) => {
    const written = writeOne(sqlite, run, ticket);
    return written ? [{ ticket, written }] : [];
  });
  run(statement('COMMIT'));
  return saved;
}

/**
 * What one list wrote; nothing if it could not be written. Throws when SQLite gave up the whole transaction (full
 * disk, I/O error).
 */
function writeOne(sqlite: Database, run: Run, { list, reject }: Ticket): Written[] | undefined {
  run(statement('SAVEPOINT one'));
  try {
    const written = list.map(run);
    run(statement('RELEASE one'));
    return written;
  } catch (error) {
    if (!sqlite.inTransaction) throw error;
    run(statement('ROLLBACK TO one'));
    run(statement('RELEASE one'));
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
      statement = sqlite.prepare(limitsUnread(sql));
      if (statement.reader) statement.raw();
      prepared.set(sql, statement);
    }
    return statement;
  };
}

/**
 * SQLite reads a limit that is bound while it plans, and so plans anew each time that one is bound, which takes several
 * times as long as to run what it has planned. It does not read what has to be worked out.
 */
function limitsUnread(sql: string): string {
  return sql.replaceAll(' limit ?', ' limit ? + 0');
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
