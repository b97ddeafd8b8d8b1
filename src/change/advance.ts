import { deadline, morningOf } from '../calendar/working-time.ts';
import { DAY } from '../calendar/zone.ts';
import { chairsOf } from './chair.ts';
import { isLate, openStageOf, sameCount, spokenBy } from './decided.ts';
import { remindersOf } from './escalation.ts';
import { evolve } from './evolve.ts';
import type { Facts } from './facts.ts';
import { inRole, withStandIns } from './holders.ts';
import { applies, askedFor, barredFrom, shareOf, standing } from './route.ts';
import { sameMembers } from './same.ts';
import { eligible, openSeats, voters } from './seats.ts';
import { settled, timeWithoutWindow } from './settle.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, EventOf, Instant, Stage, UnderReview } from './types.ts';
import { quorumNow, roundOf } from './voting.ts';

/** The events, and whatever follows from them by themselves. */
export function andThen(change: Change, events: ChangeEvent[], facts: Facts, at: Instant): ChangeEvent[] {
  const after = events.reduce<Change>((state, event) => evolve(state, event, state.id), change);
  return [...events, ...advance(after, facts, at)];
}

/**
 * What follows by itself from where a change now stands: its stage is passed and the next one opens, after the
 * last it is approved, or a stage has rejected it.
 */
function advance(change: Change, facts: Facts, at: Instant): ChangeEvent[] {
  const by = 'docket';
  const recount = isUnderReview(change) && recounted(change, facts, at);
  if (recount) return andThen(change, [recount], facts, at);
  const waiting = 'open' in change ? change.open.stage : undefined;
  const stages = change.route.filter((stage) => applies(stage, change.reviewed));
  const next = stages.find((stage) => standing(stage, change) !== 'passed');
  if (next && next.id === waiting && standing(next, change) === 'open')
    return [...quorumLost(change, next, facts, at), ...askedAnew(change, facts, at, 'forsaken')];
  if (change.status === 'deferred' && next?.id === change.deferred.stage) return [];
  const passed = stages.find((stage) => stage.id === waiting && standing(stage, change) === 'passed');
  const events: ChangeEvent[] = passed ? [{ type: 'StagePassed', stage: passed.id, by, at }] : [];
  if (!next) {
    const automatic = facts.policy.categories[change.category].highestRisk !== 'high';
    if ('approvedAt' in change) return settled(change, facts, at);
    const from = Math.max(at, change.proposal.endsAt ?? at);
    const expiresAt = from + facts.policy.expiresAfterDays * DAY;
    const startBy = timeWithoutWindow(change, facts, at);
    const approved: ChangeEvent = {
      type: 'ChangeApproved',
      automatic,
      expiresAt,
      by,
      at,
      ...(startBy && { startBy }),
    };
    return [...events, approved, ...settled(evolve(change, approved, change.id), facts, at)];
  }
  if (standing(next, change) === 'open') return [...events, openStage(change, next, facts, at)];
  if (standing(next, change) === 'deferred') return [...events, deferred(change, next, facts, at)];
  const last = change.decisions.findLast((d) => d.stage === next.id && d.verdict === 'reject');
  return [
    {
      type: 'ChangeRejected',
      stage: next.id,
      by: last?.by ?? by,
      at,
      ...(last?.words && { words: last.words }),
    },
  ];
}

/** That more or fewer can vote than when it was counted last: roles and delegations come and go. */
function recounted(change: UnderReview, { holders }: Facts, at: Instant): ChangeEvent | undefined {
  const stage = change.route.find(({ id }) => id === change.open.stage);
  if (stage?.kind !== 'vote') return undefined;
  const before = roundOf(stage, change.opened);
  const now = voters(change, stage, holders, isLate(change));
  if (now.voters === before.voters && now.chairless === before.chairless) return undefined;
  return { type: 'VotersCounted', by: 'docket', at, stage: stage.id, ...now };
}

/** That too few are left for the quorum, said once: the chair may then let the rest decide. */
function quorumLost(change: Change, stage: Stage, { policy, holders }: Facts, at: Instant): ChangeEvent[] {
  if (stage.kind !== 'vote' || !isUnderReview(change) || change.open.quorumLost) return [];
  const { quorum, left } = quorumNow(stage, change);
  if (left >= quorum) return [];
  const people = [...new Set([...inRole(holders, policy.overseer), ...chairsOf(stage, change, holders)])];
  return [{ type: 'QuorumLost', by: 'docket', at, stage: stage.id, quorum, left, people }];
}

/** The board has put it off: until the latest day that one of those who wanted that has named, or the chair's. */
function deferred(change: Change, stage: Stage, { policy }: Facts, at: Instant): ChangeEvent {
  const wanted = change.decisions.filter((d) => d.stage === stage.id && d.verdict === 'defer');
  const last = wanted.at(-1);
  const chair = wanted.find(({ seat }) => seat === stage.chair);
  const day = chair?.until ?? Math.max(at, ...wanted.map((d) => d.until ?? at));
  const until = morningOf(policy, day);
  const again = deadline(policy, policy.categories[change.category].clock, until, shareOf(stage, change));
  const dueAt = Math.max(change.dueAt, again);
  return { type: 'Deferred', by: last?.by ?? 'docket', at, stage: stage.id, until, dueAt };
}

/**
 * Who is asked for each open seat, brought up to date: those who cannot fill it any more are let go, who stands in
 * for somebody is asked too, and so is everybody who can once nobody is left or, with the deputies, the time is up.
 * @param which only the seats for which nobody who was asked is left, or all of them
 */
function askedAnew(
  change: Change,
  { holders }: Facts,
  at: Instant,
  which: 'forsaken' | 'all',
): ChangeEvent[] {
  if (!isUnderReview(change)) return [];
  const { stage, asked } = change.open;
  const barred = barredFrom(openStageOf(change), change);
  return openSeats(change).flatMap((seat) => {
    const before = asked[seat.id] ?? [];
    const able = eligible(change, seat, holders);
    const kept = before.filter((person) => able.includes(person));
    if (which === 'forsaken' && kept.length > 0) return [];
    const wanted = kept.length === 0 || isLate(change) ? able : withStandIns(kept, seat, barred, holders);
    const people = wanted.filter((person) => able.includes(person));
    if (people.length === 0 || sameMembers(people, before)) return [];
    return [{ type: 'Reassigned', by: 'docket', at, stage, seat: seat.id, people, before }];
  });
}

/** After people have come or gone: who is asked is brought up to date, and so is what a vote is counted by. */
export function askAgain(change: Change, facts: Facts, at: Instant): ChangeEvent[] {
  return isUnderReview(change) ? andThen(change, askedAnew(change, facts, at, 'all'), facts, at) : [];
}

/** Where a change goes after what voids decisions in it: `again` says whether its present stage is asked once more. */
export function reopened(
  change: Change,
  event: ChangeEvent,
  facts: Facts,
  again: (stage: string) => boolean,
) {
  const events = andThen(change, [event], facts, event.at);
  const after = evolve(change, event, change.id);
  const stays =
    isUnderReview(after) && events.every(({ type }) => type === event.type || type === 'Reassigned');
  if (!stays || !again(after.open.stage)) return events;
  return [event, openStage(after, openStageOf(after), facts, event.at)];
}

/** Puts a change before a stage, perhaps once more: fixes its deadline and whom it asks. */
function openStage(
  change: Change,
  stage: Stage,
  { policy, holders }: Facts,
  at: Instant,
): EventOf<'StageOpened'> {
  const { clock } = policy.categories[change.category];
  const done = spokenBy(sameCount(change, stage));
  const open = stage.seats.filter(
    (seat) => !change.decisions.some((d) => d.stage === stage.id && d.seat === seat.id),
  );
  const asked = open.map(
    (seat) => [seat.id, askedFor(seat, stage, change, holders).filter((p) => !done.includes(p))] as const,
  );
  return {
    type: 'StageOpened',
    by: 'docket',
    at,
    stage: stage.id,
    round: (change.opened[stage.id]?.round ?? 0) + 1,
    deadline: deadline(policy, clock, at, shareOf(stage, change)),
    asked: Object.fromEntries(asked),
    ...voters(change, stage, holders, false),
    reminders: remindersOf(policy, change, stage, at),
  };
}
