import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Tables } from './tables.ts';

/** drizzle's query builder under one type for both dialects. Always awaited; never .get(), .all() or .run(). */
export type Query = Pick<
  BaseSQLiteDatabase<'async', void>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>;

/** What a transaction is a list of: any drizzle builder, or what `prepared` made of one. */
export interface Statement {
  toSQL(): { sql: string; params: unknown[] };
}

export interface Db {
  dialect: 'sqlite' | 'postgres';
  /** The tables of this dialect. */
  t: Tables;
  /** For reads. A failure is the driver's own; `meaningOf` says what it means. */
  q: Query;
  /**
   * Saves all that the list says, or nothing, and returns once it is on disk. Give whole lists, not one that
   * waits for another's result; a value that depends on the store is a subselect.
   * @returns how many rows each of them has written
   * @throws Conflict when a primary or unique key is taken
   * @throws Busy when the store is locked, full or unreachable
   * @throws InDoubt, a Busy, when it was lost in the middle of the commit, so that all or nothing of it is saved
   */
  atomically(list: (q: Query) => readonly Statement[]): Promise<number[]>;
  /**
   * One statement on its own, for an UPDATE … RETURNING and for reads that should speak of trouble plainly.
   * @throws Conflict, Busy as above
   */
  alone<T>(statement: (q: Query) => PromiseLike<T>): Promise<T>;
  /** @throws Busy when the store does not answer */
  ping(): Promise<void>;
  /** Copies the whole database to a new file while work goes on; where a server keeps it, that has its own tools. */
  backUp?(copy: string): Promise<void>;
  /** Saves what is queued, then lets go of the file or the connections. */
  close(): Promise<void>;
}

/** What the store tells the operator by itself; pino's own signature. */
export interface Log {
  warn(fields: object, message: string): void;
}

export interface OpenOptions {
  /** `file:./data/docket.db` or `postgres://user:password@host/database`. */
  url: string;
  log?: Log;
}
