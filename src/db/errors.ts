/** A row with this key is already there: somebody was quicker. Load again and decide again. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** The store cannot take it now (locked, full, unreachable). Nothing was saved; the message says what is wrong. */
export class Busy extends Error {
  override name = 'Busy';
}

/**
 * The store was lost between the request to commit and its answer: what the list says is saved whole or not at all, and
 * nobody knows which. Whoever knows a row that is its own can save the same list again, and see (`engine/kind.ts`).
 */
export class InDoubt extends Busy {
  override name = 'InDoubt';
}

const CONFLICTS = new Set([
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_UNIQUE',
  '23505', // unique_violation
  '40001', // serialization_failure: like a key clash, it is settled by deciding again
  '40P01', // deadlock_detected
]);

/** What the operator reads, by the beginning of SQLite's, PostgreSQL's (SQLSTATE) or Node's error code. */
const TROUBLE: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_BUSY', 'The database is locked by another program.'],
  ['SQLITE_LOCKED', 'The database is locked by another program.'],
  ['SQLITE_FULL', 'The disk that holds the database is full.'],
  ['SQLITE_IOERR', 'The disk that holds the database cannot be read or written.'],
  ['SQLITE_READONLY', 'The database file may not be written.'],
  ['SQLITE_CANTOPEN', 'The database file cannot be opened.'],
  ['SQLITE_CORRUPT', 'The database file is damaged.'],
  ['SQLITE_NOTADB', 'The database file is damaged.'],
  ['531', "The database server's disk is full."],
  ['53', 'The database server has no room for more work.'],
  ['55P03', 'A row is locked by another program.'],
  ['57', 'The database server stopped the work.'],
  ['58', "The database server's disk cannot be read or written."],
  ['25P03', 'The database server stopped the work.'],
  ['25006', 'The database server is read-only.'],
  ['08', 'The database server cannot be reached.'],
];

/** Node's words for a network in trouble: ECONNREFUSED, ETIMEDOUT, ENOTFOUND, EPIPE, EAI_AGAIN… */
const NETWORK = /^E(?!RR_)/;

/** What pg and better-sqlite3 say without a code. */
const CODELESS =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after|The database connection is not open|Client was closed)/;

/**
 * The meaning of what a driver or drizzle threw: a `Conflict`, a `Busy`, or the error itself, which is then
 * a bug. Looks through the `cause`s in which drizzle wraps what the driver said.
 */
export function meaningOf(error: unknown): unknown {
  if (error instanceof Conflict || error instanceof Busy) return error;
  const code = codeOf(error) ?? '';
  if (CONFLICTS.has(code)) return new Conflict('Somebody else was quicker.', { cause: error });
  const sentence = TROUBLE.find(([start]) => code.startsWith(start))?.[1];
  if (sentence) return new Busy(sentence, { cause: error });
  if (NETWORK.test(code) || CODELESS.test(rootOf(error).message))
    return new Busy('The database cannot be reached.', { cause: error });
  return error;
}

/** Does the work and throws what its failure means. */
export async function plainly<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw meaningOf(error);
  }
}

/** The error code of the innermost cause that has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const inner = codeOf(error.cause);
  return inner ?? ('code' in error && typeof error.code === 'string' ? error.code : undefined);
}

/** The innermost cause. */
export function rootOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
