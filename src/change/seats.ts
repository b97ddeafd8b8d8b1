import { Refusal } from './refusal.ts';
import { applies, candidates, fillable, type Holders } from './route.ts';
import type { Decision, Filed, PersonId, Seat, Stage, UnderReview } from './types.ts';

/** The stage that the change is waiting in. */
export function openStageOf(change: UnderReview): Stage {
  const stage = change.route.find(({ id }) => id === change.open.stage);
  if (!stage) throw new Error(`${change.id} waits in ${change.open.stage}, which is not on its route`);
  return stage;
}

/** The decision that fills a seat, if one does. */
export function decisionFor(
  change: Pick<Filed, 'decisions'>,
  stage: string,
  seat: string,
): Decision | undefined {
  return change.decisions.find((decision) => decision.stage === stage && decision.seat === seat);
}

/**
 * The seat that this person fills by deciding now, and the role that lets them.
 *
 * One person fills one seat among the reviews of a change and one on its board: the guide has the DevOps lead
 * and the product manager both review and vote, so the two are counted apart (docs/decisions.md).
 * @throws {Refusal} saying who may, when this person may not
 */
export function seatFor(
  change: UnderReview,
  person: PersonId,
  holders: Holders,
): { seat: Seat; role: string } {
  const stage = openStageOf(change);
  if (person === change.requester) {
    throw new Refusal('own change', 'You filed this change, so somebody else has to decide on it.');
  }
  const theirs = sameCount(change, stage).find((decision) => decision.by === person);
  if (theirs) {
    const where = change.route.find(({ id }) => id === theirs.stage)?.title ?? theirs.stage;
    throw new Refusal(
      'seat taken',
      `You have already decided on ${change.number} (${where}). One person fills one seat.`,
    );
  }
  const open = openSeats(change);
  const able = open.filter((seat) => candidates(seat, change.requester, holders).includes(person));
  if (able.length === 0) throw notTheirs(change, stage, open, person, holders);
  const best = leastNeeded(change, stage, able, person, holders);
  const seat = best.toSorted((a, b) => asked(change, a, person) - asked(change, b, person))[0];
  if (!seat) throw new Error('leastNeeded gives at least one seat');
  return {
    seat,
    role: seat.roles.find((role) => holders.get(role)?.includes(person)) ?? seat.roles.join(' or '),
  };
}

/** The seats of the open stage that nobody has filled. */
export function openSeats(change: UnderReview): Seat[] {
  const stage = openStageOf(change);
  return stage.seats.filter((seat) => !decisionFor(change, stage.id, seat.id));
}

/** Who could fill this open seat by deciding now: they hold its role and are not needed for another. */
export function eligible(change: UnderReview, seat: Seat, holders: Holders): PersonId[] {
  const stage = openStageOf(change);
  const done = sameCount(change, stage).map((decision) => decision.by);
  const able = candidates(seat, change.requester, holders).filter((person) => !done.includes(person));
  return able.filter((person) => {
    const theirs = openSeats(change).filter((s) => candidates(s, change.requester, holders).includes(person));
    try {
      return leastNeeded(change, stage, theirs, person, holders).includes(seat);
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
}

/** How many are asked for a seat beside this person; more than anybody where they are not asked. */
function asked({ open }: UnderReview, seat: Seat, person: PersonId): number {
  const people = open.asked[seat.id] ?? [];
  return people.includes(person) ? people.length : Number.MAX_SAFE_INTEGER;
}

/** Who can be asked to decide now: those who hold a role of an open seat and have filled no other. */
export function waitingFor(change: UnderReview, holders: Holders): PersonId[] {
  const stage = openStageOf(change);
  const done = new Set(sameCount(change, stage).map((decision) => decision.by));
  const people = openSeats(change).flatMap(
    (seat) =>
      change.open.asked[seat.id]?.filter((p) => candidates(seat, change.requester, holders).includes(p)) ??
      [],
  );
  return [...new Set(people)].filter((person) => !done.has(person));
}

/**
 * Why nobody could finish this route, or nothing. An empty role is found at submission, never by silence; and
 * an edit that adds a review finds out here that its only reviewer has filled another seat already.
 * @param you what its requester is called
 */
export function emptySeats(
  change: Pick<Filed, 'requester' | 'route' | 'proposal' | 'decisions'>,
  holders: Holders,
  titles: Record<string, string>,
  you = 'you',
): string | undefined {
  const stages = change.route.filter((stage) => applies(stage, change.proposal));
  const people = (seats: Seat[]) => seats.map((seat) => candidates(seat, change.requester, holders));
  const reviewing = stages.filter((stage) => stage.kind !== 'vote');
  const spoken = decidedIn(change, 'reviews').map((decision) => decision.by);
  const reviews = reviewing.flatMap(({ id, seats }) =>
    seats.filter((seat) => !decisionFor(change, id, seat.id)),
  );
  const empty = reviews.find((seat) => candidates(seat, change.requester, holders).length === 0);
  const named = (roles: string[]) => roles.map((role) => titles[role] ?? role).join(' or ');
  if (empty) return `Nobody but ${you} holds the role ${named(empty.roles)}.`;
  const free = people(reviews).map((able) => able.filter((person) => !spoken.includes(person)));
  if (fillable(free) < reviews.length) {
    return `Too few different people hold the roles ${reviews.map((seat) => named(seat.roles)).join(', ')}; each review needs a person of its own.`;
  }
  const board = stages.find(
    (stage) => stage.kind === 'vote' && fillable(people(stage.seats)) < (stage.quorum ?? 0),
  );
  return (
    board &&
    `${board.title} cannot reach its quorum of ${board.quorum}: too few of its seats have somebody in them.`
  );
}

/** Decisions that count towards "one person, one seat" together with this stage's. */
function sameCount(change: Filed, stage: Stage): Decision[] {
  return decidedIn(change, stage.kind === 'vote' ? 'votes' : 'reviews');
}

function decidedIn(change: Pick<Filed, 'route' | 'decisions'>, where: 'votes' | 'reviews'): Decision[] {
  const isVote = (id: string) => change.route.some((each) => each.id === id && each.kind === 'vote');
  return change.decisions.filter((decision) => isVote(decision.stage) === (where === 'votes'));
}

/** Of the seats they could fill, those that others can best do without them. */
function leastNeeded(
  change: UnderReview,
  stage: Stage,
  able: Seat[],
  person: PersonId,
  holders: Holders,
): Seat[] {
  const spoken = new Set(sameCount(change, stage).map((decision) => decision.by));
  const together =
    stage.kind === 'vote'
      ? [stage]
      : change.route.filter((s) => s.kind !== 'vote' && applies(s, change.reviewed));
  const unfilled = together.flatMap((s) => s.seats.filter((seat) => !decisionFor(change, s.id, seat.id)));
  const free = unfilled.map((seat) =>
    candidates(seat, change.requester, holders).filter((p) => !spoken.has(p)),
  );
  const others = free.map((people) => people.filter((p) => p !== person));
  const left = (without: Seat) => fillable(others.filter((_, i) => unfilled[i] !== without));
  const rest = able.map(left);
  const most = Math.max(...rest);
  if (stage.kind !== 'vote' && most + 1 < fillable(free)) {
    throw new Refusal(
      'needed elsewhere',
      'You are the only one left for a later review of this change, so this one needs somebody else.',
    );
  }
  return able.filter((_, i) => rest[i] === most);
}

function notTheirs(
  change: UnderReview,
  stage: Stage,
  open: Seat[],
  person: PersonId,
  holders: Holders,
): Refusal {
  const took = stage.seats.find((seat) => candidates(seat, change.requester, holders).includes(person));
  const by = took && decisionFor(change, stage.id, took.id)?.by;
  if (by) return new Refusal('seat taken', `<@${by}> has already decided as ${took.title}.`);
  const who = open.map((seat) => seat.title).join(', ');
  return new Refusal('not your role', `${stage.title} is for: ${who}. You do not hold that role now.`);
}
