import type { Policy } from '../policy/schema.ts';
import type { Length, Metrics, Share } from './metrics.ts';
import { lasting, percent, round, stageTitle } from './observations.ts';

/** One figure as tables and files have it. */
interface FigureRow {
  /** The same in every report and every language: what programs find it by. */
  key: string;
  group: 'Process' | 'Quality' | 'Efficiency' | 'DORA';
  label: string;
  /** Of rates from 0 to 1, of lengths seconds; absent where there was nothing to count. */
  value?: number;
  unit: 'changes' | 'rate' | 'seconds' | 'of 5' | 'findings' | 'a change';
  /** As people read it: "75 % (9 of 12)". */
  words: string;
}

/** All metrics of the guide, one row each, in its order; approval has one for each stage. */
export function figureRows(metrics: Metrics, policy: Policy): FigureRow[] {
  const { satisfaction: stars, withinWindow: within } = metrics;
  return [
    ...process(metrics),
    {
      ...{ key: 'defect_rate', group: 'Quality', label: 'Post-implementation defects', unit: 'a change' },
      ...(metrics.defects.rate !== undefined && { value: metrics.defects.rate }),
      words:
        metrics.defects.of > 0
          ? `${metrics.defects.part} (on ${metrics.faulty.part} of ${changes(metrics.defects.of)})`
          : '–',
    },
    {
      ...{ key: 'user_satisfaction', group: 'Quality', label: 'User satisfaction', unit: 'of 5' },
      ...(stars.mean !== undefined && { value: stars.mean }),
      words:
        stars.mean === undefined
          ? '–'
          : `${round(stars.mean)} of 5 (${stars.n} ${stars.n === 1 ? 'rating' : 'ratings'})`,
    },
    shareRow('sla_compliance', 'Quality', 'SLA compliance', metrics.sla),
    {
      ...{ key: 'audit_findings', group: 'Quality', label: 'Audit findings', unit: 'findings' },
      ...{ value: metrics.audits, words: String(metrics.audits) },
    },
    lengthRow('processing_time', 'Efficiency', 'Request processing time', metrics.processing),
    ...metrics.approval.map((stage) =>
      lengthRow(
        `approval_cycle_time.${stage.stage}`,
        'Efficiency',
        `Approval: ${stageTitle(policy, stage.stage)}`,
        stage,
      ),
    ),
    shareRow(
      'duration_against_plan',
      'Efficiency',
      'Implementation duration vs plan',
      metrics.duration,
      `${within.part} of ${changes(within.of)} ended within ${within.of === 1 ? 'its window' : 'their windows'}`,
    ),
    shareRow(
      'resource_utilization',
      'Efficiency',
      'Resource use vs plan',
      metrics.effort,
      `${metrics.effort.part} of ${metrics.effort.of} minutes`,
    ),
    lengthRow('lead_time', 'DORA', 'Lead time, filed to done', metrics.leadTime),
    lengthRow('time_to_roll_back', 'DORA', 'Time until rolled back', metrics.rollbackTime),
  ];
}

function process({ total, success, failure, rollback, timeToImplement }: Metrics): FigureRow[] {
  return [
    {
      ...{ key: 'changes', group: 'Process', label: 'Changes carried out', unit: 'changes' },
      ...{ value: total, words: String(total) },
    },
    shareRow('success_rate', 'Process', 'Change success rate', success),
    shareRow('failure_rate', 'Process', 'Change failure rate', failure),
    shareRow('rollback_frequency', 'Process', 'Rollback frequency', rollback),
    lengthRow('mean_time_to_implement', 'Process', 'Mean time to implement', timeToImplement),
  ];
}

/** @param counted what stands behind the rate, where "9 of 12" does not say it */
function shareRow(
  key: string,
  group: FigureRow['group'],
  label: string,
  share: Share,
  counted = `${share.part} of ${share.of}`,
): FigureRow {
  return {
    ...{ key, group, label, unit: 'rate' },
    ...(share.rate !== undefined && { value: share.rate }),
    words: share.rate === undefined ? '–' : `${percent(share)} (${counted})`,
  };
}

function changes(n: number): string {
  return `${n} ${n === 1 ? 'change' : 'changes'}`;
}

function lengthRow(
  key: string,
  group: FigureRow['group'],
  label: string,
  { n, mean, half, most }: Length,
): FigureRow {
  // Of one there is no spread: it would be the same length three times.
  const spread =
    n > 1 && half !== undefined && most !== undefined
      ? `; median ${lasting(half)}, 90 % within ${lasting(most)}`
      : '';
  return {
    ...{ key, group, label, unit: 'seconds' },
    ...(mean !== undefined && { value: Math.round(mean / 1000) }),
    words: mean === undefined ? '–' : `${lasting(mean)} (${n > 1 ? `mean of ${n}${spread}` : 'only one'})`,
  };
}
