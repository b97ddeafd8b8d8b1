import type { Facts } from './facts.ts';
import { inRole } from './holders.ts';
import { Refusal } from './refusal.ts';
import type { Actor, Change } from './types.ts';

/** Whether somebody holds the role that keeps changes moving: the change manager's. */
export function isOverseer({ policy, holders }: Pick<Facts, 'policy' | 'holders'>, person: Actor): boolean {
  return inRole(holders, policy.overseer).includes(person);
}

/** What the policy calls that role, within a sentence. */
export function overseerTitle({ policy }: Pick<Facts, 'policy'>): string {
  return (policy.roles[policy.overseer] ?? policy.overseer).toLowerCase();
}

/** @throws {Refusal} unless this person oversees changes, and this one is not their own */
export function checkOversees(change: Change, by: Actor, facts: Facts, what: string): void {
  if (by === change.requester)
    throw new Refusal('own change', `You filed this change, so somebody else has to ${what}.`);
  if (isOverseer(facts, by)) return;
  throw new Refusal('not your role', `Only the ${overseerTitle(facts)} can ${what}.`);
}
