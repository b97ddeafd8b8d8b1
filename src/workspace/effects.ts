import type { Effect } from '../change/effects.ts';
import type { Instant, PersonId } from '../change/types.ts';
import type { WorkspaceEvent, WorkspaceIntent } from './types.ts';

/** Every open change asks once more whom it should ask, after something has changed for all of them. */
export interface AskAround {
  type: 'AskAround';
}

/** The times of all posts are worked out anew, because one of them comes at another time from now on. */
export interface PlanPosts {
  type: 'PlanPosts';
}

type WorkspaceEffect = Effect<never, WorkspaceIntent | AskAround | PlanPosts>;

const note = (to: PersonId): WorkspaceEffect => ({ do: 'note', to });
const askAround = (at: Instant): WorkspaceEffect => ({ do: 'timer', at, intent: { type: 'AskAround' } });

/** What must happen because of something that was set up: who is told, and what comes by itself. */
export function workspaceEffects(event: WorkspaceEvent): WorkspaceEffect[] {
  switch (event.type) {
    case 'RoleAssigned':
    case 'DeputiesAssigned':
      return [askAround(event.at)];
    case 'ChannelChosen':
    case 'FeedKeyRenewed':
    case 'SetUpRefused':
    case 'AttemptRefused':
      return [];
    case 'MeetingTimeChosen':
      return [{ do: 'timer', at: event.at, intent: { type: 'PlanPosts' } }];
    case 'Delegated': {
      const turn = (at: Instant): WorkspaceEffect => ({
        do: 'timer',
        at,
        intent: { type: 'TurnDelegation', id: event.id },
      });
      return [note(event.from), note(event.to), turn(event.startsAt), turn(event.endsAt)];
    }
    case 'DelegationBegan':
    case 'GroupSeen':
      return [askAround(event.at)];
    case 'DelegationEnded':
      return [note(event.delegation.from), note(event.delegation.to), askAround(event.at)];
    case 'PersonGone':
      return [...event.tell.map(note), askAround(event.at)];
    default:
      return event satisfies never;
  }
}
