import type { FieldId } from '../../policy/fields.ts';
import { type Category, fieldsOf, type Policy } from '../../policy/schema.ts';
import type { Duty } from '../aftermath.ts';
import type { Window } from '../phases.ts';
import type { ChangeEvent, Decision, EventOf, Instant, PersonId, Proposal, Stage } from '../types.ts';

/**
 * What auditors write up when they find it, each with what it is called. The rules let none of the first seven happen;
 * they are looked for all the same, in what was recorded and not in what was concluded from it.
 */
export const EXCEPTIONS = {
  selfApproved: 'Approved by whoever asked for it',
  approvedByImplementer: 'Approved by whoever carried it out, where that is closed to them',
  unapproved: 'Carried out without an approval that stood',
  approvedLate: 'Approved after the start',
  outsideWindow: 'Started outside its window',
  selfVerified: 'Verified by whoever asked for it or carried it out',
  blankImpact: 'Approved with a blank impact field',
  lateDecision: 'Not decided in time',
  unreviewedEmergency: 'Emergency that the board did not review in time',
  lateRetrospective: 'Retrospective not held in time',
  lateVerification: 'Result not verified in time',
} as const;

export type ExceptionId = keyof typeof EXCEPTIONS;

/** One of them, and when it came to be: with what was done, or when the time was up. */
interface Exception {
  of: ExceptionId;
  at: Instant;
}

/** What is known of a change at one event of its record, of what the checks need. */
interface Known {
  requester?: PersonId;
  category: Category;
  proposal: Proposal;
  route: readonly Stage[];
  /** Its approval stands. */
  approved: boolean;
  window?: Window;
  /** Who has carried it out, or a part of it. */
  implementers: PersonId[];
  started: boolean;
  /** The approvals that stand in stages that are closed to whoever carries it out. */
  closed: (Pick<Decision, 'stage' | 'seat'> & { people: PersonId[]; at: Instant })[];
}

const IMPACT: ReadonlySet<FieldId> = new Set<FieldId>([
  ...(['userImpact', 'systemImpact', 'businessImpact', 'assessment'] as const),
]);

/**
 * Every exception in the record of a change, in the order in which it says so.
 * @param events the whole record, as it was written: nothing of it is taken for granted
 * @param now what is not done by then and late is an exception from its deadline on
 */
export function exceptionsIn(events: readonly ChangeEvent[], policy: Policy, now: Instant): Exception[] {
  const found: Exception[] = [];
  let known: Known = {
    category: 'normal',
    proposal: {},
    route: [],
    approved: false,
    implementers: [],
    started: false,
    closed: [],
  };
  for (const [i, event] of events.entries()) {
    found.push(...atOnce(known, event, policy));
    known = after(known, event);
    if (event.type === 'Finished' || event.type === 'RolledBack' || event.type === 'Verified')
      found.push(...leftUndone(known, event, events.slice(i + 1), now));
  }
  const closed = known.closed.filter(({ people }) => meet(people, known.implementers));
  found.push(...closed.map(({ at }): Exception => ({ of: 'approvedByImplementer', at })));
  return [...found, ...undecided(events, now)];
}

/**
 * Each time that was up before it was approved or rejected, whether or not it has been since (NIST SP 800-53,
 * CM-3(1)c): that of its whole road, which begins anew where it is reclassified, and is longer where the board puts it
 * off in time.
 */
function undecided(events: readonly ChangeEvent[], now: Instant): Exception[] {
  const found: Exception[] = [];
  let due: Instant | undefined;
  const look = (at: Instant) => {
    if (due === undefined || at <= due) return;
    found.push({ of: 'lateDecision', at: due });
    due = undefined;
  };
  for (const event of events) {
    look(event.at);
    if (event.type === 'Submitted' || event.type === 'Reclassified') due = event.dueAt;
    if (event.type === 'Deferred' && due !== undefined) due = event.dueAt;
    const over =
      event.type === 'ChangeApproved' || event.type === 'ChangeRejected' || event.type === 'Withdrawn';
    if (over) due = undefined;
  }
  look(now);
  return found;
}

/** What an event shows in the moment in which it is recorded. */
function atOnce(known: Known, event: ChangeEvent, policy: Policy): Exception[] {
  const when = (is: boolean, of: ExceptionId): Exception[] => (is ? [{ of, at: event.at }] : []);
  switch (event.type) {
    case 'Decided':
      if (event.verdict !== 'approve') return [];
      return [
        ...when(meet(handsOf(event), [known.requester]), 'selfApproved'),
        ...when(known.started, 'approvedLate'),
      ];
    case 'ChangeApproved':
      return [...when(known.started, 'approvedLate'), ...when(isBlank(known, policy), 'blankImpact')];
    case 'Started':
      return [
        ...when(!known.approved, 'unapproved'),
        ...when(known.window !== undefined && !isIn(known.window, event.at), 'outsideWindow'),
      ];
    case 'Verified':
      return when(meet(handsOf(event), [known.requester, ...known.implementers]), 'selfVerified');
    default:
      return [];
  }
}

/** What is owed from the end of the implementation on, or from the verification on, and was not done by its deadline. */
function leftUndone(
  { category }: Known,
  { type, duties = {}, at }: EventOf<'Finished' | 'RolledBack' | 'Verified'>,
  later: readonly ChangeEvent[],
  now: Instant,
): Exception[] {
  const late = (
    of: ExceptionId,
    duty: Pick<Duty, 'deadline'> | undefined,
    done: ChangeEvent['type'],
  ): Exception[] => {
    if (!duty || duty.deadline >= now) return [];
    const first = later.find(({ type }) => type === done);
    return first && first.at <= duty.deadline ? [] : [{ of, at: duty.deadline }];
  };
  // An emergency of which nobody owes a review is none the better for it.
  const unasked = category === 'emergency' && type !== 'Verified' ? { deadline: at } : undefined;
  const review = duties.boardReview ?? unasked;
  return [
    ...late('unreviewedEmergency', review, 'EmergencyReviewed'),
    ...late('lateRetrospective', duties.retrospective, 'RetrospectiveHeld'),
    ...late('lateVerification', duties.verification, 'Verified'),
  ];
}

function after(known: Known, event: ChangeEvent): Known {
  switch (event.type) {
    case 'Submitted':
      return { ...known, ...aboutOf(event), requester: event.by };
    case 'Reclassified': {
      const { window: _, ...rest } = known;
      return { ...rest, ...aboutOf(event), approved: false, closed: [] };
    }
    case 'Edited': {
      const edited = { ...(event.lost ? unplaced(known) : known), proposal: event.proposal };
      return { ...edited, closed: without(known, event.voided) };
    }
    case 'RiskSet':
      return { ...known, closed: without(known, event.voided) };
    case 'Decided':
      return { ...known, closed: [...without(known, [event]), ...closedTo(known, event)] };
    case 'StageOpened':
      return { ...known, approved: false, closed: known.closed.filter(({ stage }) => stage !== event.stage) };
    case 'Returned':
      return { ...known, approved: false };
    case 'ChangeApproved':
      return { ...known, approved: true };
    case 'Scheduled':
      return { ...known, window: { startsAt: event.startsAt, endsAt: event.endsAt } };
    case 'Unscheduled':
    case 'Caught':
      return event.lost ? unplaced(known) : known;
    case 'Started':
      return { ...known, started: true, implementers: [...known.implementers, event.by] };
    case 'HandedOver':
      // Before the start nobody has carried out anything.
      if (!known.started) return known;
      return { ...known, implementers: [...known.implementers, event.from, event.to] };
    default:
      return known;
  }
}

function aboutOf({ category, proposal, route }: EventOf<'Submitted' | 'Reclassified'>) {
  return { category, proposal, route };
}

function unplaced({ window: _, ...known }: Known): Known {
  return known;
}

/** Whose decision it is: whoever made it, and whose right they used. */
function handsOf(event: { by: string; for?: PersonId }): PersonId[] {
  return [event.by, ...(event.for ? [event.for] : [])];
}

/** An approval where whoever carries it out has no say. */
function closedTo({ route }: Known, event: EventOf<'Decided'>): Known['closed'] {
  const { stage, seat, verdict, at } = event;
  const closed = route.some(({ id, notByImplementer }) => id === stage && notByImplementer);
  return closed && verdict === 'approve' ? [{ stage, seat, people: handsOf(event), at }] : [];
}

function without({ closed }: Known, seats: readonly Pick<Decision, 'stage' | 'seat'>[]): Known['closed'] {
  return closed.filter((one) => !seats.some(({ stage, seat }) => one.stage === stage && one.seat === seat));
}

/** Whether something of the impact that its category asks for says nothing. */
function isBlank({ category, proposal }: Known, policy: Policy): boolean {
  const { required } = policy.categories[category];
  return fieldsOf(policy, category)
    .filter((field) => IMPACT.has(field) && required.includes(field))
    .some((field) => saysNothing(proposal[field]));
}

/** Nothing, signs alone, or one of the words that stand where nobody has written anything. */
function saysNothing(value: Proposal[FieldId]): boolean {
  if (value === undefined) return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return !/[\p{L}\p{N}]/u.test(String(value)) || /^\W*(?:n\/?a|tbd|todo|x+)\W*$/i.test(String(value));
}

function isIn({ startsAt, endsAt }: Window, at: Instant): boolean {
  return startsAt <= at && at < endsAt;
}

function meet(some: readonly string[], others: readonly (string | undefined)[]): boolean {
  return some.some((one) => others.includes(one));
}
