import { leads } from '../../board/members.ts';
import type { Item, Meeting, MeetingEvent, MeetingFacts } from '../../board/types.ts';
import { type ButtonSpec, buttons, type Drawn, section } from '../blocks/blocks.ts';
import { count, day, inStead, mention, quote, said, when } from '../blocks/format.ts';
import { ACTION } from '../change/step-buttons.ts';
import { actionTargetOf } from '../ids.ts';
import { MEETING } from './meeting-ids.ts';

/** What happened in a meeting, in the thread under its agenda; nothing if it is no news there. */
export function meetingHistory(event: MeetingEvent, meeting: Meeting): string | undefined {
  const who = mention(event.by);
  switch (event.type) {
    case 'ItemAdded':
      return `${who}${inStead(event.for)} put this on the agenda: ${named(event.item)}`;
    case 'ItemMoved':
      return event.to === 'off'
        ? `${who}${inStead(event.for)} took ${named(itemOf(meeting, event.item))} off the agenda; it waits for the next meeting.`
        : undefined;
    case 'MeetingOpened':
      return `🟢 ${who}${inStead(event.for)} opened the meeting.`;
    case 'MeetingClosed':
      return `📁 ${who}${inStead(event.for)} closed the meeting. ${count(event.attendance.length, 'person', 'people')} there.`;
    case 'MeetingSkipped':
      return event.why === 'called off'
        ? `🚫 ${who}${inStead(event.for)} called the meeting off.`
        : '⏭️ There was no meeting.';
    case 'ActionAdded':
      return `📌 Action item for ${mention(event.owner)}, by ${day(event.due)}:\n${said(event.words, 300)}`;
    case 'ActionCompleted':
      return `✅ ${who}${inStead(event.for)} says that this is done:\n${said(wordsOf(meeting, event.action), 300)}`;
    case 'AgendaDrawn':
    case 'AgendaUpdated':
    case 'MeetingReminded':
    case 'ItemCalled':
    case 'Attended':
    case 'Remarked':
    case 'ActionChased':
      return undefined;
    default:
      return event satisfies never;
  }
}

function itemOf({ items, off = [] }: Meeting, item: string): Item | undefined {
  return [...off, ...items].find(({ id }) => id === item);
}

/** Records of old do not say which item it was. */
function named(item: Item | undefined): string {
  return item ? `${item.number ?? ''} ${quote(item.title, 150)}`.trim() : 'an item';
}

/** What one person is told about it; nothing if it is no news to them. */
export function meetingNote(
  event: MeetingEvent,
  meeting: Meeting,
  to: string,
  facts: Pick<MeetingFacts, 'policy' | 'holders'>,
): Drawn | undefined {
  const name = `*${quote(meeting.title, 150)}*`;
  switch (event.type) {
    case 'MeetingReminded': {
      const opens = leads(meeting, to, facts) && meeting.status === 'planned';
      const words =
        meeting.status === 'open'
          ? `🟢 The meeting of ${name} in <#${meeting.channel}> is still open. Please close it, so that its minutes are written.`
          : `🗓️ ${name} meets ${when(meeting.startsAt)} in <#${meeting.channel}>: ${count(meeting.items.length, 'item')}. What you decide before then need not be talked about.`;
      const open: ButtonSpec = {
        label: 'Open the meeting',
        action: MEETING.open,
        value: meeting.id,
        style: 'primary',
      };
      return told(words, opens ? [open] : []);
    }
    case 'MeetingSkipped':
      return told(
        event.why === 'called off'
          ? `🚫 ${mention(event.by)}${inStead(event.for)} called the meeting of ${name} off. What is left comes to the next one.`
          : `⌛ Nobody opened the meeting of ${name}. What is left comes to the next one, or is decided by votes.`,
      );
    case 'ActionAdded':
      return told(
        `📌 ${mention(event.by)} gave you an action item in the meeting of ${name}, to be done by ${day(event.due)}:\n${said(event.words, 300)}`,
        [done(meeting, event.action)],
      );
    case 'ActionChased': {
      const item = meeting.actions.find(({ id }) => id === event.action);
      if (!item || item.done) return undefined; // done since
      const whose =
        item.owner === to ? 'An action item of yours' : `An action item of ${mention(item.owner)}`;
      return told(`📌 ${whose} from ${name} was to be done by ${day(item.due)}:\n${said(item.words, 300)}`, [
        done(meeting, event.action),
      ]);
    }
    case 'AgendaDrawn':
    case 'AgendaUpdated':
    case 'ItemAdded':
    case 'ItemMoved':
    case 'MeetingOpened':
    case 'MeetingClosed':
    case 'ItemCalled':
    case 'Attended':
    case 'Remarked':
    case 'ActionCompleted':
      return undefined;
    default:
      return event satisfies never;
  }
}

function told(words: string, list: ButtonSpec[] = []): Drawn {
  return { text: words.split('\n')[0] ?? words, blocks: [section(words), ...buttons(list)] };
}

function done({ id }: Meeting, action: string): ButtonSpec {
  return { label: 'Done', action: ACTION.actionDone, value: actionTargetOf(id, action), style: 'primary' };
}

function wordsOf({ actions }: Meeting, action: string): string {
  return actions.find(({ id }) => id === action)?.words ?? '';
}
