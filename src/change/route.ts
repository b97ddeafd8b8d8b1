import { FIELD_IDS } from '../policy/fields.ts';
import type { Category, Policy } from '../policy/schema.ts';
import { implementerOf } from './execution-plan.ts';
import { candidates, type Holders, inRole, withStandIns } from './holders.ts';
import type { Filed, PersonId, Proposal, Seat, Stage } from './types.ts';
import { roundOf, type Standing, voteStands } from './voting.ts';

/** The stages of a category, copied so that a later policy cannot alter a running approval. */
export function routeOf(policy: Policy, category: Category): Stage[] {
  return policy.categories[category].stages.map((stage) => ({
    ...stage,
    seats: stage.seats.map((seat) => (seat.askOwners ? { ...seat, owners: ownersIn(policy) } : seat)),
    // Who is asked to review is not part of what is reviewed.
    material: stage.material === 'all' ? FIELD_IDS.filter((field) => field !== 'reviewer') : stage.material,
  }));
}

function ownersIn({ systems }: Policy): Record<string, string> {
  return Object.fromEntries(
    Object.entries(systems).flatMap(([id, { owner }]) => (owner ? [[id, owner]] : [])),
  );
}

/** Whether a stage is on the road of this text: security only reviews what is ticked as security-related. */
export function applies(stage: Stage, proposal: Proposal): boolean {
  return !stage.when || (proposal.reviews ?? []).includes(stage.when);
}

/**
 * A stage's part of the clock: its share, or less where those of the stages on the road come to more than the whole, so
 * that none of them begins when the time of the change is over.
 * @returns from 0 to 1
 */
export function shareOf(
  { share }: Pick<Stage, 'share'>,
  { route, reviewed }: Pick<Filed, 'route' | 'reviewed'>,
): number {
  const all = route.filter((stage) => applies(stage, reviewed)).reduce((sum, each) => sum + each.share, 0);
  return share / Math.max(1, all);
}

/** Who has no say in a stage of this change: its requester, and where the stage says so who carries it out. */
export function barredFrom(stage: Stage, change: Pick<Filed, 'requester' | 'proposal'>): PersonId[] {
  return stage.notByImplementer ? [change.requester, implementerOf(change)] : [change.requester];
}

/**
 * Those whom the change asks for a seat: the one the requester named, where they may fill it; where the seat says so,
 * who owns a system that it touches; else all.
 */
export function askedFor(
  seat: Seat,
  stage: Stage,
  change: Pick<Filed, 'requester' | 'proposal'>,
  holders: Holders,
): PersonId[] {
  const barred = barredFrom(stage, change);
  const able = candidates(seat, barred, holders);
  const named = seat.namedBy && change.proposal[seat.namedBy];
  if (named && able.includes(named)) return withStandIns([named], seat, barred, holders);
  const owners = ownersOf(seat, change.proposal, holders).filter((person) => able.includes(person));
  return owners.length > 0 ? withStandIns(owners, seat, barred, holders) : able;
}

function ownersOf({ owners, roles }: Seat, { systems = [] }: Proposal, holders: Holders): PersonId[] {
  const theirs = systems.flatMap((system) => owners?.[system] ?? []).filter((role) => roles.includes(role));
  return [...new Set(theirs.flatMap((role) => inRole(holders, role)))];
}

/** How many of these seats can be filled at once by different people (maximum bipartite matching). */
export function fillable(seats: readonly (readonly PersonId[])[]): number {
  const heldBy = new Map<PersonId, number>();
  const place = (seat: number, tried: Set<PersonId>): boolean =>
    (seats[seat] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const other = heldBy.get(person);
      if (other !== undefined && !place(other, tried)) return false;
      heldBy.set(person, seat);
      return true;
    });
  return seats.filter((_, seat) => place(seat, new Set())).length;
}

/** Where a stage of a change stands. Reviews need every seat, and one rejection ends them; a board votes. */
export function standing(stage: Stage, change: Pick<Filed, 'decisions' | 'opened'>): Standing {
  const decisions = change.decisions.filter((decision) => decision.stage === stage.id);
  if (stage.kind === 'vote') return voteStands(stage, decisions, roundOf(stage, change.opened));
  if (decisions.some(({ verdict }) => verdict === 'reject')) return 'rejected';
  return stage.seats.every((seat) => decisions.some((d) => d.seat === seat.id)) ? 'passed' : 'open';
}
