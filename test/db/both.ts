import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { openDb } from '../../src/db/open.ts';
import { pgStores, type Stores, sqliteStores } from './stores.ts';

/** A fresh, empty store; or, given one, a further handle on the same, as another replica would have. */
type Open = (same?: Db) => Promise<Db>;

interface Addresses {
  /** The url of a store that this test opened. */
  of(db: Db): string;
  /** The url of a store that nobody has opened yet. */
  fresh(): Promise<string>;
}

type Define = (open: Open, urls: Addresses) => void;

/** Runs the tests that `define` defines twice: on SQLite, and on a real PostgreSQL started for this file. */
export function onBoth(name: string, define: Define): void {
  describe(`${name}, SQLite`, () => withStores(sqliteStores(), define));
  describe(`${name}, PostgreSQL`, () => withStores(pgStores(), define));
}

export function onSqlite(name: string, define: Define): void {
  describe(`${name}, SQLite`, () => withStores(sqliteStores(), define));
}

export function onPostgres(name: string, define: Define): void {
  describe(`${name}, PostgreSQL`, () => withStores(pgStores(), define));
}

function withStores(stores: Stores, define: Define): void {
  const opened = new Map<Db, string>();
  const urlOf = (db: Db) => {
    const url = opened.get(db);
    if (!url) throw new Error('This store was not opened by this test.');
    return url;
  };
  beforeAll(stores.start);
  afterEach(async () => {
    await Promise.all([...opened.keys()].map((db) => db.close()));
    opened.clear();
  });
  afterAll(stores.stop);
  define(
    async (same) => {
      const url = same ? urlOf(same) : await stores.freshUrl();
      const db = await openDb({ url });
      opened.set(db, url);
      return db;
    },
    { of: urlOf, fresh: stores.freshUrl },
  );
}
