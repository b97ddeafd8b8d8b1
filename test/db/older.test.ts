import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import { drizzle as drizzleFile } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateFile } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { ballWith } from '../../src/change/ball.ts';
import { auditRecord } from '../../src/db/audit.ts';
import { changeByNumber, listChanges } from '../../src/db/changes.ts';
import { openDb } from '../../src/db/open.ts';
import { rebuildRows } from '../../src/db/rebuild.ts';
import { searchChanges } from '../../src/db/search.ts';
import { handle } from '../../src/engine/handle.ts';
import { startSearchable } from '../../src/engine/searchable.ts';
import { projectFile } from '../../src/project-file.ts';
import { holders } from '../change/company.ts';
import { approves } from '../change/steps.ts';
import { makeTestWorld } from '../engine/open-world.ts';
import { onBoth } from './both.ts';

type Row = Record<string, string | number | null>;

/** Every row of a store that a Docket wrote which knew the first migration only: four changes, one of them closed. */
const OLDER = readFileSync(join(import.meta.dirname, 'older.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.object({ table: z.string(), row: z.custom<Row>() }).parse(JSON.parse(line)));

/** Columns that PostgreSQL keeps as true and false. */
const FLAGS: ReadonlySet<string> = new Set([
  ...['is_admin', 'is_bot', 'is_guest', 'deactivated', 'deputy', 'resumed'],
]);

/** The first migration alone, as a folder that drizzle takes. */
function firstMigration(dialect: 'sqlite' | 'pg'): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-first-'));
  cpSync(projectFile(`drizzle/${dialect}`), folder, { recursive: true });
  const journal = join(folder, 'meta/_journal.json');
  const all = z
    .looseObject({ entries: z.array(z.unknown()) })
    .parse(JSON.parse(readFileSync(journal, 'utf8')));
  writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, 1) }));
  return folder;
}

/** Makes that store at an address where there is none yet. */
async function makeOlder(url: string): Promise<void> {
  const insert = (table: string, row: Row, place: (n: number) => string) =>
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, n) => place(n + 1))})`;
  if (url.startsWith('file:')) {
    const file = new Database(url.slice('file:'.length));
    migrateFile(drizzleFile({ client: file }), { migrationsFolder: firstMigration('sqlite') });
    for (const { table, row } of OLDER)
      file.prepare(insert(table, row, () => '?')).run(...Object.values(row));
    file.close();
    return;
  }
  const client = new pg.Client(url);
  await client.connect();
  await migratePg(drizzlePg({ client }), { migrationsFolder: firstMigration('pg') });
  for (const { table, row } of OLDER) {
    const values = Object.entries(row).map(([key, value]) => (FLAGS.has(key) ? value === 1 : value));
    await client.query(
      insert(table, row, (n) => `$${n}`),
      values,
    );
  }
  await client.end();
}

onBoth('a store of an older Docket', (_open, urls) => {
  it('is brought up to date with everything in it, and goes on', async () => {
    const url = await urls.fresh();
    await makeOlder(url);
    const db = await openDb({ url });
    try {
      expect(await rebuildRows(db)).toEqual({ changes: 4, broken: [] });
      const { events, outbox } = db.t;
      const count = (table: string) => OLDER.filter((one) => one.table === table).length;
      expect(await db.q.$count(events)).toBe(count('events'));
      expect(await db.q.$count(outbox)).toBe(count('outbox'));
      expect(await auditRecord(db)).toMatchObject({ events: count('events'), breaches: [] });

      const listed = await listChanges(db, { limit: 10 });
      expect(listed.map(({ change }) => [change.number, change.status]).sort()).toEqual([
        ['CR-2026-001', 'closed'],
        ['CR-2026-002', 'in review'],
        ['CR-2026-003', 'approved'],
        ['CR-2026-004', 'validating'],
      ]);
      const world = makeTestWorld(db);
      const searchable = startSearchable(world);
      const search = async () =>
        (await searchChanges(db, [{ any: ['certificates'], prefix: true }], { limit: 9 })).map(
          ({ change }) => change.number,
        );
      await expect.poll(search).toEqual(['CR-2026-003']);
      await searchable.stop();
      const figures = await db.q.select().from(db.t.figures);
      expect(figures.length).toBeGreaterThan(0);

      const waiting = await changeByNumber(db, 'CR-2026-002');
      if (!waiting) return expect.fail('it is gone');
      const [by = ''] = ballWith(waiting, holders());
      const { added } = await handle(world, waiting.id, approves(by)(waiting, world.clock.now()), by);
      expect(added).toBeGreaterThan(0);
      expect((await auditRecord(db)).breaches).toEqual([]);
    } finally {
      await db.close();
    }
  });

  it('starts although somebody has taken events out, and leaves what is kept of them as it was', async () => {
    const url = await urls.fresh();
    await makeOlder(url);
    const db = await openDb({ url });
    try {
      const { events } = db.t;
      const idOf = async (number: string) => (await changeByNumber(db, number))?.id ?? '';
      const [cut, spoilt] = [await idOf('CR-2026-001'), await idOf('CR-2026-002')];
      await db.atomically((q) => [
        q.delete(events).where(and(eq(events.stream, cut), eq(events.seq, 2))),
        q.update(events).set({ data: 'no JSON' }).where(eq(events.stream, spoilt)),
      ]);
      const rebuilt = await rebuildRows(db);
      expect(rebuilt?.changes).toBe(4);
      expect(new Set(rebuilt?.broken)).toEqual(new Set([cut, spoilt]));
    } finally {
      await db.close();
    }
  });
});
