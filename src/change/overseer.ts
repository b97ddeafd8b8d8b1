import type { Facts } from './facts.ts';
import { inRole, rightOf } from './holders.ts';
import { Refusal } from './refusal.ts';
import type { Actor, Change, PersonId, Right } from './types.ts';

/** The right in which somebody oversees changes; nothing if they do not. */
export function overseerAs(
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
  person: Actor,
): Right | undefined {
  return rightOf(person, { roles: [policy.overseer] }, [], holders);
}

/** Whether somebody holds the role that keeps changes moving: the change manager's. */
export function isOverseer(facts: Pick<Facts, 'policy' | 'holders'>, person: Actor): boolean {
  return overseerAs(facts, person) !== undefined;
}

/** Those who oversee changes, without who hears of it anyway. */
export function overseersBut(
  heard: readonly Actor[],
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
): PersonId[] {
  return inRole(holders, policy.overseer).filter((person) => !heard.includes(person));
}

/** What the policy calls that role, within a sentence. */
export function overseerTitle({ policy }: Pick<Facts, 'policy'>): string {
  return (policy.roles[policy.overseer] ?? policy.overseer).toLowerCase();
}

/**
 * The right in which somebody oversees this change: never their own, nor in the right of whoever filed it. Where the
 * change manager did, a deputy steps in.
 */
export function overseesAs(
  { requester }: Pick<Change, 'requester'>,
  person: Actor,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
): Right | undefined {
  return rightOf(person, { roles: [policy.overseer] }, [requester], holders);
}

/**
 * The same, for what nobody else may do.
 * @throws {Refusal} for anybody else
 */
export function checkOversees(change: Change, by: Actor, facts: Facts, what: string): Right {
  if (by === change.requester)
    throw new Refusal('own change', `You filed this change, so somebody else has to ${what}.`);
  const right = overseesAs(change, by, facts);
  if (right) return right;
  throw new Refusal('not your role', `Only the ${overseerTitle(facts)} can ${what}.`);
}
