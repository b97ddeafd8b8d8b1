import type { Interval } from '../calendar/interval.ts';
import type { Outcome } from '../change/execution.ts';
import type { Severity } from '../change/feedback.ts';
import { droppedIn, type Ended, endedIn, filedIn, foundIn, ratedIn } from '../db/tallies.ts';
import { type Kept, keptIn, meansIn, type Took, tookIn } from '../db/tallies-of-times.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import type { World } from './world.ts';

/** What was counted of one stretch of time: the rows that all figures are worked out from. */
export interface Counted {
  ended: Ended[];
  kept: Kept[];
  took: Took[];
  filed: { category: Category; risk: RiskLevel; n: number }[];
  dropped: { dropped: string; n: number }[];
  rated: { score: number; n: number }[];
  found: { of: 'defect' | 'audit'; severity: Severity; n: number }[];
}

/** A part of a whole; `rate` is absent where there is no whole, and never NaN. */
export interface Share {
  part: number;
  of: number;
  rate?: number;
}

/** A length of time, in milliseconds, of so many; absent figures where there are none. */
export interface Length {
  n: number;
  mean?: number;
  /** What half of them, and nine in ten, did not exceed. */
  half?: number;
  most?: number;
}

/** The twelve metrics of the guide ("Key Metrics") and what DORA's four have here; `docs/metrics.md` defines each. */
export interface Metrics {
  /** How many were carried out, in all and by outcome. */
  total: number;
  outcomes: Record<Outcome, number>;
  // Process
  success: Share;
  failure: Share;
  rollback: Share;
  timeToImplement: Length;
  // Quality
  /** Defects a change, and how many changes have any. */
  defects: Share;
  faulty: Share;
  satisfaction: { n: number; mean?: number };
  sla: Share;
  stagesInTime: (Share & { stage: string })[];
  reviewsInTime: Share;
  audits: number;
  // Efficiency
  processing: Length;
  approval: (Length & { stage: string })[];
  duration: Share;
  withinWindow: Share;
  effort: Share;
  // DORA, as far as it is on record: how often is `total`, how often it fails is `failure`
  leadTime: Length;
  rollbackTime: Length;
}

/**
 * Counts a stretch of time in the database. What will be known only later is left out.
 * @param spread whether it says of lengths what half and nine in ten did not exceed, besides their mean
 */
export async function count(
  { db, clock }: Pick<World, 'db' | 'clock'>,
  range: Interval,
  spread = true,
): Promise<Counted> {
  const took = spread ? tookIn(db, range) : meansIn(db, range);
  const [ended, kept, lengths, filed, dropped, rated, found] = await Promise.all([
    ...([endedIn(db, range), keptIn(db, range, clock.now()), took, filedIn(db, range)] as const),
    ...([droppedIn(db, range), ratedIn(db, range), foundIn(db, range)] as const),
  ]);
  return { ended, kept, took: lengths, filed, dropped, rated, found };
}

/** Works all metrics out from what was counted. The one place where each of them is defined. */
export function metricsOf({ ended, kept, took, rated, found }: Counted): Metrics {
  const n = (outcome: Outcome) =>
    sumOf(
      ended.filter((row) => row.outcome === outcome),
      'n',
    );
  const outcomes = {
    success: n('success'),
    partial: n('partial'),
    failed: n('failed'),
    'rolled back': n('rolled back'),
  };
  const total = sumOf(ended, 'n');
  const stages = kept.filter(({ of }) => of === 'stage');
  const reviews = kept.filter(({ of }) => of === 'retrospective' || of === 'board review');
  const undone = ended.filter(({ outcome }) => outcome === 'rolled back');
  return {
    ...{ total, outcomes },
    success: share(outcomes.success, total),
    failure: share(outcomes.failed + outcomes['rolled back'], total),
    rollback: share(outcomes['rolled back'], total),
    timeToImplement: length(total, sumOf(ended, 'implementing')),
    defects: share(sumOf(ended, 'defects'), total),
    faulty: share(sumOf(ended, 'faulty'), total),
    satisfaction: satisfaction(rated),
    sla: inTime(kept),
    stagesInTime: names(stages).map((stage) => ({
      stage,
      ...inTime(stages.filter((row) => row.stage === stage)),
    })),
    reviewsInTime: inTime(reviews),
    audits: sumOf(
      found.filter(({ of }) => of === 'audit'),
      'n',
    ),
    processing: lengthOf(took.find(({ of }) => of === 'decision')),
    approval: took
      .filter(({ of }) => of === 'stage')
      .map((row) => ({ stage: row.stage, ...lengthOf(row) }))
      .sort((a, b) => compare(a.stage, b.stage)),
    duration: share(sumOf(ended, 'windowLasted'), sumOf(ended, 'window')),
    withinWindow: share(sumOf(ended, 'within'), sumOf(ended, 'planned')),
    effort: share(sumOf(ended, 'effort'), sumOf(ended, 'plannedEffort')),
    leadTime: length(total, sumOf(ended, 'lead')),
    rollbackTime: length(sumOf(undone, 'n'), sumOf(undone, 'lasted')),
  };
}

/** Several stretches counted as one. The shares of lengths cannot be added up, so only their means are there. */
export function together(all: readonly Counted[]): Counted {
  const took = all.flatMap((each) => each.took);
  return {
    ended: all.flatMap((each) => each.ended),
    kept: all.flatMap((each) => each.kept),
    took: distinct(took).map(([of, stage]) => {
      const same = took.filter((row) => row.of === of && row.stage === stage);
      return {
        of,
        stage,
        n: sumOf(same, 'n'),
        total: sumOf(same, 'total'),
      };
    }),
    filed: all.flatMap((each) => each.filed),
    dropped: all.flatMap((each) => each.dropped),
    rated: all.flatMap((each) => each.rated),
    found: all.flatMap((each) => each.found),
  };
}

/** The sum of one column. */
export function sumOf<K extends string>(rows: readonly { [T in K]: number }[], column: K): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}

export function share(part: number, of: number): Share {
  return of > 0 ? { part, of, rate: part / of } : { part, of };
}

function inTime(rows: readonly Kept[]): Share {
  return share(sumOf(rows, 'kept'), sumOf(rows, 'n'));
}

function length(n: number, total: number): Length {
  return n > 0 ? { n, mean: total / n } : { n };
}

function lengthOf(row: Took | undefined): Length {
  if (!row) return { n: 0 };
  const { n, total, half, most } = row;
  return {
    ...length(n, total),
    ...(half !== undefined && { half }),
    ...(most !== undefined && { most }),
  };
}

function satisfaction(rated: Counted['rated']): Metrics['satisfaction'] {
  const n = sumOf(rated, 'n');
  const stars = rated.reduce((sum, row) => sum + row.score * row.n, 0);
  return n > 0 ? { n, mean: stars / n } : { n };
}

function names(rows: readonly { stage: string }[]): string[] {
  return [...new Set(rows.map(({ stage }) => stage))].sort(compare);
}

function distinct(rows: readonly Took[]): [Took['of'], string][] {
  const found = new Map(rows.map(({ of, stage }) => [`${of}/${stage}`, { of, stage }]));
  return [...found.values()].map(({ of, stage }) => [of, stage]);
}

/** By the codes of characters: both databases and every machine alike. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
