import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Words } from './words-sqlite.ts';

/** Text, not jsonb: jsonb reorders the keys and refuses a NUL character. */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (written) => JSON.parse(written),
});

const words = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  flag: (name: string) => boolean(name),
  instant: (name: string) => bigint(name, { mode: 'number' }),
  json: (name: string) => json(name),
  primaryKey,
  unique,
  index,
};

/**
 * The column words as PostgreSQL says them, under SQLite's type. The cast is needed because drizzle has no
 * type common to both dialects, and it is safe because each word gives and takes the same JavaScript values
 * and the same builder methods in both (test/db/parity.test.ts).
 */
export const pgWords = words as unknown as Words;
