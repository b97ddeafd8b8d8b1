import type { Step } from './allowed.ts';
import { implementerOf, verifiersOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { eligible, openSeats, openStageOf, waitingFor } from './seats.ts';
import type { Change, ChangeIn, Instant, UnderReview } from './types.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What keeps a change from moving. */
export interface Stuck {
  /** One sentence, with people as `<@U…>`. */
  words: string;
  since: Instant;
  /** What would help, if it is something that can be done to the change. */
  step?: Step;
}

/**
 * Why a change is late or cannot move by itself, or nothing: past its time, nobody there to decide, returned and
 * not taken up again, approved and past its window, carried out and not verified.
 * @param now the present
 */
export function stuck(change: Change, facts: Facts, now: Instant): Stuck | undefined {
  const { returnedDays, unverifiedDays } = facts.policy.stuck;
  switch (change.status) {
    case 'validating':
    case 'in review':
      return reviewStuck(change, facts, now);
    case 'returned': {
      const late = now > change.returned.at + returnedDays * DAY_MS;
      const words = `Returned to <@${change.requester}> and not taken up again.`;
      return late ? { words, since: change.returned.at, step: 'reclassify' } : undefined;
    }
    case 'approved':
    case 'scheduled':
    case 'implementing':
      return overrun(change, now);
    case 'implemented':
      return unverified(change, facts, now, unverifiedDays);
    case 'verified':
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

function reviewStuck(change: UnderReview, { holders, policy }: Facts, now: Instant): Stuck | undefined {
  const stage = openStageOf(change);
  const { openedAt, deadline } = change.open;
  const open = openSeats(change);
  const empty = open.filter((seat) => eligible(change, seat, holders).length === 0);
  const people = waitingFor(change, holders);
  // A board can do without a seat, a review cannot.
  const nobody = stage.kind === 'vote' && empty.length < open.length ? undefined : empty[0];
  if (nobody) {
    const roles = nobody.roles.map((role) => policy.roles[role] ?? role).join(' or ');
    return {
      words: `${stage.title}: nobody can decide as ${roles}. Fill the role with \`/change setup\`.`,
      since: openedAt,
    };
  }
  if (people.length === 0) {
    return {
      words: `${stage.title}: nobody who was asked can decide any more.`,
      since: openedAt,
      step: 'reassign',
    };
  }
  const due = Math.min(deadline, change.dueAt);
  const who = people.map((person) => `<@${person}>`).join(', ');
  const words = `${stage.title} is late and waits for ${who}.`;
  return now > due ? { words, since: due, step: 'reassign' } : undefined;
}

function overrun(
  change: ChangeIn<'approved' | 'scheduled' | 'implementing'>,
  now: Instant,
): Stuck | undefined {
  const endsAt = change.status === 'scheduled' ? change.endsAt : change.proposal.endsAt;
  if (endsAt === undefined || now <= endsAt) return undefined;
  if (change.status === 'implementing')
    return { words: `<@${change.implementer}> is still at it; its window is over.`, since: endsAt };
  const words = `Approved, but its window is over and <@${implementerOf(change)}> has not started it.`;
  return { words, since: endsAt, step: 'cancel' };
}

function unverified(
  change: ChangeIn<'implemented'>,
  { holders }: Facts,
  now: Instant,
  days: number,
): Stuck | undefined {
  const since = change.finishedAt;
  const people = verifiersOf(change, change.implementer, holders);
  if (people.length === 0)
    return { words: 'Nobody can verify it. Fill a verifying role with `/change setup`.', since };
  const who = people.map((person) => `<@${person}>`).join(', ');
  const words = `Carried out, and not verified by any of ${who}.`;
  return now > since + days * DAY_MS ? { words, since, step: 'verify' } : undefined;
}

/** The most urgent first: emergencies, then what has been stuck for longest. */
export function byUrgency(a: { change: Change; stuck: Stuck }, b: { change: Change; stuck: Stuck }): number {
  const calm = ({ change }: { change: Change }) => (change.category === 'emergency' ? 0 : 1);
  return calm(a) - calm(b) || a.stuck.since - b.stuck.since;
}
