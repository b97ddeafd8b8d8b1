import { DAY } from '../calendar/zone.ts';
import type { Step } from './allowed.ts';
import { chairsOf } from './chair.ts';
import { openStageOf } from './decided.ts';
import { boardReviewDue, retrospectiveDue } from './duties.ts';
import { boardReviewers, implementerOf, isForsaken, verifiersOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { eligible, openSeats, waitingFor } from './seats.ts';
import type { Change, ChangeIn, Instant, PersonId, Seat, UnderReview } from './types.ts';

/** What keeps a change from moving. */
export interface Stuck {
  why:
    | 'late' // its stage's time is up, or all of it
    | 'nobody can decide' // nobody is left for `seat`
    | 'quorum lost' // too few of the board are left
    | 'nobody asked can decide' // those who were asked for `seat` cannot any more, others could
    | 'not resubmitted'
    | 'nobody can start' // whoever was to has left
    | 'window missed' // approved, and not started while it was time
    | 'overrun' // started, and not finished while it was time
    | 'nobody can verify'
    | 'not verified'
    | 'not looked back on' // its retrospective's time is up
    | 'not reviewed'; // the board's time to review an emergency is up
  since: Instant;
  /** Those whom it waits for. */
  people: PersonId[];
  seat?: Seat;
  /** What would help, if it is something that can be done to the change. */
  step?: Step;
  /** What else keeps it, where several things do: what is owed afterwards does not wait for one another. */
  besides?: Stuck[];
}

/**
 * Why a change is late or cannot move by itself; nothing while all is well.
 * @param now the present
 */
export function stuck(change: Change, facts: Facts, now: Instant): Stuck | undefined {
  switch (change.status) {
    case 'validating':
    case 'in review':
      return blocked(change, facts) ?? late(change, facts, now);
    case 'returned': {
      const since = change.returned.at;
      const stays = now > since + facts.policy.stuck.returnedDays * DAY;
      const people = [change.requester];
      return stays ? { why: 'not resubmitted', since, people, step: 'reclassify' } : undefined;
    }
    case 'approved':
    case 'scheduled':
      return forsaken(change) ?? outOfWindow(change, now);
    case 'implementing':
      return outOfWindow(change, now);
    case 'implemented':
    case 'verified':
      return owing(change, facts, now);
    case 'deferred':
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
      return undefined;
    default:
      return change satisfies never;
  }
}

/** A role that has emptied since a stage was opened. */
function blocked(change: UnderReview, { holders }: Facts): Stuck | undefined {
  const open = openSeats(change).map((seat) => ({ seat, able: eligible(change, seat, holders) }));
  const empty = open.filter(({ able }) => able.length === 0);
  const since = change.open.openedAt;
  // A board can do without a seat, a review cannot.
  const lacks = openStageOf(change).kind === 'vote' && empty.length < open.length ? undefined : empty[0];
  if (lacks) return { why: 'nobody can decide', since, people: [], seat: lacks.seat };
  if (change.open.quorumLost) {
    const people = chairsOf(openStageOf(change), change, holders);
    return { why: 'quorum lost', since, people, step: 'waiveQuorum' };
  }
  const asked = waitingFor(change, holders);
  const other = asked.length === 0 ? open.find(({ able }) => able.length > 0) : undefined;
  return (
    other && { why: 'nobody asked can decide', since, people: other.able, seat: other.seat, step: 'reassign' }
  );
}

function late(change: UnderReview, { holders }: Facts, now: Instant): Stuck | undefined {
  const since = Math.min(change.open.deadline, change.dueAt);
  if (now <= since) return undefined;
  return { why: 'late', since, people: waitingFor(change, holders), step: 'reassign' };
}

/** Its requester can name another, but may have left too. */
function forsaken(change: ChangeIn<'approved' | 'scheduled'>): Stuck | undefined {
  if (!isForsaken(change) || !change.gone) return undefined;
  const { person, at: since } = change.gone;
  return { why: 'nobody can start', since, people: [person], step: 'handOver' };
}

function outOfWindow(
  change: ChangeIn<'approved' | 'scheduled' | 'implementing'>,
  now: Instant,
): Stuck | undefined {
  const since = windowOver(change);
  if (since === undefined || now <= since) return undefined;
  return change.status === 'implementing'
    ? { why: 'overrun', since, people: [change.implementer], step: 'handOver' }
    : { why: 'window missed', since, people: [implementerOf(change)], step: 'cancel' };
}

/** When its window is over; of one without a window, when it was to be started, or to be over. */
function windowOver(change: ChangeIn<'approved' | 'scheduled' | 'implementing'>): Instant | undefined {
  if (change.status === 'scheduled') return change.endsAt;
  return change.proposal.endsAt ?? (change.status === 'implementing' ? change.endBy : change.startBy);
}

/** What is still owed of a change that was carried out. */
function owing(change: ChangeIn<'implemented' | 'verified'>, facts: Facts, now: Instant): Stuck | undefined {
  const { holders } = facts;
  const [lookBack, review] = [retrospectiveDue(change), boardReviewDue(change)];
  const unchecked = change.status === 'implemented' ? unverified(change, facts, now) : undefined;
  const all: Stuck[] = [
    ...(unchecked ? [unchecked] : []),
    ...(review !== undefined && now > review
      ? [
          {
            ...{ why: 'not reviewed' as const, since: review, step: 'reviewEmergency' as const },
            people: boardReviewers(change, change.implementer, holders),
          },
        ]
      : []),
    ...(lookBack !== undefined && now > lookBack
      ? [
          {
            ...{ why: 'not looked back on' as const, since: lookBack, step: 'retrospective' as const },
            people: [...new Set([change.requester, change.implementer])],
          },
        ]
      : []),
  ];
  const [first, ...besides] = all;
  return first && (besides.length > 0 ? { ...first, besides } : first);
}

function unverified(
  change: ChangeIn<'implemented'>,
  { holders, policy }: Facts,
  now: Instant,
): Stuck | undefined {
  const since = change.finishedAt;
  const people = verifiersOf(change, change.implementer, holders);
  if (people.length === 0) return { why: 'nobody can verify', since, people };
  if (now <= since + policy.stuck.unverifiedDays * DAY) return undefined;
  return { why: 'not verified', since, people, step: 'verify' };
}

/** The most urgent first: emergencies, then what has been stuck for longest. */
export function byUrgency(a: { change: Change; stuck: Stuck }, b: { change: Change; stuck: Stuck }): number {
  const calm = ({ change }: { change: Change }) => (change.category === 'emergency' ? 0 : 1);
  return calm(a) - calm(b) || a.stuck.since - b.stuck.since;
}
