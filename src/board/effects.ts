import { DAY } from '../calendar/zone.ts';
import { actionTimer, chaseAgain } from '../change/action-timers.ts';
import type { Effect } from '../change/effects.ts';
import type { PersonId } from '../change/types.ts';
import type { Meeting, MeetingEvent, MeetingEventOf, MeetingIntent } from './types.ts';

/** What of a meeting stands in its channel: its agenda, whose thread is its history; the item that is talked about; its minutes. */
type MeetingCard = { card: 'agenda' | 'live' | 'minutes'; to: string };
type MeetingEffect = Effect<MeetingCard, MeetingIntent>;

const toThread: MeetingEffect = { do: 'note', to: 'thread' };
const redraw: MeetingEffect = { do: 'redraw' };
const note = (to: PersonId): MeetingEffect => ({ do: 'note', to });

/** What must happen outside because of an event. @param meeting as it is just after the event */
export function meetingEffects(event: MeetingEvent, meeting: Meeting): MeetingEffect[] {
  const card = (name: MeetingCard['card']): MeetingEffect => ({
    do: 'card',
    card: name,
    to: meeting.channel,
  });
  switch (event.type) {
    case 'AgendaDrawn': {
      const { startsAt, remindAt } = event;
      return [
        card('agenda'),
        { do: 'timer', at: remindAt, intent: { type: 'RemindMembers', startsAt } },
        { do: 'timer', at: startsAt + DAY, intent: { type: 'Lapse', startsAt } },
      ];
    }
    case 'MeetingReminded':
      // An hour that was agreed on is kept at whatever hour that is.
      return event.at < meeting.startsAt ? event.people.map(note) : leftOpen(event, meeting);
    case 'MeetingOpened':
      return [toThread, card('live'), redraw];
    case 'MeetingClosed':
      return [toThread, card('minutes'), redraw];
    case 'MeetingSkipped':
      return [toThread, ...event.people.map(note), redraw];
    case 'ItemAdded':
      return [toThread, redraw];
    case 'ItemMoved':
      return [...(event.to === 'off' ? [toThread] : []), redraw];
    case 'AgendaUpdated':
    case 'ItemCalled':
    case 'Attended':
      return [redraw];
    case 'Remarked':
      return [...toImplementer(event, meeting), redraw];
    case 'ActionAdded':
      return [toThread, note(event.owner), actionTimer(event.action, event.due), redraw];
    case 'ActionCompleted':
      return [toThread, redraw];
    case 'ActionChased':
      return [
        ...event.people.map((to): MeetingEffect => ({ do: 'note', to, calm: true })),
        ...chaseAgain(event, meeting.actions),
      ];
    default:
      return event satisfies never;
  }
}

/** What should have been closed can wait until they work, and is asked after again each day. */
function leftOpen({ people, at }: MeetingEventOf<'MeetingReminded'>, { startsAt }: Meeting): MeetingEffect[] {
  return [
    ...people.map((to): MeetingEffect => ({ do: 'note', to, calm: true })),
    { do: 'timer', at: at + DAY, intent: { type: 'Lapse', startsAt } },
  ];
}

/** Guidance on a change goes to the change as well, where whoever carries it out finds it. */
function toImplementer(
  { item, by, words, remark }: MeetingEventOf<'Remarked'>,
  { items, off = [] }: Meeting,
): MeetingEffect[] {
  // Whoever was still writing when it was taken off has said it all the same.
  const about = [...items, ...off].find(({ id }) => id === item)?.about;
  if (about !== 'vote' || by === 'docket') return [];
  return [{ do: 'command', stream: item, intent: { type: 'Advise', advice: remark, person: by, words } }];
}
