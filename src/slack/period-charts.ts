import type { KnownBlock } from '@slack/types';
import type { Outcome } from '../change/execution.ts';
import { shortKey } from '../engine/report-words.ts';
import type { Point, Report } from '../engine/reports.ts';
import { chart } from './charts.ts';

/** How changes end, in the order of the guide's report. */
export const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ['success', 'Successful'],
  ['partial', 'Partial'],
  ['failed', 'Failed'],
  ['rolled back', 'Rolled back'],
];

/** The periods before and the reported one, in order. */
function pointsOf({ before, period, metrics }: Report): Point[] {
  return [...before, { key: period.key, metrics }];
}

export function outcomeChart(report: Report): KnownBlock[] {
  const points = pointsOf(report);
  if (points.every(({ metrics }) => metrics.total === 0)) return [];
  const series = OUTCOMES.map(([outcome, name]) => ({
    name,
    values: points.map(({ metrics }) => metrics.outcomes[outcome]),
  }));
  return [
    chart(
      'bar',
      'How changes ended',
      points.map(({ key }) => shortKey(key)),
      series,
      'Changes',
    ),
  ];
}

export function rateChart(report: Report): KnownBlock[] {
  const points = pointsOf(report);
  const known = points.filter(({ metrics }) => metrics.total > 0);
  if (known.length === 0) return [];
  const rate = (of: 'success' | 'sla') =>
    known.map(({ metrics }) => Math.round((metrics[of].rate ?? 0) * 100));
  const series = [
    { name: 'Success rate', values: rate('success') },
    { name: 'Times kept', values: rate('sla') },
  ];
  return [
    chart(
      'line',
      'Success over twelve months',
      known.map(({ key }) => shortKey(key)),
      series,
      'Percent',
    ),
  ];
}

export function speedChart(report: Report): KnownBlock[] {
  const points = pointsOf(report).filter(({ metrics }) => metrics.total > 0);
  if (points.length === 0) return [];
  const hours = (ms: number | undefined) => Math.round((ms ?? 0) / 360_000) / 10;
  const series = [
    { name: 'To decide', values: points.map(({ metrics }) => hours(metrics.processing.mean)) },
    { name: 'To implement', values: points.map(({ metrics }) => hours(metrics.timeToImplement.mean)) },
  ];
  return [
    chart(
      'bar',
      'How long it took on average',
      points.map(({ key }) => shortKey(key)),
      series,
      'Hours',
    ),
  ];
}
