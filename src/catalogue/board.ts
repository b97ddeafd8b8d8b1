import type { Facts } from '../change/facts.ts';
import { candidates, inRole, rightInOneOf } from '../change/holders.ts';
import { overseerTitle } from '../change/overseer.ts';
import { Refusal } from '../change/refusal.ts';
import { routeOf } from '../change/route.ts';
import type { Actor, PersonId, Right, Stage } from '../change/types.ts';
import type { Template, Version } from './types.ts';

/** The board that votes on the catalogue's templates. @throws {Refusal} where the policy has none */
export function boardOf({ policy }: Facts): Stage {
  const approval = policy.catalogue?.approval;
  const stage = approval && routeOf(policy, approval.category).find(({ id }) => id === approval.stage);
  if (stage) return stage;
  throw new Refusal('not now', 'The policy has no catalogue, so nothing can be agreed beforehand.');
}

/** Those who have spoken, or were stood in for, and so have no vote any more. */
export function spokenOn({ votes }: Pick<Version, 'votes'>): Set<PersonId> {
  return new Set(votes.flatMap((vote) => (vote.for ? [vote.by, vote.for] : [vote.by])));
}

/** Whether the time of a vote is up: then deputies may vote as well. */
export function isLate({ reminded = 0 }: Pick<Version, 'reminded'>): boolean {
  return reminded >= 100;
}

/** Those whose vote on a version is still to come. */
export function stillToVote(version: Version, { holders }: Pick<Facts, 'holders'>): PersonId[] {
  const { board, votes, proposer } = version;
  const spoken = spokenOn(version);
  const open = board.seats.filter(({ id }) => !votes.some((vote) => vote.seat === id));
  const able = open.flatMap((seat) => candidates(seat, proposer, holders, isLate(version)));
  return [...new Set(able)].filter((person) => !spoken.has(person));
}

/**
 * The right in which somebody keeps the catalogue in order: the overseer's, or that of the chair of its board.
 * @param barred in whose right nobody does
 */
export function keeperAs(by: Actor, facts: Facts, barred: readonly PersonId[] = []): Right | undefined {
  return rightInOneOf([facts.policy.overseer, ...chairRoles(facts)], by, barred, facts.holders);
}

/** What those are called, within a sentence. */
export function keeperTitle(facts: Facts): string {
  return `${overseerTitle(facts)} and the chair of the board`;
}

/** All who must know when something of the catalogue fails: its board, who oversees changes, and its owner. */
export function concerned({ owner }: Template, facts: Facts): PersonId[] {
  const { policy, holders } = facts;
  const seats = boardOf(facts).seats.flatMap((seat) => candidates(seat, [], holders));
  return [...new Set([owner, ...inRole(holders, policy.overseer), ...seats])];
}

function chairRoles(facts: Facts): string[] {
  if (!facts.policy.catalogue) return [];
  const { seats, chair } = boardOf(facts);
  return seats.filter(({ id }) => id === chair).flatMap(({ roles }) => roles);
}
