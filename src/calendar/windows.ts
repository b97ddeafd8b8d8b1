import type { Category, Policy, RiskLevel } from '../policy/schema.ts';
import type { ExecutionTime } from '../policy/times.ts';
import { type Clash, clashesOf, type Planned, related, type Scheduled } from './clashes.ts';
import { type Freeze, freezesIn, holds, type Touched } from './freezes.ts';
import { executionHours, executionTimeOf } from './hours.ts';
import { executionTimeInWords } from './hours-in-words.ts';
import { covers, type Instant, type Interval, merged, without } from './interval.ts';
import { DAY, MINUTE } from './zone.ts';

/** A window that somebody wants for a change. */
export interface Wanted extends Planned, Touched {
  risk: RiskLevel;
  category: Category;
}

/** What a window is held against. */
export interface WindowContext<S extends Scheduled = Scheduled> {
  policy: Policy;
  /** Those that were declared; those of every year are in the policy. */
  freezes: readonly Freeze[];
  /** The changes that have their window; the wanted one may be among them. */
  scheduled: readonly S[];
  now: Instant;
}

/**
 * What stands against a window, in one plain sentence without anybody's own words. `refused`: it cannot be had;
 * `needs consent`: a second person must agree, with a reason; `warning`: it is only pointed out.
 */
export type WindowProblem<S extends Scheduled = Scheduled> = {
  weight: 'refused' | 'needs consent' | 'warning';
  sentence: string;
} & (
  | { kind: 'end before start' | 'in the past' }
  | { kind: 'execution time'; time: ExecutionTime }
  | { kind: 'hard freeze' | 'soft freeze' | 'stop the line'; freeze: Freeze }
  | { kind: 'clash'; clash: Clash<S> }
);

/**
 * Everything that stands against a window (guide, "Risk Assessment Levels"; the policy's freezes and clashes).
 * Nothing where it will do.
 */
export function windowProblems<S extends Scheduled>(
  wanted: Wanted,
  { policy, freezes, scheduled, now }: WindowContext<S>,
): WindowProblem<S>[] {
  const window = { start: wanted.startsAt, end: wanted.endsAt };
  if (window.end <= window.start)
    return [{ kind: 'end before start', weight: 'refused', sentence: 'The end must come after the start.' }];
  const late: WindowProblem<S>[] =
    window.start < now
      ? [{ kind: 'in the past', weight: 'refused', sentence: 'This start is in the past.' }]
      : [];
  return [
    ...late,
    ...timeProblems(wanted, policy, window),
    ...freezesIn(policy, freezes, window)
      .filter(({ scope }) => holds(scope, wanted))
      .map((freeze): WindowProblem<S> => ({ freeze, ...FROZEN[freeze.kind] })),
    ...clashesOf(wanted, scheduled, policy).map((clash) => clashProblem(clash, policy)),
  ];
}

const LENGTH_OF_STEP = 15 * MINUTE;
/** How far ahead free windows are looked for; the next stretch only if the one before has too few. */
export const HORIZONS: readonly number[] = [14 * DAY, 90 * DAY, 400 * DAY];

/**
 * The next windows as long as the wanted one, from its start or from now, that nothing stands against, soft
 * freezes and clashes included. Each begins on a quarter of an hour: one in each free stretch of time, and in
 * one of more than a day another at the same hour of the next. Fewer than `count` where there are no more within
 * four hundred days.
 * @param horizons how far to look, one after the other; what they are held against reaches as far
 */
export function nextFreeWindows(
  wanted: Wanted,
  { policy, freezes, scheduled, now }: WindowContext,
  count = 3,
  horizons = HORIZONS,
): { startsAt: Instant; endsAt: Instant }[] {
  const length = wanted.endsAt - wanted.startsAt;
  if (length <= 0) return [];
  const start = Math.max(wanted.startsAt, now);
  const clashing = related(wanted, scheduled, policy).map(({ with: other }) => interval(other));
  let found: Interval[] = [];
  for (const horizon of horizons) {
    const range = { start, end: start + horizon };
    const frozen = freezesIn(policy, freezes, range).filter(({ scope }) => holds(scope, wanted));
    const allowed = executionHours(policy, executionTimeOf(policy, wanted), wanted.systems, range);
    const taken = merged([...clashing, ...frozen.map(interval), ...without(range, allowed)]);
    found = without(range, taken)
      .flatMap((gap) => windowsIn(gap, length))
      .slice(0, count);
    if (found.length === count) break;
  }
  return found.map((each) => ({ startsAt: each.start, endsAt: each.end }));
}

function windowsIn(gap: Interval, length: number): Interval[] {
  const list: Interval[] = [];
  const first = Math.ceil(gap.start / LENGTH_OF_STEP) * LENGTH_OF_STEP;
  for (let start = first; start + length <= gap.end; start += Math.max(DAY, length))
    list.push({ start, end: start + length });
  return list;
}

function interval({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }): Interval {
  return { start: startsAt, end: endsAt };
}

function timeProblems(wanted: Wanted, policy: Policy, window: Interval): WindowProblem<never>[] {
  const time = executionTimeOf(policy, wanted);
  if (time === 'any time' || covers(executionHours(policy, time, wanted.systems, window), window)) return [];
  const risk = `${wanted.risk[0]?.toUpperCase()}${wanted.risk.slice(1)}`;
  return [
    {
      kind: 'execution time',
      weight: 'refused',
      time,
      sentence: `${risk}-risk changes are only carried out ${executionTimeInWords(policy, time, wanted.systems)}.`,
    },
  ];
}

const FROZEN = {
  hard: { kind: 'hard freeze', weight: 'refused', sentence: 'A freeze holds changes like this one then.' },
  soft: {
    kind: 'soft freeze',
    weight: 'needs consent',
    sentence: 'A soft freeze holds changes like this one then; a second person must agree and say why.',
  },
  stop: {
    kind: 'stop the line',
    weight: 'refused',
    sentence: 'The line is stopped for changes like this one then.',
  },
} as const;

function clashProblem<S extends Scheduled>(clash: Clash<S>, { clashes }: Policy): WindowProblem<S> {
  const because = clash.because.some(({ kind }) => kind !== 'same implementer')
    ? 'on the same or dependent systems'
    : 'with the same implementer';
  return {
    kind: 'clash',
    weight: clashes === 'block' ? 'refused' : 'warning',
    clash,
    sentence: `Another change is carried out then ${because}.`,
  };
}
