import { type Holders, inRole } from '../change/holders.ts';
import type { Actor, PersonId } from '../change/types.ts';
import type { Policy } from '../policy/schema.ts';

/** What the rules of the workspace need to know from outside. */
export interface WorkspaceFacts {
  policy: Policy;
  holders: Holders;
  /** Admins of the Slack workspace who are active. */
  admins: readonly PersonId[];
  /** Whether somebody is an active member who can decide: no guest, no bot. */
  isActive(person: PersonId): boolean;
}

/** Workspace admins, and those who hold the overseer's role. */
export function mayOversee(person: Actor, { policy, holders, admins }: WorkspaceFacts): boolean {
  return person === 'docket' || admins.includes(person) || inRole(holders, policy.overseer).includes(person);
}
