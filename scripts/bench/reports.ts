/** How long the weekly report takes over a million changes, beside the same SQL run bare, and a scrape of the metrics. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { openDb } from '../../src/db/open.ts';
import { businessFigures } from '../../src/engine/exported.ts';
import { makeReport, periodBack } from '../../src/engine/reports.ts';
import { makeWorld, type World } from '../../src/engine/world.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { projectFile } from '../../src/project-file.ts';
import { type Section, table } from './page.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 25, 9);
/** All lie within two years before. */
const SPAN = 730 * DAY;

/** Fills the tables that reports read, without events and states: they are not looked at. */
function fill(file: string, changes: number): void {
  const sqlite = new Database(file);
  const step = Math.floor(SPAN / changes);
  const from = NOW - SPAN;
  const series = `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${changes})`;
  const pick = (list: string[], by: string) =>
    `case ${by} % ${list.length} ${list.map((each, n) => `when ${n} then '${each}'`).join(' ')} end`;
  const category = pick(['standard', 'standard', 'normal', 'normal', 'emergency'], 'i');
  const outcome = pick(
    ['success', 'success', 'success', 'success', 'success', 'success', 'partial', 'failed', 'rolled back'],
    '(i * 7)',
  );
  sqlite.exec('begin');
  sqlite.exec(`insert into figures ${series} select 'c-' || i, ${category}, ${pick(['low', 'medium', 'high'], 'i')},
    ${from} + i * ${step} - 86400000, null, null, ${from} + i * ${step}, ${outcome}, 72000000 + i % 9000000, 3600000 + i % 7200000,
    7200000, 90, 60 + i % 90, (i % 31 = 0), (i % 997 = 0) from n`);
  for (const [of, stage] of [
    ['decision', ''],
    ['stage', 'validation'],
    ['stage', 'technical'],
    ['stage', 'cab'],
    ['retrospective', ''],
  ])
    sqlite.exec(`insert into clocks ${series} select 'c-' || i || '/${of}/${stage}', 'c-' || i, '${of}', '${stage}', ${category},
      ${from} + i * ${step} - 80000000, ${from} + i * ${step} - 10000000, ${from} + i * ${step} - 20000000,
      ${from} + i * ${step} - 20000000, 60000000 + i % 900000, ${from} + i * ${step} - 20000000, (i % 10 > 0) from n`);
  sqlite.exec(
    `insert into touched ${series} select 'c-' || i, 'type', ${pick(['Code', 'Configuration', 'Database'], 'i')}, ${from} + i * ${step}, ${outcome} from n`,
  );
  sqlite.exec(
    `insert into touched ${series} select 'c-' || i, 'system', ${pick(['database', 'payments', 'search', 'cache'], 'i')}, ${from} + i * ${step}, ${outcome} from n`,
  );
  sqlite.exec(
    `insert into ratings ${series} select 'c-' || i || '/U', 'c-' || i, 1 + i % 5, ${from} + i * ${step}, '{}' from n`,
  );
  sqlite.exec('commit');
  sqlite.exec('analyze');
  sqlite.close();
}

/** The quickest of some runs, in milliseconds: what the work takes where nothing else runs. */
async function timed(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return Math.round(Math.min(...times) * 10) / 10;
}

/** The queries of one report as drizzle writes them, for running them bare. */
function recording(world: World): { world: World; statements: { sql: string; params: unknown[] }[] } {
  const statements: { sql: string; params: unknown[] }[] = [];
  const { db } = world;
  const alone: typeof db.alone = (statement) =>
    db.alone((q) => {
      const builder = statement(q);
      if ('toSQL' in builder && typeof builder.toSQL === 'function') statements.push(builder.toSQL());
      return builder;
    });
  return { world: { ...world, db: { ...db, alone } }, statements };
}

/** The reports over so many changes, the metrics' scrape, and the same SQL by itself. */
export async function reports(changes: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  const file = join(folder, 'bench.db');
  const shipped = readFileSync(projectFile('src/policy/guide.yml'), 'utf8');
  const policy = await loadPolicy(shipped, 'guide.yml', shipped, 2026);
  const db = await openDb({ url: `file:${file}` });
  try {
    fill(file, changes);
    const clock = { now: () => NOW, alarm: () => () => {} };
    const world = makeWorld({ db, policy, clock, newId: () => 'bench', log: pino({ level: 'silent' }) });
    const period = periodBack(world, 'week', 1);
    const recorded = recording(world);
    const { metrics } = await makeReport(recorded.world, 'week', period);
    const sqlite = new Database(file, { readonly: true });
    const bare = recorded.statements.map(({ sql, params }) => ({ statement: sqlite.prepare(sql), params }));
    const week = await timed(9, () => makeReport(world, 'week', period));
    const sameSql = await timed(9, () => {
      for (const { statement, params } of bare) statement.all(params);
    });
    const month = await timed(5, () => makeReport(world, 'month', periodBack(world, 'month', 1)));
    const figures = businessFigures(world);
    const first = await timed(1, figures);
    const next = await timed(1, () => {
      clock.now = () => NOW + 16_000;
      return figures();
    });
    sqlite.close();
    return {
      name: 'reports',
      title: `Reports over ${changes.toLocaleString('en')} changes`,
      lines: [
        `Two years of changes, of which ${metrics.total.toLocaleString('en')} were carried out in the week. The quickest of some runs.`,
        '',
        ...table(
          ['', 'ms', 'ratio'],
          [
            ['weekly report', week, (week / sameSql).toFixed(2)],
            ['the same SQL by itself', sameSql, '1.00'],
            ['monthly report', month, ''],
            ['first scrape of the metrics', first, ''],
            ['next scrape', next, ''],
          ],
        ),
      ],
    };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
