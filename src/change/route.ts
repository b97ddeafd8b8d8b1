import { FIELD_IDS } from '../policy/fields.ts';
import type { Category, Policy } from '../policy/schema.ts';
import { candidates, type Holders, withStandIns } from './holders.ts';
import type { Decision, Filed, PersonId, Proposal, Seat, Stage } from './types.ts';

/** The stages of a category, copied so that a later policy cannot alter a running approval. */
export function routeOf(policy: Policy, category: Category): Stage[] {
  return policy.categories[category].stages.map((stage) => ({
    ...stage,
    // Who is asked to review is not part of what is reviewed.
    material: stage.material === 'all' ? FIELD_IDS.filter((field) => field !== 'reviewer') : stage.material,
  }));
}

/** Whether a stage is on the road of this text: security only reviews what is ticked as security-related. */
export function applies(stage: Stage, proposal: Proposal): boolean {
  return !stage.when || (proposal.reviews ?? []).includes(stage.when);
}

/** Those whom the change asks for a seat: the one the requester named, where they may fill it, else all. */
export function askedFor(
  seat: Seat,
  change: Pick<Filed, 'requester' | 'proposal'>,
  holders: Holders,
): PersonId[] {
  const able = candidates(seat, change.requester, holders);
  const named = seat.namedBy && change.proposal[seat.namedBy];
  return named && able.includes(named) ? withStandIns([named], seat, change.requester, holders) : able;
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

/**
 * Where a stage of a change stands. Reviews need every seat and one rejection ends them. A vote is decided as
 * soon as the votes still to come cannot turn it, once the quorum has voted; a tie is the chair's to break, and
 * without the chair's approval it rejects (guide, "Change Advisory Board").
 */
export function standing(
  stage: Stage,
  change: Pick<Filed, 'decisions' | 'opened'>,
): 'open' | 'passed' | 'rejected' {
  const decisions = change.decisions.filter((decision) => decision.stage === stage.id);
  const count = (verdict: Decision['verdict']) => decisions.filter((d) => d.verdict === verdict).length;
  const [yes, no] = [count('approve'), count('reject')];
  if (stage.kind !== 'vote') {
    if (no > 0) return 'rejected';
    return stage.seats.every((seat) => decisions.some((d) => d.seat === seat.id)) ? 'passed' : 'open';
  }
  if (decisions.length < (stage.quorum ?? stage.seats.length)) return 'open';
  const voters = change.opened[stage.id]?.voters ?? stage.seats.length;
  const toCome = Math.max(0, voters - decisions.length);
  const chair = decisions.find((d) => d.seat === stage.chair)?.verdict;
  if (yes > no + toCome || (yes === no + toCome && chair === 'approve')) return 'passed';
  if (no > yes + toCome || (no === yes + toCome && chair && chair !== 'approve')) return 'rejected';
  return toCome > 0 ? 'open' : 'rejected';
}
