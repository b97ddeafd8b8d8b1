import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../src/change/types.ts';
import type { Db } from '../../src/db/db.ts';
import { link, NOTHING_YET } from '../../src/db/ledger.ts';
import { openDb } from '../../src/db/open.ts';
import { rebuildRows } from '../../src/db/rebuild.ts';
import { settingStatement } from '../../src/db/settings.ts';
import { projectFile } from '../../src/project-file.ts';
import { DANA, JONAS, MAYA, SAM } from '../change/company.ts';
import { given, goesOn } from '../change/given.ts';
import { play } from '../change/play.ts';
import { standard, UNTIL_OPEN } from '../change/proposals.ts';
import { stories } from '../change/random.ts';
import {
  addsAction,
  approves,
  files,
  finds,
  finishes,
  prepares,
  rates,
  readyToStart,
  recordsTests,
  starts,
  verifies,
} from '../change/steps.ts';
import { onBoth } from './both.ts';
import { lifeWriter } from './write-life.ts';

const KEPT = ['changes', 'figures', 'touched', 'clocks', 'findings', 'ratings', 'actions'] as const;

/** All that is kept of changes beside their events. */
async function kept(db: Db): Promise<Record<string, unknown[]>> {
  const tables = KEPT.map(async (name) => {
    const rows: object[] = await db.q.select().from(db.t[name]);
    return [name, rows.map((row) => JSON.stringify(row)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

onBoth('what reports count', (open) => {
  it('is the same as folding all events makes it, after any life, also of a store that kept less', async () => {
    const db = await open();
    for (const [n, story] of fc.sample(stories, { numRuns: 80, seed: 3 }).entries()) {
      const batches: ChangeEvent[][] = [];
      const end = play(story, ({ events }) => batches.push(events));
      if (!end) continue;
      const write = lifeWriter(db, `c-${n}`, n);
      const later = batches.flat().length;
      await write(end.history.slice(0, end.history.length - later));
      for (const batch of batches) await write(batch);
    }
    // Few of them come as far as this.
    const filed = given(files('standard', standard({ implementer: MAYA })), approves(JONAS)).later(
      UNTIL_OPEN,
    );
    const done = [recordsTests(MAYA), prepares(MAYA), starts(MAYA), finishes(MAYA), verifies(JONAS)];
    await lifeWriter(
      db,
      'rated',
      900,
    )(goesOn(filed, ...done, addsAction(DANA, MAYA), rates(DANA, 5)).history);
    const written = await kept(db);
    for (const name of KEPT) expect([name, written[name]?.length]).not.toEqual([name, 0]);

    const { changes } = db.t;
    const older = await db.q.select().from(changes);
    await db.atomically((q) => [
      ...KEPT.slice(1).map((name) => q.delete(db.t[name])),
      ...older.map(({ id, state }) => {
        const { clocks: _, findings: __, ratings: ___, ...less } = state;
        const written = JSON.stringify(less);
        return q
          .update(changes)
          .set({ state: sql`${written}` })
          .where(eq(changes.id, id));
      }),
      settingStatement(db, 'rows', 0)(q),
    ]);
    expect(await rebuildRows(db)).toEqual({ changes: older.length, broken: [] });
    expect(await kept(db)).toEqual(written);
    expect(await rebuildRows(db)).toBeUndefined();
  }, 120_000);

  it('leaves a change alone whose record is broken, and says which', async () => {
    const db = await open();
    await lifeWriter(db, 'whole', 1)(given(...readyToStart).history);
    await lifeWriter(db, 'broken', 2)(given(...readyToStart).history);
    const { events } = db.t;
    await db.atomically((q) => [
      q.update(events).set({ type: 'Submitted' }).where(eq(events.stream, 'broken')),
    ]);
    expect(await rebuildRows(db)).toEqual({ changes: 2, broken: ['broken'] });
  });
});

describe('a file of the first version', () => {
  it('gets what reports count from its events', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-older-'));
    const file = join(folder, 'older.db');
    const story = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA), finishes(DANA), finds(SAM));
    await firstVersion(file, join(folder, 'migrations'), story.history.slice(0, -1));
    const db = await openDb({ url: `file:${file}` });
    expect(await db.q.select().from(db.t.figures)).toEqual([]);
    expect(await rebuildRows(db)).toEqual({ changes: 1, broken: [] });
    expect(await db.q.select().from(db.t.figures)).toMatchObject([
      { changeId: 'c-1', category: 'standard', outcome: 'success', defects: 0 },
    ]);
    expect((await db.q.select().from(db.t.clocks)).map(({ of, kept: inTime }) => [of, inTime])).toEqual([
      ['decision', 1],
      ['stage', 1],
    ]);
    await db.close();
  });
});

/** A store as the first migration made it, with one change in it. */
async function firstVersion(
  file: string,
  migrations: string,
  history: readonly ChangeEvent[],
): Promise<void> {
  cpSync(projectFile('drizzle/sqlite'), migrations, { recursive: true });
  const journal = join(migrations, 'meta/_journal.json');
  const all: { entries: unknown[] } = JSON.parse(readFileSync(journal, 'utf8'));
  writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, 1) }));
  const sqlite = new Database(file);
  migrate(drizzle({ client: sqlite }), { migrationsFolder: migrations });
  const made = history.map(({ type, by, at, ...data }) => ({ type, actor: by, at, data }));
  const { rows, tail } = link('c-1', NOTHING_YET, made);
  const event = sqlite.prepare(
    'insert into events values (@stream, @seq, @type, @actor, @at, @data, @prev, @hash)',
  );
  for (const row of rows) event.run(row);
  sqlite
    .prepare(
      `insert into changes (id, status, category, requester, title, updated_at, seq, head, state)
       values ('c-1', 'implemented', 'standard', ?, '', 0, ?, ?, '{}')`,
    )
    .run(DANA, tail.seq, tail.head);
  sqlite.close();
}
