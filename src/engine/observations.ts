import { MINUTE } from '../calendar/zone.ts';
import { spell } from '../change/report.ts';
import type { Policy } from '../policy/schema.ts';
import { titlesOf } from '../policy/systems.ts';
import { type Counted, type Share, sumOf } from './metrics.ts';
import type { Report } from './reports.ts';

/** Something that the figures say, as a plain sentence; what people wrote is not in it. */
export interface Observation {
  about: 'issue' | 'trend' | 'improvement' | 'risk';
  words: string;
}

type Figures = Omit<Report, 'observations'>;

/** Fewer than these say nothing about a process. */
const ENOUGH = { changes: 3, clocks: 3 } as const;
/** Movements smaller than this are noise. */
const NOTABLE = 0.05;

/**
 * What a report's figures say: where it went wrong and what was late, how it moved against the weeks before, what
 * would help, and where the risk goes (guide, "Issues and Trends"). Every sentence is worked out from the figures.
 */
export function observe(report: Figures, counted: Counted, policy: Policy): Observation[] {
  return [
    ...issues(report, policy).map((words) => ({ about: 'issue' as const, words })),
    ...trends(report).map((words) => ({ about: 'trend' as const, words })),
    ...improvements(report, counted, policy).map((words) => ({ about: 'improvement' as const, words })),
    ...risks(report).map((words) => ({ about: 'risk' as const, words })),
  ];
}

/** "75 %"; a share of nothing is "–". */
export function percent({ rate }: Pick<Share, 'rate'>): string {
  return rate === undefined ? '–' : `${Math.round(rate * 100)} %`;
}

/** A stage's title, by whichever category has it. */
export function stageTitle({ categories }: Policy, stage: string): string {
  const all = Object.values(categories).flatMap(({ stages }) => stages);
  return all.find(({ id }) => id === stage)?.title ?? stage;
}

/** "3 changes", "1 change". */
function times(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function issues({ metrics, systems, found, missed: unstarted }: Figures, policy: Policy): string[] {
  const titles = titlesOf(policy.systems);
  const where = systems
    .filter(({ bad }) => bad > 0)
    .slice(0, 3)
    .map(({ name, n, bad }) => `${titles[name] ?? name} (${bad} of ${n})`);
  const missed = metrics.stagesInTime
    .filter(({ part, of }) => part < of)
    .map(({ stage, part, of }) => `${stageTitle(policy, stage)} (${of - part} of ${of})`);
  const bad = metrics.outcomes.failed + metrics.outcomes['rolled back'];
  const critical = found.filter(({ said }) => said.severity === 'critical').length;
  return [
    ...(bad > 0 && where.length > 0
      ? [
          `${times(bad, 'change')} failed or ${bad === 1 ? 'was' : 'were'} rolled back, on ${where.join(', ')}.`,
        ]
      : []),
    ...(unstarted && unstarted.n > 0
      ? [
          `${times(unstarted.n, 'change')} ${unstarted.n === 1 ? 'was' : 'were'} not started in ${unstarted.n === 1 ? 'its window' : 'their windows'}.`,
        ]
      : []),
    ...(missed.length > 0 ? [`Time was up before everybody had decided: ${missed.join(', ')}.`] : []),
    ...(critical > 0
      ? [`${times(critical, 'critical finding')} ${critical === 1 ? 'was' : 'were'} logged.`]
      : []),
  ];
}

function trends({ kind, metrics, usual, before }: Figures): string[] {
  const past = kind === 'week' ? 'the four weeks before' : 'the four months before';
  const mean = usual.total / Math.max(1, Math.min(4, before.length));
  return [
    ...(usual.total > 0
      ? [`${times(metrics.total, 'change')}, after ${round(mean)} a ${kind} in ${past}.`]
      : []),
    ...moved('Success rate', metrics.success, usual.success, past),
    ...moved('Times kept', metrics.sla, usual.sla, past),
    ...longer('Decisions took', metrics.processing.mean, usual.processing.mean, past),
  ];
}

function moved(what: string, now: Share, before: Share, past: string): string[] {
  if (now.rate === undefined || before.rate === undefined) return [];
  const points = Math.round((now.rate - before.rate) * 100);
  if (Math.abs(points) < NOTABLE * 100)
    return [`${what}: ${percent(now)}, as in ${past} (${percent(before)}).`];
  const way = points > 0 ? 'above' : 'below';
  return [`${what}: ${percent(now)}, ${Math.abs(points)} points ${way} ${past} (${percent(before)}).`];
}

function longer(what: string, now: number | undefined, before: number | undefined, past: string): string[] {
  if (now === undefined || before === undefined || before === 0) return [];
  const more = now / before - 1;
  // What reads the same is neither longer nor less.
  if (Math.abs(more) < NOTABLE || lasting(now) === lasting(before)) return [];
  return [
    `${what} ${lasting(now)} on average, ${more > 0 ? 'longer' : 'less'} than in ${past} (${lasting(before)}).`,
  ];
}

/** "2 h 30 min", "3 days". */
export function lasting(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  return minutes < 48 * 60 ? spell(minutes) : `${round(minutes / 1440)} days`;
}

function improvements({ metrics, systems, kind }: Figures, { ended }: Counted, policy: Policy): string[] {
  const slow = metrics.stagesInTime
    .filter(({ of, rate }) => of >= ENOUGH.clocks && rate !== undefined && rate < 0.8)
    .sort((a, b) => (a.rate ?? 0) - (b.rate ?? 0))[0];
  const fragile = systems.filter(({ n, bad }) => n >= 2 && bad / n >= 0.5).sort((a, b) => b.bad - a.bad)[0];
  const titles = titlesOf(policy.systems);
  const plan = metrics.duration.rate;
  const routine = ended.filter(({ category, risk }) => category === 'normal' && risk === 'low');
  const smooth = routine.length > 0 && routine.every(({ outcome }) => outcome === 'success');
  const urgent = sumOf(
    ended.filter(({ category }) => category === 'emergency'),
    'n',
  );
  const { mean } = metrics.satisfaction;
  return [
    ...(slow
      ? [
          `${stageTitle(policy, slow.stage)} kept its time in ${slow.part} of ${slow.of}: a deputy, or more people in its role, would help.`,
        ]
      : []),
    ...(fragile
      ? [
          `${titles[fragile.name] ?? fragile.name}: ${fragile.bad} of ${fragile.n} changes failed or ${fragile.bad === 1 ? 'was' : 'were'} rolled back. Look at how they are tested and rehearsed.`,
        ]
      : []),
    ...(plan !== undefined && plan > 1.2 && metrics.withinWindow.of >= ENOUGH.changes
      ? [`Implementations took ${Math.round(plan * 100)} % of their windows: plan longer ones.`]
      : []),
    ...(smooth && sumOf(routine, 'n') >= ENOUGH.changes
      ? [
          `All ${sumOf(routine, 'n')} normal changes of low risk succeeded: some may be worth a template of the catalogue.`,
        ]
      : []),
    ...(urgent >= 2 && urgent / Math.max(1, metrics.total) >= 0.2
      ? [`${urgent} of ${times(metrics.total, 'change')} were emergencies: what do they have in common?`]
      : []),
    ...(metrics.reviewsInTime.part < metrics.reviewsInTime.of
      ? [
          `${metrics.reviewsInTime.of - metrics.reviewsInTime.part} of ${times(metrics.reviewsInTime.of, 'review')} afterwards came late or not at all this ${kind}.`,
        ]
      : []),
    ...(mean !== undefined && mean < 3.5
      ? [`Those whom the changes were for gave ${round(mean)} of 5: ask them what they missed.`]
      : []),
  ];
}

function risks({ risks: { now, before }, metrics, usual, kind }: Figures): string[] {
  const all = now.low + now.medium + now.high;
  const past = before.low + before.medium + before.high;
  const high = all > 0 ? now.high / all : undefined;
  const usually = past > 0 ? before.high / past : undefined;
  const grows = high !== undefined && usually !== undefined ? high - usually : 0;
  const rollbacks = (metrics.rollback.rate ?? 0) - (usual.rollback.rate ?? 1);
  return [
    ...(all > 0
      ? [`Filed this ${kind}: ${now.low} of low, ${now.medium} of medium, ${now.high} of high risk.`]
      : []),
    ...(Math.abs(grows) >= NOTABLE
      ? [
          `The share of high risk ${grows > 0 ? 'rose' : 'fell'} from ${Math.round((usually ?? 0) * 100)} % to ${Math.round((high ?? 0) * 100)} %.`,
        ]
      : []),
    ...(rollbacks >= NOTABLE
      ? [`More was rolled back than before: ${percent(metrics.rollback)}, after ${percent(usual.rollback)}.`]
      : []),
  ];
}

/** One digit after the point, where it says something. */
export function round(n: number): string {
  return String(Math.round(n * 10) / 10);
}
