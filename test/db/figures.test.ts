import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../src/change/types.ts';
import type { Db } from '../../src/db/db.ts';
import { link, NOTHING_YET } from '../../src/db/ledger.ts';
import { openDb } from '../../src/db/open.ts';
import { ROWS, rebuildRows } from '../../src/db/rebuild.ts';
import { settingStatement } from '../../src/db/settings.ts';
import { projectFile } from '../../src/project-file.ts';
import { DANA, JONAS, MAYA, SAM } from '../change/company.ts';
import { given, goesOn } from '../change/given.ts';
import { play } from '../change/play.ts';
import { HOUR, standard, UNTIL_OPEN } from '../change/proposals.ts';
import { stories } from '../change/random.ts';
import {
  addsAction,
  approvedStandard,
  approves,
  cancels,
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
import { onBoth, onSqlite } from './both.ts';
import { lifeWriter } from './write-life.ts';

const KEPT = ['changes', 'figures', 'touched', 'clocks', 'missed', 'findings', 'ratings', 'actions'] as const;

/** All that is kept of changes beside their events. */
async function kept(db: Db): Promise<Record<string, unknown[]>> {
  const tables = KEPT.map(async (name) => {
    const rows: object[] = await db.q.select().from(db.t[name]);
    return [name, rows.map((row) => JSON.stringify(row)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** The columns of each of these tables, in the order of the alphabet. */
function columnsKept({ t }: Db): Record<string, string> {
  return Object.fromEntries(
    KEPT.map((name) => [name, Object.keys(getTableColumns(t[name])).sort().join(' ')]),
  );
}

onSqlite('what is kept beside the events', (open) => {
  it('is filled anew after an update that keeps more: whoever adds a column raises `ROWS`', async () => {
    // Else the changes of an older Docket would never have anything in that column.
    expect([ROWS, columnsKept(await open())]).toEqual([
      7,
      {
        actions: 'changeId doneAt due id item owner',
        changes:
          'category deadline decidedAt endsAt head id n number requester risk seq stage startsAt state status submittedAt template title touches updatedAt wentWell year',
        clocks: 'category changeId deadline doneAt endedAt id kept knownAt lasted of openedAt stage',
        figures:
          'audits category changeId defects dropped droppedAt effort finishedAt implementing lasted outcome planned plannedEffort risk submittedAt',
        findings: 'at changeId finding id of severity',
        missed: 'changeId endsAt startsAt',
        ratings: 'at changeId id rating score',
        touched: 'changeId finishedAt name outcome what',
      },
    ]);
  });
});

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
    const late = given(...approvedStandard).later(UNTIL_OPEN + 3 * HOUR);
    await lifeWriter(db, 'missed', 901)(goesOn(late, cancels(DANA)).history);
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
