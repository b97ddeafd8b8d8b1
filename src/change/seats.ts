import { decisionFor, isLate, isOf, openStageOf, sameCount, spokenBy } from './decided.ts';
import { candidates, type Holders, holdingsOf, rights } from './holders.ts';
import { Refusal } from './refusal.ts';
import { applies, barredFrom, fillable } from './route.ts';
import type { Decision, Filed, PersonId, Round, Seat, Stage, UnderReview } from './types.ts';

/** A seat that somebody could fill, and in whose right: their own, or that of whom they stand in for. */
interface Taking {
  seat: Seat;
  role: string;
  right: PersonId;
}

/**
 * The seat that this person fills by deciding now, the role that lets them, and whom they stand in for.
 *
 * One person fills one seat among the reviews of a change and one on its board: the guide has the DevOps lead
 * and the product manager both review and vote, so the two are counted apart (docs/decisions.md). Whoever is
 * stood in for has filled a seat as well.
 * @throws {Refusal} saying who may, when this person may not
 */
export function seatFor(
  change: UnderReview,
  person: PersonId,
  holders: Holders,
): { seat: Seat; role: string; for?: PersonId } {
  const stage = openStageOf(change);
  checkNotTheirs(change, stage, person);
  const theirs = sameCount(change, stage).find((decision) => isOf(decision, person));
  if (theirs) throw taken(change, theirs, person);
  const open = openSeats(change);
  const able = takings(change, open, person, holders);
  if (able.length === 0) throw notTheirs(change, stage, open, person, holders);
  const best = leastNeeded(change, stage, able, person, holders);
  const taking = best.toSorted((a, b) => asked(change, a.seat, person) - asked(change, b.seat, person))[0];
  if (!taking) throw new Error('leastNeeded gives at least one seat');
  const { seat, role, right } = taking;
  return { seat, role, ...(right !== person && { for: right }) };
}

/**
 * The same for somebody who alters a vote: they vote in the seat and in the right in which it was given, themselves
 * or who stood in for them.
 * @throws {Refusal} where they could not give that vote now
 */
export function seatAgain(
  change: UnderReview,
  person: PersonId,
  given: Decision,
  holders: Holders,
): ReturnType<typeof seatFor> {
  const stage = openStageOf(change);
  checkNotTheirs(change, stage, person);
  const seat = stage.seats.find(({ id }) => id === given.seat);
  const right = given.for ?? given.by;
  const holding =
    seat &&
    holdingsOf(person, seat, barredFrom(stage, change), holders, isLate(change)).find(
      (each) => (each.for ?? person) === right,
    );
  if (!holding)
    throw new Refusal('not your role', 'You no longer hold the role in which that vote was given.');
  return { seat, role: holding.role, ...(holding.for && { for: holding.for }) };
}

function checkNotTheirs(change: UnderReview, stage: Stage, person: PersonId): void {
  if (!barredFrom(stage, change).includes(person)) return;
  const what = person === change.requester ? 'filed' : 'are to carry out';
  throw new Refusal('own change', `You ${what} this change, so somebody else has to decide on it.`);
}

/** What a board's vote is counted by: the seats that are filled, and how many more can be by those who are there now. */
export function voters(
  change: Pick<Filed, 'requester' | 'proposal' | 'decisions' | 'route'>,
  stage: Stage,
  holders: Holders,
  late: boolean,
): Pick<Round, 'voters' | 'chairless'> {
  const spoken = new Set(spokenBy(sameCount(change, stage)));
  const filled = (seat: Seat) => decisionFor(change, stage.id, seat.id) !== undefined;
  const free = (seat: Seat) =>
    rights(seat, barredFrom(stage, change), holders, late).filter((right) => !spoken.has(right));
  const open = stage.seats.filter((seat) => !filled(seat));
  const chair = stage.seats.find(({ id }) => id === stage.chair);
  const chairless = !chair || (!filled(chair) && free(chair).length === 0);
  const count = stage.seats.length - open.length + fillable(open.map(free));
  return { voters: count, ...(chairless && { chairless }) };
}

/** The seats of the open stage that nobody has filled. */
export function openSeats(change: UnderReview): Seat[] {
  const stage = openStageOf(change);
  return stage.seats.filter((seat) => !decisionFor(change, stage.id, seat.id));
}

/** Who could fill this open seat by deciding now: they act in its role and are not needed for another. */
export function eligible(change: UnderReview, seat: Seat, holders: Holders): PersonId[] {
  const stage = openStageOf(change);
  const done = sameCount(change, stage);
  const able = candidates(seat, barredFrom(stage, change), holders, isLate(change));
  return able.filter((person) => {
    const theirs = takings(change, openSeats(change), person, holders);
    if (theirs.length === 0 || done.some((decision) => isOf(decision, person))) return false;
    try {
      return leastNeeded(change, stage, theirs, person, holders).some((taking) => taking.seat === seat);
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
}

/** Who can be asked to decide now: those who were asked for an open seat, can still fill it and have filled no other. */
export function waitingFor(change: UnderReview, holders: Holders): PersonId[] {
  return [...new Set(waitingBySeat(change, holders).flat())];
}

/** The same for each open seat: any one of these fills it. Seats that wait for nobody are left out. */
export function waitingBySeat(change: UnderReview, holders: Holders): PersonId[][] {
  const done = sameCount(change, openStageOf(change));
  return openSeats(change)
    .map((seat) =>
      (change.open.asked[seat.id] ?? []).filter(
        (person) =>
          takings(change, [seat], person, holders).length > 0 &&
          !done.some((decision) => isOf(decision, person)),
      ),
    )
    .filter((people) => people.length > 0);
}

/** How this person could fill these seats; not in the right of somebody who has filled one. */
function takings(change: UnderReview, seats: readonly Seat[], person: PersonId, holders: Holders): Taking[] {
  const stage = openStageOf(change);
  const done = sameCount(change, stage);
  return seats
    .flatMap((seat) =>
      holdingsOf(person, seat, barredFrom(stage, change), holders, isLate(change)).map(
        (holding): Taking => ({ seat, role: holding.role, right: holding.for ?? person }),
      ),
    )
    .filter(({ right }) => !done.some((decision) => isOf(decision, right)));
}

/** How many are asked for a seat beside this person; more than anybody where they are not asked. */
function asked({ open }: UnderReview, seat: Seat, person: PersonId): number {
  const people = open.asked[seat.id] ?? [];
  return people.includes(person) ? people.length : Number.MAX_SAFE_INTEGER;
}

/** Of the seats they could fill, those that others can best do without them. */
function leastNeeded(
  change: UnderReview,
  stage: Stage,
  able: Taking[],
  person: PersonId,
  holders: Holders,
): Taking[] {
  const spoken = new Set(spokenBy(sameCount(change, stage)));
  const together =
    stage.kind === 'vote'
      ? [stage]
      : change.route.filter((s) => s.kind !== 'vote' && applies(s, change.reviewed));
  const unfilled = together.flatMap((s) =>
    s.seats
      .filter((seat) => !decisionFor(change, s.id, seat.id))
      // That this stage's time is up brings in its own deputies, and nobody's of a later one.
      .map((seat) => ({ seat, barred: barredFrom(s, change), late: s === stage && isLate(change) })),
  );
  const free = unfilled.map(({ seat, barred, late }) =>
    rights(seat, barred, holders, late).filter((right) => !spoken.has(right)),
  );
  const left = ({ seat, right: used }: Taking) =>
    fillable(
      free
        .filter((_, i) => unfilled[i]?.seat !== seat)
        .map((all) => all.filter((right) => right !== person && right !== used)),
    );
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

function taken(change: Filed, { by, stage }: Decision, person: PersonId): Refusal {
  const where = change.route.find(({ id }) => id === stage)?.title ?? stage;
  const whose =
    by === person
      ? `You have already decided on ${change.number} (${where}).`
      : `<@${by}> has already decided on ${change.number} for you (${where}).`;
  return new Refusal('seat taken', `${whose} One person fills one seat.`);
}

function notTheirs(
  change: UnderReview,
  stage: Stage,
  open: Seat[],
  person: PersonId,
  holders: Holders,
): Refusal {
  const of = (seat: Seat) => holdingsOf(person, seat, barredFrom(stage, change), holders, isLate(change));
  const used = open.flatMap(of).find((holding) => holding.for)?.for;
  if (used) {
    const why = `<@${used}>, for whom you stand in, has already decided on ${change.number}.`;
    return new Refusal('seat taken', `${why} One person fills one seat.`);
  }
  const took = stage.seats.find((seat) => of(seat).length > 0);
  const by = took && decisionFor(change, stage.id, took.id)?.by;
  if (by) return new Refusal('seat taken', `<@${by}> has already decided as ${took.title}.`);
  const who = open.map((seat) => seat.title).join(', ');
  return new Refusal('not your role', `${stage.title} is for: ${who}. You do not hold that role now.`);
}
