import type { Holders } from './route.ts';
import type { Actor, Instant, PersonId } from './types.ts';

/** What was set up for the whole workspace: kept in the record like everything that decides who may decide. */
export type SetupEvent = { by: Actor; at: Instant } & (
  | { type: 'RoleAssigned'; role: string; holders: string[] }
  | { type: 'ChannelChosen'; use: 'announceIn'; channel: string }
);

/** Whether somebody may run the set-up: workspace admins, and those who hold the overseer's role. */
export function maySetUp(
  person: { id: PersonId; isAdmin: boolean },
  overseer: string,
  holders: Holders,
): boolean {
  return person.isAdmin || (holders.get(overseer) ?? []).includes(person.id);
}
