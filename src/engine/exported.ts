import type { Interval } from '../calendar/interval.ts';
import { DAY } from '../calendar/zone.ts';
import type { Outcome } from '../change/execution.ts';
import { type Finding, SEVERITIES, type Severity } from '../change/feedback.ts';
import { OPEN } from '../change/states.ts';
import { type Duration, durationsIn, firstFiling, openByStatus, outboxByState } from '../db/exported.ts';
import { takeLease } from '../db/leases.ts';
import { filedIn, foundIn } from '../db/tallies.ts';
import { type Kept, keptIn, lateNow } from '../db/tallies-of-times.ts';
import { CATEGORIES, type Category } from '../policy/schema.ts';
import { inTurn } from './in-turn.ts';
import { sumOf } from './metrics.ts';
import type { World } from './world.ts';

/** Something that monitoring reads, with all its labels, also where they are 0. */
export interface Figure {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  samples: { suffix?: string; labels: Record<string, string>; value: number }[];
}

/** Upper ends of the histogram, in seconds: from a minute to a week. */
const BUCKETS = [60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 259_200, 604_800] as const;

/** How long what was counted is given again, so that impatient scrapers cost nothing. */
const FRESH_MS = 15_000;
/** How long a replica goes on being the one that exports, after it was last scraped. */
const LEASE_MS = 3 * 60_000;
/** What ended so long ago does not alter any more, and is not counted again. */
const SETTLED_MS = 10 * 60_000;
/** A long past is counted in steps of this length. */
const STEP_MS = 30 * DAY;
const CLOCKS = ['decision', 'stage', 'retrospective', 'board review'] as const;
const OUTCOMES: readonly Outcome[] = ['success', 'partial', 'failed', 'rolled back'];

/**
 * Counts the figures of all changes when they are asked for. Of several replicas only the holder of a lease gives
 * them, and the others nothing: so their sum over replicas is the truth.
 */
export function businessFigures(world: World): () => Promise<Figure[]> {
  const { db, clock } = world;
  const owner = world.newId();
  const totals = {
    ended: running(db, (range) => durationsIn(db, range, BUCKETS), added),
    kept: running(db, (range) => keptIn(db, range, range.end), addedClocks),
    found: running(db, (range) => foundIn(db, range), addedFindings),
    filed: running(
      db,
      (range) => filedIn(db, range),
      (rows) => [{ n: sumOf(rows, 'n') }],
    ),
  };
  let last: { at: number; figures: Figure[] } | undefined;
  // Two scrapes that counted the same past side by side would count it twice.
  const turns = inTurn();
  return () => turns('figures', figures);

  async function figures(): Promise<Figure[]> {
    const now = clock.now();
    if (!(await takeLease(db, { name: 'metrics', owner, now, until: now + LEASE_MS }))) return [];
    if (last && now - last.at < FRESH_MS) return last.figures;
    const counted = {
      ...{ ended: await totals.ended(now), kept: await totals.kept(now) },
      ...{ found: await totals.found(now), filed: await totals.filed(now) },
    };
    last = { at: now, figures: figuresOf(counted, await presentOf(world)) };
    return last.figures;
  }
}

/**
 * What was counted until now. What is settled is counted once in the life of the process and kept, because how an
 * implementation ended, and whether a time was kept, does not alter any more: so a scrape costs the same with a
 * million changes as with ten. The first goes in steps, so that clicks come in between.
 */
function running<R extends S, S extends { n: number }>(
  db: World['db'],
  count: (range: Interval) => Promise<R[]>,
  add: (rows: (R | S)[]) => S[],
): (now: number) => Promise<S[]> {
  let until: number | undefined;
  let settled: S[] = [];
  return async (now) => {
    until ??= (await firstFiling(db)) ?? now - SETTLED_MS;
    while (until < now - SETTLED_MS) {
      const end = Math.min(until + STEP_MS, now - SETTLED_MS);
      settled = add([...settled, ...(await count({ start: until, end }))]);
      until = end;
    }
    return add([...settled, ...(await count({ start: until, end: now + 1 }))]);
  };
}

function added(rows: readonly Duration[]): Duration[] {
  return CATEGORIES.flatMap((category) =>
    OUTCOMES.map((outcome) => {
      const same = rows.filter((row) => row.category === category && row.outcome === outcome);
      const within = BUCKETS.map((_, i) => same.reduce((sum, row) => sum + (row.within[i] ?? 0), 0));
      return { category, outcome, n: sumOf(same, 'n'), lasted: sumOf(same, 'lasted'), within };
    }),
  );
}

function addedClocks(rows: readonly Pick<Kept, 'of' | 'n' | 'kept'>[]) {
  return CLOCKS.map((of) => {
    const same = rows.filter((row) => row.of === of);
    return { of, n: sumOf(same, 'n'), kept: sumOf(same, 'kept') };
  });
}

function addedFindings(rows: readonly { of: Finding['of']; severity: Severity; n: number }[]) {
  return (['defect', 'audit'] as const).flatMap((of) =>
    SEVERITIES.map((severity) => {
      const same = rows.filter((row) => row.of === of && row.severity === severity);
      return { of, severity, n: sumOf(same, 'n') };
    }),
  );
}

/** What is so now, and may be otherwise in a moment. */
async function presentOf({ db, clock }: World) {
  const [late, open, outbox] = await Promise.all([
    ...([lateNow(db, clock.now()), openByStatus(db, OPEN), outboxByState(db)] as const),
  ]);
  return { late, open, outbox };
}

interface Totals {
  ended: readonly Duration[];
  kept: ReturnType<typeof addedClocks>;
  found: ReturnType<typeof addedFindings>;
  filed: readonly { n: number }[];
}

function figuresOf(
  { ended, kept, found, filed }: Totals,
  { late, open, outbox }: Awaited<ReturnType<typeof presentOf>>,
): Figure[] {
  const count = (outcomes: readonly Outcome[]) =>
    byCategory((category) =>
      sumOf(
        ended.filter((row) => row.category === category && outcomes.includes(row.outcome)),
        'n',
      ),
    );
  return [
    counter('change_total', 'Changes that were carried out, however they ended.', count(OUTCOMES)),
    counter('change_success_total', 'Changes that were carried out with success.', count(['success'])),
    counter('change_partial_total', 'Changes of which a part is still to be done.', count(['partial'])),
    counter('change_failure_total', 'Changes that failed and were not rolled back.', count(['failed'])),
    counter('change_rollback_total', 'Changes that were rolled back.', count(['rolled back'])),
    histogram(ended),
    counter('change_submitted_total', 'Change requests that were filed.', [
      { labels: {}, value: sumOf(filed, 'n') },
    ]),
    counter(
      'change_findings_total',
      'Defects and findings of audits that were logged against changes.',
      found.map(({ of, severity, n }) => ({ labels: { kind: of, severity }, value: n })),
    ),
    counter(
      'change_deadlines_total',
      'Times of which it is known whether they were kept.',
      kept.map(({ of, n }) => ({ labels: { of }, value: n })),
    ),
    counter(
      'change_deadlines_kept_total',
      'Times that were kept.',
      kept.map(({ of, kept: inTime }) => ({ labels: { of }, value: inTime })),
    ),
    gauge('docket_changes_open', 'Changes that are not over, by where they stand.', 'status', OPEN, open),
    gauge('docket_deadlines_breached', 'Running times that are up.', 'of', CLOCKS, late),
    gauge(
      'docket_outbox_rows',
      'What must still be done in Slack, and what was given up.',
      'state',
      ['waiting', 'sending', 'dead'],
      outbox,
    ),
  ];
}

function byCategory(value: (category: Category) => number): Figure['samples'] {
  return CATEGORIES.map((category) => ({ labels: { category }, value: value(category) }));
}

function counter(name: string, help: string, samples: Figure['samples']): Figure {
  return { name, help, type: 'counter', samples };
}

/** One sample for each value of a label, 0 where there is none. */
function gauge(
  name: string,
  help: string,
  label: string,
  values: readonly string[],
  rows: readonly ({ n: number } & Record<string, unknown>)[],
): Figure {
  const samples = values.map((value) => ({
    labels: { [label]: value },
    value: rows.find((row) => row[label] === value)?.n ?? 0,
  }));
  return { name, help, type: 'gauge', samples };
}

function histogram(ended: readonly Duration[]): Figure {
  const name = 'change_implementation_duration_seconds';
  const samples = CATEGORIES.flatMap((category) => {
    const rows = ended.filter((row) => row.category === category);
    const n = sumOf(rows, 'n');
    const buckets = BUCKETS.map((le, i) => ({
      ...{ suffix: '_bucket', labels: { category, le: String(le) } },
      value: rows.reduce((sum, row) => sum + (row.within[i] ?? 0), 0),
    }));
    return [
      ...buckets,
      { suffix: '_bucket', labels: { category, le: '+Inf' }, value: n },
      { suffix: '_sum', labels: { category }, value: sumOf(rows, 'lasted') / 1000 },
      { suffix: '_count', labels: { category }, value: n },
    ];
  });
  return { name, help: 'From the start to the end of implementations.', type: 'histogram', samples };
}
