import { type Holders, rightOf } from '../change/holders.ts';
import type { Actor, PersonId, Right } from '../change/types.ts';
import type { Policy } from '../policy/schema.ts';
import type { Membership } from './types.ts';

/** What the rules of the workspace need to know from outside. */
export interface WorkspaceFacts {
  policy: Policy;
  holders: Holders;
  /** Admins of the Slack workspace who are active. */
  admins: readonly PersonId[];
  /** Whether somebody is an active member who can decide: no guest, no bot. */
  isActive(person: PersonId): boolean;
  /** Of the user groups, as far as the command is about them, who is in them. */
  groups: readonly Membership[];
}

/** Workspace admins, and those who hold the overseer's role. */
export function mayOversee(person: Actor, facts: WorkspaceFacts): boolean {
  return person === 'docket' || overseesAs(person, facts) !== undefined;
}

/** No role of a policy is called so, since there is a space in it. */
const ADMIN = 'workspace admin';

/** In which role somebody may do this for others; nothing if they may not. */
export function overseesAs(person: Actor, { policy, holders, admins }: WorkspaceFacts): Right | undefined {
  const right = rightOf(person, { roles: [policy.overseer] }, [], holders);
  return right ?? (admins.includes(person) ? { role: ADMIN } : undefined);
}
