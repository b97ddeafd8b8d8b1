import { filed } from '../filed.ts';
import type { SchedulingEvent } from '../scheduling.ts';
import type { Change, ChangeEvent, EventOf } from '../types.ts';
import { sameForTime } from '../window-rules.ts';

/** What a change is after something has happened to its place in the calendar. @throws when it cannot follow */
export function placed(change: Change, event: Extract<ChangeEvent, SchedulingEvent>): Change {
  switch (event.type) {
    case 'Scheduled':
      return scheduled(change, event);
    case 'Unscheduled':
      return { ...waiting(change, event), against: event.against };
    case 'Caught': {
      const { id, kind } = event.freeze;
      const caught = [...(change.caught ?? []).filter((each) => each.id !== id), { id, kind }];
      if (change.status !== 'approved' && change.status !== 'scheduled') return { ...change, caught };
      return { ...waiting(change, event), caught, against: event.against };
    }
    case 'FreezeLifted':
      return { ...change, caught: (change.caught ?? []).filter(({ id }) => id !== event.freeze.id) };
    case 'Exempted': {
      const { type: _, ...exemption } = event;
      return { ...change, exemptions: [...(change.exemptions ?? []), exemption] };
    }
    default:
      return event satisfies never;
  }
}

function scheduled(change: Change, { startsAt, endsAt }: EventOf<'Scheduled'>): Change {
  const { against: _, ...rest } = waiting(change, { type: 'Scheduled' });
  return { ...rest, status: 'scheduled', startsAt, endsAt };
}

function waiting(change: Change, event: { type: string }): Change & { status: 'approved' } {
  if (change.status !== 'approved' && change.status !== 'scheduled')
    throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
  const { approvedAt, startBy, prepared, told, saidAgain } = change;
  const against = change.status === 'approved' ? change.against : undefined;
  return {
    ...{ ...filed(change), status: 'approved', approvedAt, prepared, told },
    ...(startBy !== undefined && { startBy }),
    ...(saidAgain !== undefined && { saidAgain }),
    ...(against && { against }),
  };
}

/**
 * After an edit of what a window is held against, an approved change has its place no more until it has been
 * checked anew; a window that was moved is told anew.
 */
export function unplaced(change: Change, before: Change): Change {
  if ((change.status !== 'approved' && change.status !== 'scheduled') || sameForTime(change, before))
    return change;
  const { against: _, ...rest } = waiting(change, { type: 'Edited' });
  return { ...rest, told: change.proposal.startsAt === before.proposal.startsAt ? rest.told : [] };
}
