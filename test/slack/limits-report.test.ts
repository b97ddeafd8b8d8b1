import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/change/execution.ts';
import { type Counted, metricsOf } from '../../src/engine/metrics.ts';
import { observe } from '../../src/engine/observations.ts';
import type { Coming } from '../../src/engine/outlook.ts';
import type { Report } from '../../src/engine/reports.ts';
import { CATEGORIES, type Policy, RISK_LEVELS } from '../../src/policy/schema.ts';
import { cut } from '../../src/slack/blocks/format.ts';
import { drawPeriodReport } from '../../src/slack/report/period-report.ts';
import { GUIDE, SAM } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { CROWD, many, texts, WIDEST } from './limits-extremes.ts';
import { wrongInMessage } from './limits-taken.ts';

const OUTCOMES: Outcome[] = ['success', 'partial', 'failed', 'rolled back'];
const START = Date.UTC(2026, 10, 23);

/** As much as can happen in a week of a policy, or nothing at all. */
function counted(policy: Policy, n: number): Counted {
  const stages = Object.values(policy.categories).flatMap((category) => category.stages.map(({ id }) => id));
  const ended = CATEGORIES.flatMap((category) =>
    RISK_LEVELS.flatMap((risk) =>
      OUTCOMES.map((outcome) => ({
        ...{ category, risk, outcome, n, lead: n * 9e8, implementing: n * 8e8, lasted: n * 7e6, planned: n },
        ...{ window: n * 5e6, windowLasted: n * 7e6, within: 0, plannedEffort: n, effort: n * 9 },
        ...{ defects: n * 3, faulty: n, audits: n },
      })),
    ),
  );
  const of = 'stage' as const;
  return {
    ended: n > 0 ? ended : [],
    kept: stages.map((stage) => ({ of, stage, category: 'normal', n, kept: n >> 2 })),
    took: stages.map((stage) => ({ of, stage, n: n + 1, total: 9e9, half: 8e7, most: 9e8 })),
    filed: ended.map(({ category, risk }) => ({ category, risk, n })),
    dropped: [{ dropped: 'rejected', n }],
    rated: many(5, (i) => ({ score: i + 1, n })),
    found: [{ of: 'audit', severity: 'critical', n }],
  };
}

function reportOf(kind: 'week' | 'month', policy: Policy, n: number, words: string): Report {
  const now = counted(policy, n);
  const metrics = metricsOf(now);
  const named = many(8, (i) => ({ number: `CHANGEXX-2026-100000${i}`, title: cut(words, 150), words }));
  const finding = { id: 'f', of: 'defect', severity: 'critical', words, by: SAM, at: START } as const;
  const coming: Coming = {
    ...{ number: 'CHANGEXX-2026-1000001', title: cut(words, 150), category: 'emergency', risk: 'high' },
    ...{ status: 'approved', implementer: SAM, startsAt: START, endsAt: START + DAY },
  };
  const numbers = many(30, (i) => `CHANGEXX-2026-10000${i}`);
  const figures = {
    ...{
      kind,
      period: { key: kind === 'week' ? '2026-W48' : '2026-11', start: START, end: START + 7 * DAY },
    },
    ...{ at: START + 8 * DAY, metrics, usual: metrics, filed: n, dropped: now.dropped, rated: now.rated },
    before: many(kind === 'week' ? 4 : 11, (i) => ({
      key: kind === 'week' ? `2026-W4${i}` : `2026-0${i + 1}`.slice(0, 7),
      metrics,
    })),
    categories: { standard: n, normal: n, emergency: n },
    risks: { now: { low: n, medium: n, high: n }, before: { low: 1, medium: 1, high: 0 } },
    types: many(5, () => ({ name: cut(words, 150), n: n + 1, bad: n })),
    systems: Object.keys(policy.systems)
      .slice(0, 20)
      .map((name) => ({ name, n: n + 1, bad: n })),
    notWell: n > 0 ? named.map((each) => ({ ...each, outcome: 'rolled back' as const })) : [],
    rejected: n > 0 ? named : [],
    missed: { n, named: n > 0 ? named : [] },
    late: [{ of: 'board review', n }],
    found: n > 0 ? many(8, () => ({ number: 'CHANGEXX-2026-1000001', said: finding })) : [],
    said:
      n > 0
        ? many(8, () => ({ number: 'CHANGEXX-2026-1000001', said: { by: SAM, at: START, score: 1, words } }))
        : [],
    ahead: {
      ...{ until: START + 14 * DAY, all: n, changes: n > 0 ? many(8, () => coming) : [] },
      people: CROWD.slice(0, 8).map((person) => ({ person, together: [numbers, numbers] })),
      hours: many(8, (i) => ({ start: START + i * DAY, end: START + i * DAY + 1, numbers })),
    },
    actions: {
      ...{ open: n, overdue: n },
      next: many(5, () => ({
        number: 'CHANGEXX-2026-1000001',
        item: { id: 'a', by: SAM, at: START, words, owner: SAM, due: START },
      })),
    },
    head: { until: START, events: 123_456_789, digest: 'f'.repeat(64) },
  } satisfies Omit<Report, 'observations'>;
  return { ...figures, observations: observe(figures, now, policy) };
}

test('Slack takes every report, whatever people wrote and however much happened, or nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('week' as const, 'month' as const),
      fc.constantFrom(GUIDE, WIDEST),
      fc.constantFrom(0, 1, 1000),
      texts(3000),
      (kind, policy, n, words) => {
        const drawn = drawPeriodReport(reportOf(kind, policy, n, words), policy);
        expect(wrongInMessage(drawn)).toEqual([]);
        expect(JSON.stringify(drawn)).not.toContain('NaN');
      },
    ),
    { numRuns: Number(process.env.LIMITS_RUNS ?? 120) },
  );
});

test('decisions are called longer or shorter only where it reads so', () => {
  const report = reportOf('week', GUIDE, 3, 'x');
  const said = (now: number, before: number) => {
    const { processing } = report.metrics;
    const taking = (mean: number) => ({ ...report.metrics, processing: { ...processing, mean } });
    return observe({ ...report, metrics: taking(now), usual: taking(before) }, counted(GUIDE, 3), GUIDE)
      .map(({ words }) => words)
      .filter((words) => words.startsWith('Decisions took'));
  };
  expect(said(20_000, 9_000)).toEqual([]);
  expect(said(20 * 60_000, 10 * 60_000)).toEqual([
    'Decisions took 20 minutes on average, longer than in the four weeks before (10 minutes).',
  ]);
});
