import { type Freeze, freezesIn, holds } from '../calendar/freezes.ts';
import type { Interval } from '../calendar/interval.ts';
import { type Wanted, windowProblems } from '../calendar/windows.ts';
import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import type { Window } from './phases.ts';
import { hashOf } from './proposal.ts';
import { Refusal } from './refusal.ts';
import type { Exemption, FreezeNamed, Obstacle } from './scheduling.ts';
import type { Filed, Instant, TextHash } from './types.ts';

/** What the rules of time need of a change, also of one that is not filed yet. */
export type Timed = Pick<Filed, 'requester' | 'category' | 'proposal' | 'risk'> & {
  id?: string;
  exemptions?: readonly Exemption[] | undefined;
};

/** Shorter than any freeze: a change without a window is held against the present. */
const MOMENT = 60_000;

/** The window that a change wants; nothing where it names none. */
export function wantedBy(change: Timed): Wanted | undefined {
  const { startsAt, endsAt } = change.proposal;
  return startsAt === undefined || endsAt === undefined
    ? undefined
    : wantedIn(change, { start: startsAt, end: endsAt });
}

function wantedIn(change: Timed, { start, end }: Interval): Wanted {
  const { id, category, risk, proposal } = change;
  return {
    ...(id !== undefined && { id }),
    ...{ category, risk: risk.level, startsAt: start, endsAt: end },
    ...{ systems: proposal.systems ?? [], environments: proposal.environments ?? [] },
    implementer: implementerOf(change),
  };
}

/**
 * Everything that stands against a window, but the soft freezes that a second person has let it into.
 * @param at the present
 */
export function obstacles(
  change: Timed,
  wanted: Wanted,
  { policy, calendar }: Facts,
  at: Instant,
): Obstacle[] {
  const exempt = new Set(
    letInto(change)
      .filter(({ startsAt, endsAt }) => startsAt <= wanted.startsAt && wanted.endsAt <= endsAt)
      .flatMap(({ freezes }) => freezes.map(({ id }) => id)),
  );
  return windowProblems(wanted, { policy, ...calendar, now: at }).filter(
    (problem) => !(problem.kind === 'soft freeze' && exempt.has(problem.freeze.id)),
  );
}

/**
 * Who has let a change in: not for a text that it has no more, and nobody who asks for it or carries it out by now, or in
 * whose right that was.
 */
export function letInto(change: Pick<Timed, 'requester' | 'proposal' | 'exemptions'>): Exemption[] {
  const barred = [change.requester, implementerOf(change)];
  const second = ({ by, for: whom }: Exemption) =>
    !barred.includes(by) && (whom === undefined || !barred.includes(whom));
  return (change.exemptions ?? []).filter((each) => each.voidSince === undefined && second(each));
}

/** The same of what is left of a change's window at an instant; of one without a window, of that instant. */
export function obstaclesNow(change: Timed, facts: Facts, at: Instant): Obstacle[] {
  const wanted = wantedBy(change);
  if (!wanted) return obstacles(change, wantedIn(change, { start: at, end: at + MOMENT }), facts, at);
  if (wanted.endsAt <= at)
    return [{ kind: 'in the past', weight: 'refused', sentence: 'Its window is over.' }];
  return obstacles(change, { ...wanted, startsAt: Math.max(wanted.startsAt, at) }, facts, at);
}

/** What of it has to be out of the way, not only pointed out. */
export function blocking(found: readonly Obstacle[]): Obstacle[] {
  return found.filter(({ weight }) => weight !== 'warning');
}

/** The soft freezes among what stands against a window. */
export function softFreezes(found: readonly Obstacle[]): Freeze[] {
  return found.flatMap((problem) => (problem.kind === 'soft freeze' ? [problem.freeze] : []));
}

/** The freezes, declared and of every year, that hold a change within a time. */
export function freezesOver(change: Timed, range: Interval, { policy, calendar }: Facts): Freeze[] {
  const { systems, environments } = wantedIn(change, range);
  const touched = { systems, environments, category: change.category };
  return freezesIn(policy, calendar.freezes, range).filter(({ scope }) => holds(scope, touched));
}

/** The soft freezes that hold a change, the time for which it could be let in, and what stands for both as they are shown. */
interface HeldSoftly extends Window {
  freezes: Freeze[];
  seen: TextHash;
}

/**
 * The soft freezes that hold a change in its window; one without a window is held now, and would be let in until they
 * are over. Nothing where none holds it.
 */
export function heldSoftly(change: Timed, facts: Facts, at: Instant): HeldSoftly | undefined {
  const wanted = wantedBy(change);
  const found = wanted ? obstacles(change, wanted, facts, at) : obstaclesNow(change, facts, at);
  const freezes = softFreezes(found);
  if (freezes.length === 0) return undefined;
  const { startsAt, endsAt } = wanted ?? {
    startsAt: Math.min(...freezes.map((freeze) => freeze.startsAt)),
    endsAt: Math.max(...freezes.map((freeze) => freeze.endsAt)),
  };
  return { freezes, startsAt, endsAt, seen: hashOf([startsAt, endsAt, freezes.map(({ id }) => id).sort()]) };
}

/** As the record names a freeze. */
export function named({ id, kind, startsAt, endsAt, reason }: Freeze): FreezeNamed {
  return { id, kind, startsAt, endsAt, reason };
}

/** Tells obstacles apart, to see whether there is a new one. */
export function keyOf(problem: Obstacle): string {
  switch (problem.kind) {
    case 'hard freeze':
    case 'soft freeze':
    case 'stop the line':
      return `${problem.kind} ${problem.freeze.id}`;
    case 'clash':
      return `clash ${problem.clash.with.id}`;
    case 'end before start':
    case 'in the past':
    case 'execution time':
      return problem.kind;
    default:
      return problem satisfies never;
  }
}

/** The refusal of a window: the rules that it breaks, beside its start. Who says it adds the windows that would do. */
export function notThen(
  found: readonly Obstacle[],
  wanted: Wanted | undefined,
  code: 'not then' | 'not ready' = 'not then',
): Refusal {
  const sentence = [...new Set(found.map((problem) => problem.sentence))].join(' ');
  return new Refusal(code, sentence, { startsAt: sentence }, wanted);
}

/** Whether the rules of time see no difference between two states of a change. */
export function sameForTime(a: Timed, b: Timed): boolean {
  return hashOf(wantedBy(a) ?? null) === hashOf(wantedBy(b) ?? null);
}

/**
 * The rules of time for a text that is filed or edited (guide, "Risk Assessment Levels"). What is checked by rule
 * alone must be free of every freeze (guide, "Standard Change Approval"); for the others a soft one can wait until
 * somebody lets them in.
 * @param before what the text was, if it is edited: what stands against its window then is not this edit's mistake
 * @throws {Refusal} with the rules that its window breaks
 */
export function checkTime(change: Timed, before: Timed | undefined, facts: Facts, at: Instant): void {
  const wanted = wantedBy(change);
  if (!wanted || (before && sameForTime(before, change))) return;
  const refused = obstacles(change, wanted, facts, at).filter(({ weight }) => weight === 'refused');
  const sentence = frozenOut(change, facts);
  if (sentence)
    throw new Refusal('not qualified', sentence, { category: sentence, startsAt: sentence }, wanted);
  if (refused.length > 0) throw notThen(refused, wanted);
}

/** Why a freeze keeps a change out of a category that is checked by rule alone, or nothing. */
export function frozenOut(change: Timed, facts: Facts): string | undefined {
  const wanted = wantedBy(change);
  const { highestRisk, title } = facts.policy.categories[change.category];
  if (!wanted || highestRisk === 'high') return undefined;
  const frozen = freezesOver(change, { start: wanted.startsAt, end: wanted.endsAt }, facts);
  return frozen.length > 0
    ? `${title} changes may not touch a freeze, and one holds this window.`
    : undefined;
}
