import type { Effect } from '../effects.ts';
import { implementerOf } from '../execution-plan.ts';
import { note, redraw, toThread } from '../plain-effects.ts';
import type { SchedulingEvent } from '../scheduling.ts';
import type { Change, ChangeEvent, PersonId } from '../types.ts';
import { expiry, windowTimers } from './aftermath.ts';
import { stakeholders } from './stakeholders.ts';

/** What is told of a change's place in the calendar, and to whom. */
export function schedulingEffects(event: Extract<ChangeEvent, SchedulingEvent>, change: Change): Effect[] {
  switch (event.type) {
    case 'Scheduled': {
      const { at, expiresAt } = event;
      // Where it comes with the approval, the note of that says so.
      const justApproved = 'approvedAt' in change && change.approvedAt === at;
      return [
        toThread,
        ...(justApproved ? [] : owners(change).map(note)),
        ...windowTimers(change, ['day before', 'hour before', 'start', 'end'], at),
        ...expiry(change, expiresAt),
        ...stakeholders(change),
        redraw,
      ];
    }
    case 'Unscheduled':
    case 'Caught':
      return [
        toThread,
        ...everybody([...owners(change), ...event.exempters]),
        // They were told when it would be.
        ...(event.lost ? stakeholders(change, event.exempters) : []),
        // The timer of a window that an edit has moved rings for nothing, and this one has none of its own yet.
        ...('expiresAt' in event &&
        event.expiresAt !== undefined &&
        event.lost?.endsAt !== change.proposal.endsAt
          ? expiry(change, event.expiresAt)
          : []),
        redraw,
      ];
    case 'FreezeLifted':
      return [toThread, ...owners(change).map(note), redraw];
    case 'Exempted':
      return [toThread, ...everybody(owners(change).filter((person) => person !== event.by)), redraw];
    default:
      return event satisfies never;
  }
}

function everybody(people: readonly PersonId[]): Effect[] {
  return [...new Set(people)].map(note);
}

/** Those whose change it is: who asked for it, and who carries it out. */
function owners(change: Change): PersonId[] {
  return [...new Set([change.requester, implementerOf(change)])];
}
