import type { Actor, Instant, PersonId, Right } from '../change/types.ts';
import type { BoardTime } from '../policy/board.ts';

/** Somebody stands in for somebody else in all their roles, from `startsAt` until before `endsAt`. */
export interface Delegation {
  id: string;
  from: PersonId;
  to: PersonId;
  startsAt: Instant;
  endsAt: Instant;
  words?: string;
}

/**
 * What the workspace has chosen for itself: who holds which role, who stands in, where changes are announced, when the
 * board meets.
 */
export interface Workspace {
  /** Number of events so far. */
  seq: number;
  /** Role id to people (U…) and user groups (S…). */
  roles: Record<string, string[]>;
  deputies: Record<string, string[]>;
  /** Id of the channel that changes are announced in. */
  announceIn?: string;
  /** Id of the channel that the board meets in. */
  board?: string;
  /** Instead of the policy's day and hour. */
  boardMeets?: BoardTime;
  /** Of each user group that holds a role or has held one, who in it counts, as far as it has been seen. */
  groups: Record<string, PersonId[]>;
  /** Who has set something up last, and the number of that event. */
  lastSetUp?: { by: Actor; seq: number };
  /** Those that have not ended; `began` once both have been told. */
  delegations: (Delegation & { began?: true })[];
}

/** Who is in a user group, as Slack says: guests and people who left too. */
export interface Membership {
  group: string;
  members: readonly PersonId[];
}

/** In which role somebody did it for others, as held then, and whom they stood in for; neither where it was their own, and in old records. */
type InRole = Partial<Right>;

type EventBody =
  | { type: 'RoleAssigned'; role: string; holders: string[] }
  | { type: 'DeputiesAssigned'; role: string; holders: string[] }
  | { type: 'ChannelChosen'; use: 'announceIn' | 'board'; channel: string }
  | { type: 'MeetingTimeChosen'; meets: BoardTime }
  /** Addresses of the calendar feed that were given out before have stopped working. The key is a secret, so it is not said. */
  | { type: 'FeedKeyRenewed' }
  | ({ type: 'Delegated' } & Delegation & InRole)
  | { type: 'DelegationBegan'; delegation: Delegation }
  | ({ type: 'DelegationEnded'; delegation: Delegation; revoked: boolean } & InRole)
  /** Somebody left the workspace; `emptied` are the roles in which nobody is left, `tell` those who must know. */
  | { type: 'PersonGone'; person: PersonId; roles: string[]; emptied: string[]; tell: PersonId[] }
  /**
   * Who came into a user group that holds a role, or went, of those who count; as it is seen for the first time, all who
   * are in it. Many are told in several, of the same instant.
   */
  | { type: 'GroupSeen'; group: string; joined: PersonId[]; left: PersonId[] }
  /** Somebody tried what they may not do. */
  | { type: 'SetUpRefused'; command: WorkspaceIntent['type']; code: string; sentence: string }
  | ({ type: 'AttemptRefused' } & Attempt);

/** What somebody tried, and may not, with what may not even be there. `of`: the stream that they meant. */
export interface Attempt {
  of: string;
  command: string;
  code: string;
  sentence: string;
}

/** Kept in the record like everything that decides who may decide. */
export type WorkspaceEvent = EventBody & { by: Actor; at: Instant };

/** Part of a set-up; what is not named stays as it is. */
export interface Setup {
  /** The number of the last event of setting up that it was made from; without it, it is not said. */
  seen?: number;
  roles?: Record<string, string[]>;
  deputies?: Record<string, string[]>;
  announceIn?: string;
  board?: string;
  boardMeets?: BoardTime;
}

export type WorkspaceIntent =
  | { type: 'SetUp'; setup: Setup }
  | { type: 'RenewFeedKey' }
  | { type: 'Delegate'; delegation: Delegation }
  | { type: 'RevokeDelegation'; id: string }
  /** A delegation's first or last moment has come. */
  | { type: 'TurnDelegation'; id: string }
  | { type: 'NoticeGone'; person: PersonId }
  /** The rules of something else have refused it. */
  | ({ type: 'PutDownAttempt' } & Attempt)
  /** As Slack says that they are; without `groups`, as they are stored, since somebody counts who did not or the reverse. */
  | { type: 'SeeGroups'; groups?: readonly Membership[] };
export type WorkspaceCommand = WorkspaceIntent & { by: Actor; at: Instant };
export type WorkspaceCommandOf<T extends WorkspaceIntent['type']> = Extract<WorkspaceCommand, { type: T }>;
