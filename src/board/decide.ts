import { MINUTE } from '../calendar/zone.ts';
import { inRole } from '../change/holders.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import type { Instant } from '../change/types.ts';
import type { Policy } from '../policy/schema.ts';
import { broughtUpToDate } from './agenda.ts';
import { addAction, chaseAction, completeAction } from './decide-actions.ts';
import { checkLeadsIt, checkTakesPart, leadersOf, membersOf } from './members.ts';
import { minutesOf } from './minutes.ts';
import type { Meeting, MeetingCommand, MeetingCommandOf, MeetingEvent, MeetingFacts } from './types.ts';

/**
 * The rules of a meeting (guide, "Change Advisory Board"). What happens when somebody gives a command; an empty list
 * when it is done already.
 * @throws {Refusal} with the reason and the next step
 */
export function decideMeeting(
  meeting: Meeting | undefined,
  command: MeetingCommand,
  facts: MeetingFacts,
): MeetingEvent[] {
  if (command.type === 'DrawAgenda') return draw(meeting, command, facts);
  if (!meeting) throw new Refusal('unknown', 'There is no such meeting. Try `/change cab`.');
  switch (command.type) {
    case 'BringUpToDate':
      return bringUpToDate(meeting, command, facts);
    case 'AddItem':
      return addItem(meeting, command, facts);
    case 'MoveItem':
      return moveItem(meeting, command, facts);
    case 'RemindMembers':
      return remindMembers(meeting, command, facts);
    case 'Lapse':
      return lapse(meeting, command, facts);
    case 'Open':
      return open(meeting, command, facts);
    case 'Call':
      return call(meeting, command, facts);
    case 'Attend':
      return attend(meeting, command);
    case 'Remark':
      return remark(meeting, command, facts);
    case 'AddAction':
      return addAction(meeting, command, facts);
    case 'CompleteAction':
      return completeAction(meeting, command, facts);
    case 'ChaseAction':
      return chaseAction(meeting, command, facts);
    case 'Close':
      return close(meeting, command, facts);
    case 'CallOff':
      return callOff(meeting, command, facts);
    default:
      return command satisfies never;
  }
}

/** By the calendar, or by who leads the board. Without anything on it there is no weekly meeting. */
function draw(
  meeting: Meeting | undefined,
  { by, at, plan, items }: MeetingCommandOf<'DrawAgenda'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  if (meeting) return [];
  const right = by === 'docket' ? {} : checkLeadsIt(plan, by, facts, 'call a meeting');
  const drawn: MeetingEvent = { type: 'AgendaDrawn', by, at, ...right, ...plan, items };
  if (items.length > 0) return [drawn];
  return [drawn, { type: 'MeetingSkipped', by: 'docket', at, why: 'nothing to decide', people: [] }];
}

function bringUpToDate(
  meeting: Meeting,
  { at }: MeetingCommandOf<'BringUpToDate'>,
  { due, changes }: MeetingFacts,
): MeetingEvent[] {
  if (!isLive(meeting)) return [];
  const now = broughtUpToDate(meeting, due, changes);
  const before = { items: meeting.items, early: meeting.early };
  if (JSON.stringify(now) === JSON.stringify(before)) return [];
  return [{ type: 'AgendaUpdated', by: 'docket', at, ...now }];
}

function addItem(
  meeting: Meeting,
  command: MeetingCommandOf<'AddItem'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const { by, at, item } = command;
  const right = checkLeadsIt(meeting, by, facts, 'put something on its agenda');
  checkLive(meeting);
  const there = meeting.items.some(({ id, about }) => id === item.id && about === item.about);
  if (there) return [];
  if (!item.title.trim()) throw wordless('Please say what it is about.');
  return [{ type: 'ItemAdded', by, at, ...right, item: { ...item, title: item.title.trim() } }];
}

function moveItem(
  meeting: Meeting,
  command: MeetingCommandOf<'MoveItem'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const { by, at, item, to } = command;
  const right = checkLeadsIt(meeting, by, facts, 'arrange its agenda');
  checkLive(meeting);
  if (!meeting.items.some(({ id }) => id === item)) {
    if (to === 'off') return [];
    throw new Refusal('unknown', 'That is not on the agenda any more.');
  }
  if (to === 'off' && meeting.current === item)
    throw new Refusal('not now', 'This is being talked about. Go on to the next item first.');
  return [{ type: 'ItemMoved', by, at, ...right, item, to }];
}

/** Shortly before it begins. Where everything has been decided by then, nobody need meet. */
function remindMembers(
  meeting: Meeting,
  { at, startsAt }: MeetingCommandOf<'RemindMembers'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  if (meeting.status !== 'planned' || meeting.startsAt !== startsAt || meeting.reminded) return [];
  if (meeting.items.length === 0)
    return [{ type: 'MeetingSkipped', by: 'docket', at, why: 'nothing to decide', people: [] }];
  return [{ type: 'MeetingReminded', by: 'docket', at, people: membersOf(meeting, facts) }];
}

/** A day after it should have begun: what nobody has opened is over, and what was left open is asked after, every day. */
function lapse(
  meeting: Meeting,
  { at, startsAt }: MeetingCommandOf<'Lapse'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  if (meeting.startsAt !== startsAt) return [];
  const people = [
    ...new Set([...leadersOf(meeting, facts), ...inRole(facts.holders, facts.policy.overseer)]),
  ];
  if (meeting.status === 'open') return [{ type: 'MeetingReminded', by: 'docket', at, people }];
  if (meeting.status !== 'planned') return [];
  return [{ type: 'MeetingSkipped', by: 'docket', at, why: 'nobody opened it', people }];
}

/** Whether a meeting would be opened before its members have been reminded of it, and so expect it. */
export function opensEarly({ status, startsAt }: Meeting, at: Instant, { board }: Policy): boolean {
  return status === 'planned' && at < startsAt - board.remindMinutesBefore * MINUTE;
}

function open(meeting: Meeting, { by, at }: MeetingCommandOf<'Open'>, facts: MeetingFacts): MeetingEvent[] {
  const right = checkLeadsIt(meeting, by, facts, 'open its meeting');
  if (meeting.status === 'open') return [];
  checkLive(meeting);
  const [first] = meeting.items;
  if (!first) throw new Refusal('not now', 'There is nothing on the agenda, so nobody need meet.');
  return [
    { type: 'MeetingOpened', by, at, ...right },
    { type: 'ItemCalled', by, at, ...right, item: first.id },
  ];
}

function call(
  meeting: Meeting,
  { by, at, item }: MeetingCommandOf<'Call'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const right = checkLeadsIt(meeting, by, facts, 'go on to another item');
  checkOpen(meeting);
  if (meeting.current === item) return [];
  if (!meeting.items.some(({ id }) => id === item))
    throw new Refusal('unknown', 'That is not on the agenda any more.');
  return [{ type: 'ItemCalled', by, at, ...right, item }];
}

/** Whoever is there says so; the chair corrects it when they close. */
function attend(meeting: Meeting, { by, at }: MeetingCommandOf<'Attend'>): MeetingEvent[] {
  checkOpen(meeting);
  return meeting.attendance.some((person) => person === by) ? [] : [{ type: 'Attended', by, at }];
}

function remark(meeting: Meeting, command: MeetingCommandOf<'Remark'>, facts: MeetingFacts): MeetingEvent[] {
  const { by, at, remark: id, item } = command;
  if (meeting.remarks.some((one) => one.id === id)) return [];
  checkTakesPart(meeting, by, facts);
  checkOpen(meeting);
  const words = command.words.trim();
  if (!words) throw wordless('Please write what the minutes should say.');
  return [{ type: 'Remarked', by, at, remark: id, item, words }];
}

/** The minutes are fixed: what was decided, by whom, and what was said. */
function close(
  meeting: Meeting,
  { by, at, attendance }: MeetingCommandOf<'Close'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const right = checkLeadsIt(meeting, by, facts, 'close its meeting');
  if (meeting.status === 'closed') return [];
  checkOpen(meeting);
  const people = [...new Set(attendance)];
  const now = broughtUpToDate(meeting, facts.due, facts.changes);
  const upToDate = { ...meeting, ...now, attendance: people };
  const minutes = minutesOf(upToDate, facts);
  return [{ type: 'MeetingClosed', by, at, ...right, attendance: people, minutes }];
}

function callOff(
  meeting: Meeting,
  { by, at }: MeetingCommandOf<'CallOff'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const right = checkLeadsIt(meeting, by, facts, 'call its meeting off');
  if (meeting.status === 'skipped') return [];
  if (meeting.status !== 'planned') throw new Refusal('not now', `The meeting is ${meeting.status} already.`);
  const people = membersOf(meeting, facts);
  return [{ type: 'MeetingSkipped', by, at, ...right, why: 'called off', people }];
}

function isLive({ status }: Pick<Meeting, 'status'>): boolean {
  return status === 'planned' || status === 'open';
}

function checkLive(meeting: Meeting): void {
  if (!isLive(meeting)) throw new Refusal('not now', `This meeting was ${meeting.status}.`);
}

function checkOpen(meeting: Meeting): void {
  if (meeting.status === 'open') return;
  const why = meeting.status === 'planned' ? 'is not open yet' : `was ${meeting.status}`;
  throw new Refusal('not now', `This meeting ${why}.`);
}
