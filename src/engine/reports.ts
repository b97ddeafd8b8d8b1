import { type Period, periodOf } from '../calendar/period.ts';
import { DAY, wallTime } from '../calendar/zone.ts';
import type { ActionItem } from '../change/aftermath.ts';
import type { Outcome } from '../change/execution.ts';
import type { Finding, Rating } from '../change/feedback.ts';
import type { Change, PersonId } from '../change/types.ts';
import { countActions, openActions } from '../db/actions.ts';
import { type Head, headOf } from '../db/audit.ts';
import { missedIn, namedIn, saidIn } from '../db/behind-figures.ts';
import { touchedIn } from '../db/tallies.ts';
import { lateNow } from '../db/tallies-of-times.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import { type Counted, count, type Metrics, metricsOf, sumOf, together } from './metrics.ts';
import { type Observation, observe } from './observations.ts';
import { type Ahead, lookAhead } from './outlook.ts';
import type { World } from './world.ts';

export type ReportKind = 'week' | 'month';

/** A change as a report names it. */
export interface Named {
  number: string;
  title: string;
  outcome?: Outcome;
  words?: string;
}

/** One column of a trend. */
export interface Point {
  key: string;
  metrics: Metrics;
}

/** A report of a week or a month, worked out; nothing in it depends on where it is read (guide, "Reporting"). */
export interface Report {
  kind: ReportKind;
  period: Period;
  /** When it was worked out. A period that is not over yet is reported as far as it goes. */
  at: number;
  metrics: Metrics;
  /** The periods before it, the latest last: four weeks, or eleven months. Then what they are together. */
  before: Point[];
  usual: Metrics;
  filed: number;
  dropped: { dropped: string; n: number }[];
  categories: Record<Category, number>;
  risks: { now: Record<RiskLevel, number>; before: Record<RiskLevel, number> };
  types: { name: string; n: number; bad: number }[];
  systems: { name: string; n: number; bad: number }[];
  notWell: Named[];
  rejected: Named[];
  /** Those that were not started in their windows; absent in older reports. */
  missed?: { n: number; named: Named[] };
  /** As it was worked out; none of a period that the next one has followed, as for `ahead`. */
  late: { of: string; n: number }[];
  found: { number: string; said: Finding }[];
  rated: { score: number; n: number }[];
  said: { number: string; said: Rating }[];
  observations: Observation[];
  /** Of a period that the next one has not followed yet: later on, what is planned says nothing about it. */
  ahead?: Ahead;
  /** As it was worked out. */
  actions: { open: number; overdue: number; next: { number: string; item: ActionItem }[] };
  /** The head of the record, where the report is posted: so a copy of it lies outside the database. */
  head?: Head;
}

/** How many periods before are looked at, and how many of a list are named. */
const BEFORE = { week: 4, month: 11 } as const;
const NAMED = 8;
const NEXT_ACTIONS = 5;
/** What was saved in the last minutes may still be on its way. */
export const SETTLED_MS = 5 * 60_000;

/** The week or month of the company's zone that was `back` before the present one. */
export function periodBack(
  { policy, clock }: Pick<World, 'policy' | 'clock'>,
  kind: ReportKind,
  back: number,
): Period {
  let period = periodAt({ policy }, kind, clock.now());
  for (let n = 0; n < back; n++) period = before(policy.zone, kind, period);
  return period;
}

/** The period that an instant lies in, or the one before it. */
export function periodAt(
  { policy }: Pick<World, 'policy'>,
  kind: ReportKind,
  at: number,
  which: 'this' | 'last' = 'this',
): Period {
  return periodOf(policy.zone, kind, wallTime(policy.zone, at), which);
}

function before(zone: string, kind: ReportKind, { start }: Period): Period {
  // Noon of its first day is in it, whatever the clocks did that night.
  return periodOf(zone, kind, wallTime(zone, start + DAY / 2), 'last');
}

/** Works a report out. */
export async function makeReport(world: World, kind: ReportKind, period: Period): Promise<Report> {
  const { db, policy, clock } = world;
  const now = clock.now();
  const earlier: Period[] = [];
  for (let n = 0; n < BEFORE[kind]; n++) earlier.unshift(before(policy.zone, kind, earlier[0] ?? period));
  const counted = await count(world, period);
  const past: Counted[] = [];
  // One after the other: a long report lets clicks in between.
  for (const each of earlier) past.push(await count(world, each, false));
  const usual = together(past.slice(-4));
  const metrics = metricsOf(counted);
  // Until the next period is over; later on, what is late or planned says nothing about this one.
  const recent = now < periodAt(world, kind, period.end).end;
  const [types, systems] = [await touchedIn(db, 'type', period), await touchedIn(db, 'system', period)];
  const report = {
    ...{ kind, period, at: now, metrics, usual: metricsOf(usual) },
    before: earlier.map(({ key }, n) => ({ key, metrics: metricsOf(past[n] ?? usual) })),
    ...{ filed: sumOf(counted.filed, 'n'), dropped: counted.dropped, rated: counted.rated },
    categories: byCategory(counted),
    risks: { now: byRisk(counted), before: byRisk(usual) },
    ...{ types: types.slice(0, 5), systems: systems.slice(0, 20) },
    notWell: (await namedIn(db, period, 'not well', NAMED)).map(named),
    rejected: (await namedIn(db, period, 'rejected', NAMED)).map(named),
    missed: await missedIn(db, { start: period.start, end: Math.min(now, period.end) }, NAMED),
    late: recent ? await lateNow(db, now) : [],
    found: await saidIn(db, 'findings', period, NAMED),
    said: (await saidIn(db, 'ratings', period, 50)).filter(({ said }) => said.words).slice(0, NAMED),
    ...(recent && {
      ahead: await lookAhead(world, Math.max(now, period.end)),
    }),
    actions: await actionsOf(world),
  };
  return { ...report, observations: observe(report, counted, policy) };
}

function byCategory({ ended }: Counted): Record<Category, number> {
  const n = (category: Category) =>
    sumOf(
      ended.filter((row) => row.category === category),
      'n',
    );
  return { standard: n('standard'), normal: n('normal'), emergency: n('emergency') };
}

/** Of what was filed: what comes in shows where the risk goes. */
function byRisk({ filed }: Counted): Record<RiskLevel, number> {
  const n = (risk: RiskLevel) =>
    sumOf(
      filed.filter((row) => row.risk === risk),
      'n',
    );
  return { low: n('low'), medium: n('medium'), high: n('high') };
}

function named(change: Change): Named {
  const words =
    'outcomeWords' in change ? change.outcomeWords : 'ended' in change ? change.ended.words : undefined;
  return {
    ...{ number: change.number, title: change.proposal.title ?? '' },
    ...('outcome' in change && { outcome: change.outcome }),
    ...(words && { words }),
  };
}

async function actionsOf({ db, clock }: World): Promise<Report['actions']> {
  const next = await openActions(db, { limit: NEXT_ACTIONS });
  return {
    ...(await countActions(db, clock.now())),
    next: next.map(({ number, item }) => ({ number, item })),
  };
}

/** The same with the head of the record, for which the end of every stream of events is read. */
export async function withHead(world: World, report: Report): Promise<Report> {
  return { ...report, head: await headOf(world.db, Math.min(report.at - SETTLED_MS, report.period.end)) };
}

/** Who is named in a report: so that a place that knows no Slack can call them by name. */
export function peopleIn({ ahead, actions }: Report): PersonId[] {
  const people = [
    ...(ahead?.changes ?? []).map(({ implementer }) => implementer),
    ...(ahead?.people ?? []).map(({ person }) => person),
    ...actions.next.map(({ item }) => item.owner),
  ];
  return [...new Set(people)];
}
