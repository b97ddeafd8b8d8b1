import { deadline } from '../calendar/working-time.ts';
import { evolve } from './evolve.ts';
import type { Facts } from './facts.ts';
import { applies, askedFor, candidates, fillable, standing } from './route.ts';
import { eligible, openSeats, openStageOf } from './seats.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, EventOf, Instant, Stage } from './types.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The events, and whatever follows from them by themselves. */
export function andThen(change: Change, events: ChangeEvent[], facts: Facts, at: Instant): ChangeEvent[] {
  const after = events.reduce<Change>((state, event) => evolve(state, event, state.id), change);
  return [...events, ...advance(after, facts, at)];
}

/**
 * What follows by itself from where a change now stands: its stage is passed and the next one opens, after the
 * last it is approved, or a stage has rejected it.
 */
export function advance(change: Change, facts: Facts, at: Instant): ChangeEvent[] {
  const by = 'docket';
  const waiting = 'open' in change ? change.open.stage : undefined;
  const stages = change.route.filter((stage) => applies(stage, change.reviewed));
  const next = stages.find((stage) => standing(stage, change) !== 'passed');
  if (next && next.id === waiting && standing(next, change) === 'open') return askedAnew(change, facts, at);
  const passed = stages.find((stage) => stage.id === waiting && standing(stage, change) === 'passed');
  const events: ChangeEvent[] = passed ? [{ type: 'StagePassed', stage: passed.id, by, at }] : [];
  if (!next) {
    const automatic = facts.policy.categories[change.category].highestRisk !== 'high';
    if ('approvedAt' in change) return [];
    const from = Math.max(at, change.proposal.endsAt ?? at);
    const expiresAt = from + facts.policy.expiresAfterDays * DAY_MS;
    return [...events, { type: 'ChangeApproved', automatic, expiresAt, by, at }];
  }
  if (standing(next, change) === 'open') return [...events, openStage(change, next, facts, at)];
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

/** An open seat of which everybody who was asked has filled another one is asked of all who are left for it. */
function askedAnew(change: Change, { holders }: Facts, at: Instant): ChangeEvent[] {
  if (!isUnderReview(change)) return [];
  const { stage, asked } = change.open;
  return openSeats(change).flatMap(({ id }, i, all) => {
    const [seat, before] = [all[i], asked[id] ?? []];
    const people = seat ? eligible(change, seat, holders) : [];
    if (people.length === 0 || before.some((person) => people.includes(person))) return [];
    return [{ type: 'Reassigned', by: 'docket', at, stage, seat: id, people, before }];
  });
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
export function openStage(
  change: Change,
  stage: Stage,
  { policy, holders }: Facts,
  at: Instant,
): EventOf<'StageOpened'> {
  const { clock } = policy.categories[change.category];
  const isVote = (id: string) => change.route.some((each) => each.id === id && each.kind === 'vote');
  const done = change.decisions.filter((d) => isVote(d.stage) === (stage.kind === 'vote')).map((d) => d.by);
  const open = stage.seats.filter(
    (seat) => !change.decisions.some((d) => d.stage === stage.id && d.seat === seat.id),
  );
  const asked = open.map(
    (seat) => [seat.id, askedFor(seat, change, holders).filter((p) => !done.includes(p))] as const,
  );
  return {
    type: 'StageOpened',
    by: 'docket',
    at,
    stage: stage.id,
    round: (change.opened[stage.id]?.round ?? 0) + 1,
    deadline: deadline(policy, clock, at, stage.share),
    asked: Object.fromEntries(asked),
    voters: fillable(stage.seats.map((seat) => candidates(seat, change.requester, holders))),
    reminders: policy.reminders.map((percent) => ({
      percent,
      at: deadline(policy, clock, at, (stage.share * percent) / 100),
    })),
  };
}
