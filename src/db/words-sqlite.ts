import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

/** The column words as SQLite says them. They are also the one type under which all other code sees a table. */
export const sqliteWords = {
  table: sqliteTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  flag: (name: string) => integer(name, { mode: 'boolean' }),
  /** Milliseconds since 1970 (UTC), a whole number. */
  instant: (name: string) => integer(name),
  /** JSON kept as text, so that what is hashed or compared comes back letter for letter. */
  json: (name: string) => text(name, { mode: 'json' }),
  primaryKey,
  unique,
  index,
};

export type Words = typeof sqliteWords;
