import type { Outcome } from '../../change/execution.ts';
import { shortKey } from '../../engine/report-words.ts';
import type { Point, Report } from '../../engine/reports.ts';
import { CATEGORIES, type Policy } from '../../policy/schema.ts';
import type { Chart } from '../blocks/charts.ts';

/** How changes end, in the order of the guide's report. */
export const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ['success', 'Successful'],
  ['partial', 'Partial'],
  ['failed', 'Failed'],
  ['rolled back', 'Rolled back'],
];

/** The charts of a report, of which a message takes two; none over periods without any change. */
export function chartsOf(report: Report, policy: Policy): Chart[] {
  const points: Point[] = [...report.before, { key: report.period.key, metrics: report.metrics }];
  const some = points.filter(({ metrics }) => metrics.total > 0);
  if (some.length === 0) return [];
  return report.kind === 'week'
    ? [outcomes(points), ...categories(report, policy)]
    : [rates(some), speeds(some)];
}

function outcomes(points: readonly Point[]): Chart {
  return {
    ...{ type: 'bar', title: 'How changes ended', categories: keysOf(points), yLabel: 'Changes' },
    series: OUTCOMES.map(([outcome, name]) => ({
      name,
      values: points.map(({ metrics }) => metrics.outcomes[outcome]),
    })),
  };
}

function categories(report: Report, policy: Policy): Chart[] {
  const parts = CATEGORIES.map((id) => ({
    label: policy.categories[id].title,
    value: report.categories[id],
  })).filter(({ value }) => value > 0);
  return parts.length > 0 ? [{ type: 'pie', title: 'Changes by category', parts }] : [];
}

function rates(points: readonly Point[]): Chart {
  const rate = (of: 'success' | 'sla') =>
    points.map(({ metrics }) => Math.round((metrics[of].rate ?? 0) * 100));
  return {
    ...{ type: 'line', title: 'Success over twelve months', categories: keysOf(points), yLabel: 'Percent' },
    series: [
      { name: 'Success rate', values: rate('success') },
      { name: 'Times kept', values: rate('sla') },
    ],
  };
}

function speeds(points: readonly Point[]): Chart {
  const hours = (ms: number | undefined) => Math.round((ms ?? 0) / 360_000) / 10;
  return {
    ...{ type: 'bar', title: 'How long it took on average', categories: keysOf(points), yLabel: 'Hours' },
    series: [
      { name: 'To decide', values: points.map(({ metrics }) => hours(metrics.processing.mean)) },
      { name: 'To implement', values: points.map(({ metrics }) => hours(metrics.timeToImplement.mean)) },
    ],
  };
}

function keysOf(points: readonly Point[]): string[] {
  return points.map(({ key }) => shortKey(key));
}
