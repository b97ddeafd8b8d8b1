import type { Actor, Instant } from '../change/types.ts';

/** What the workspace has chosen for itself: who holds which role, and where changes are announced. */
export interface Workspace {
  /** Number of events so far. */
  seq: number;
  /** Role id to people (U…) and user groups (S…). */
  roles: Record<string, string[]>;
  /** Id of the channel that changes are announced in. */
  announceIn?: string;
}

type EventBody =
  | { type: 'RoleAssigned'; role: string; holders: string[] }
  | { type: 'ChannelChosen'; use: 'announceIn'; channel: string };

/** Kept in the record like everything that decides who may decide. */
export type WorkspaceEvent = EventBody & { by: Actor; at: Instant };

/** Part of a set-up; what is not named stays as it is. */
export interface Setup {
  roles?: Record<string, string[]>;
  announceIn?: string;
}

export type WorkspaceIntent = { type: 'SetUp'; setup: Setup };
export type WorkspaceCommand = WorkspaceIntent & { by: Actor; at: Instant };
