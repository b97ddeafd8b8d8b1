import { withAction } from '../change/evolve/aftermath.ts';
import { rightIn } from '../change/holders.ts';
import { moved } from './agenda.ts';
import type { Item, Meeting, MeetingEvent, MeetingEventOf } from './types.ts';

/**
 * What a meeting is after one more event.
 * @throws when the event cannot follow what came before: the record is broken
 */
export function evolveMeeting(meeting: Meeting | undefined, event: MeetingEvent, id: string): Meeting {
  if (event.type === 'AgendaDrawn') return drawn(event, id);
  if (!meeting) throw new Error(`${event.type} before AgendaDrawn in ${id}`);
  const next = { ...meeting, seq: meeting.seq + 1 };
  switch (event.type) {
    case 'AgendaUpdated':
      return { ...next, items: event.items, early: event.early };
    case 'ItemAdded': {
      const removed = next.removed.filter((one) => one !== event.item.id);
      const off = next.off?.filter(({ id }) => id !== event.item.id);
      return { ...next, ...(off && { off }), removed, items: [...next.items, event.item] };
    }
    case 'ItemMoved': {
      const items = moved(next.items, event.item, event.to);
      return event.to === 'off' ? takenOff({ ...next, items }, event, meeting.items) : { ...next, items };
    }
    case 'MeetingReminded':
      return { ...next, reminded: true };
    case 'MeetingOpened':
      return {
        ...{ ...next, status: 'open', openedAt: event.at, attendance: present(next, event.by) },
        ...(event.role !== undefined && { opened: { by: event.by, ...rightIn(event) } }),
      };
    case 'ItemCalled':
      return { ...next, current: event.item };
    case 'Attended':
      return { ...next, attendance: present(next, event.by) };
    case 'Remarked': {
      const { remark, item, by, at, words } = event;
      return { ...next, remarks: [...next.remarks, { id: remark, item, by, at, words }] };
    }
    case 'ActionAdded':
    case 'ActionCompleted':
    case 'ActionChased':
      return { ...next, actions: withAction(next.actions, event) };
    case 'MeetingClosed': {
      const { by, at, minutes, attendance } = event;
      const { current: _, ...over } = next;
      return { ...over, status: 'closed', attendance, closed: { by, at, ...rightIn(event), minutes } };
    }
    case 'MeetingSkipped':
      return { ...next, status: 'skipped', skipped: event.why };
    default:
      return event satisfies never;
  }
}

function drawn(event: MeetingEventOf<'AgendaDrawn'>, id: string): Meeting {
  const { type: _, by: _by, at: _at, role: _role, for: _for, ...plan } = event;
  return {
    id,
    seq: 1,
    status: 'planned',
    ...plan,
    early: [],
    removed: [],
    attendance: [],
    remarks: [],
    actions: [],
  };
}

function takenOff(meeting: Meeting, event: MeetingEventOf<'ItemMoved'>, before: readonly Item[]): Meeting {
  const removed = [...meeting.removed, event.item];
  // Rows of old keep no more than the id, and have to say the same as their events.
  if (event.role === undefined) return { ...meeting, removed };
  const off = { by: event.by, ...rightIn(event) };
  const taken = before.filter(({ id }) => id === event.item).map((item) => ({ ...item, off }));
  return { ...meeting, removed, off: [...(meeting.off ?? []), ...taken] };
}

function present({ attendance }: Meeting, by: string): string[] {
  return by === 'docket' || attendance.includes(by) ? attendance : [...attendance, by];
}
