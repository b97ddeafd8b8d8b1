import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Period, periodOf } from '../../src/calendar/period.ts';
import { wallTime } from '../../src/calendar/zone.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import type { Db } from '../../src/db/db.ts';
import { figureRows } from '../../src/engine/figure-rows.ts';
import { count, type Metrics, metricsOf, share, together } from '../../src/engine/metrics.ts';
import { keysOf } from '../../src/entries.ts';
import { DANA, GUIDE, SAM } from '../change/company.ts';
import type { Given } from '../change/given.ts';
import { play } from '../change/play.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';
import { moved, stories } from '../change/random.ts';
import { onBoth } from '../db/both.ts';
import { lifeWriter } from '../db/write-life.ts';
import { expected, type Life } from './metrics-oracle.ts';

const ZONE = GUIDE.zone;
const from = Date.parse('2026-12-14T00:00:00+01:00');
/** Seven weeks around a new year, the last of them without anything, and the two months. */
const weeks = Array.from({ length: 7 }, (_, n) => periodOf(ZONE, 'week', wallTime(ZONE, from + n * 7 * DAY)));
const months = [from, from + 30 * DAY].map((at) => periodOf(ZONE, 'month', wallTime(ZONE, at)));

/** Lives that begin on some day from the middle of December on. */
const lives = fc.array(fc.tuple(stories, fc.integer({ min: 0, max: 20 * 24 })), {
  minLength: 4,
  maxLength: 10,
});

/** The same life with efforts, and after its end with what people say, which random lives seldom reach. */
function withFeedback({ history, change, at }: Given, n: number): ChangeEvent[] {
  const told = history.map((event) => {
    if ('proposal' in event) return { ...event, proposal: { ...event.proposal, effortMinutes: 60 } };
    return event.type === 'Finished' && n % 2 === 0 ? { ...event, effortMinutes: 30 + n } : event;
  });
  if (!('finishedAt' in change)) return told;
  const defect = {
    type: 'FindingLogged',
    of: 'defect',
    severity: 'major',
    words: 'Slow.',
    finding: 'f',
  } as const;
  const rated = { type: 'Rated', by: DANA, score: 1 + (n % 5) } as const;
  return [
    ...told,
    { ...defect, by: SAM, at: at + DAY },
    { ...rated, at },
    { ...rated, at: at + 8 * DAY, score: 5 },
  ];
}

async function emptied({ t, atomically }: Db): Promise<void> {
  const all = [t.events, t.changes, t.actions, t.figures, t.touched, t.clocks, t.findings, t.ratings];
  await atomically((q) => all.map((table) => q.delete(table)));
}

async function written(
  db: Db,
  some: readonly (readonly [Parameters<typeof play>[0], number])[],
): Promise<Life[]> {
  const all: Life[] = [];
  for (const [n, [story, hours]] of some.entries()) {
    const end = play(story, () => {});
    if (!end) continue;
    const life = moved(withFeedback(end, n), from - MONDAY_10 + hours * 3_600_000);
    await lifeWriter(db, `c-${n}`, n)(life);
    all.push(life);
  }
  return all;
}

onBoth('the figures of any week and month', (open) => {
  it('are what the events themselves say, whatever happened, also where nothing did', async () => {
    const db = await open();
    const seen = { changes: 0, empty: 0, late: 0, rated: 0 };
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 10, max: 60 }), async (some, days) => {
        await emptied(db);
        const all = await written(db, some);
        const now = from + days * DAY;
        const world = { db, clock: { now: () => now, alarm: () => () => {} } };
        const counted = [];
        for (const period of [...weeks, ...months]) {
          const rows = await count(world, period);
          const metrics = metricsOf(rows);
          const means = await count(world, period, false);
          expect(together([means])).toEqual(together([rows]));
          expect([period.key, metrics]).toEqual([period.key, expected(all, period, now)]);
          expect(JSON.stringify(metrics)).not.toMatch(/null|NaN/);
          if (weeks.includes(period)) counted.push(rows);
          seen.changes += metrics.total;
          seen.empty += metrics.total === 0 ? 1 : 0;
          seen.late += metrics.sla.of - metrics.sla.part;
          seen.rated += metrics.satisfaction.n;
        }
        const whole: Period = { key: 'all', start: from, end: weeks.at(-1)?.end ?? 0 };
        const { approval, processing, ...sums } = expected(all, whole, now);
        expect(metricsOf(together(counted))).toMatchObject(sums);
        expect(approval.length + processing.n).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 12 },
    );
    for (const n of Object.values(seen)) expect(n).toBeGreaterThan(0);
  }, 240_000);
});

it('a share of nothing has no rate', () => {
  expect(share(0, 0)).toEqual({ part: 0, of: 0 });
  expect(share(1, 4)).toEqual({ part: 1, of: 4, rate: 0.25 });
});

it('shows every metric in the table that messages, documents and spreadsheets have', () => {
  const nothing = { ended: [], kept: [], took: [], filed: [], dropped: [], rated: [], found: [] };
  const ended = {
    ...({ category: 'normal', risk: 'low', outcome: 'rolled back', n: 1 } as const),
    ...{ lead: DAY, implementing: DAY, lasted: DAY, planned: 1, window: DAY, windowLasted: DAY, within: 1 },
    ...{ plannedEffort: 60, effort: 60, defects: 1, faulty: 1, audits: 1 },
  };
  const some = metricsOf({
    ...nothing,
    ended: [ended, { ...ended, outcome: 'failed' }, { ...ended, outcome: 'success' }],
    kept: [{ of: 'stage', stage: 'cab', category: 'normal', n: 2, kept: 1 }],
    took: (['decision', 'stage'] as const).map((of) => ({ of, stage: 'cab', n: 1, total: DAY })),
    rated: [{ score: 4, n: 1 }],
    found: [{ of: 'audit', severity: 'major', n: 1 }],
  });
  const words = (metrics: Metrics) => figureRows(metrics, GUIDE).map(({ label, words }) => [label, words]);
  const none = metricsOf(nothing);
  const left = keysOf(some).filter(
    (key) => JSON.stringify(words({ ...some, [key]: none[key] })) === JSON.stringify(words(some)),
  );
  // How changes ended is its own part of a report; which stages and reviews were late is told in sentences.
  expect(left).toEqual(['outcomes', 'stagesInTime', 'reviewsInTime']);
});
