import { chased, completesAs, newActions } from '../change/decide/action.ts';
import { Refusal } from '../change/refusal.ts';
import { checkTakesPart } from './members.ts';
import type { Meeting, MeetingCommandOf, MeetingEvent, MeetingFacts } from './types.ts';

/** Something about how the board or the process works; what is about one change is added to that change. */
export function addAction(
  meeting: Meeting,
  { by, at, action, item }: MeetingCommandOf<'AddAction'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  if (meeting.actions.some(({ id }) => id === action)) return [];
  checkTakesPart(meeting, by, facts);
  if (meeting.status !== 'open' && meeting.status !== 'closed')
    throw new Refusal('not now', 'Action items come out of a meeting: open it first.');
  const added = newActions([item], by, at, () => action);
  const why = 'Please say what is to be done, who does it and by which day.';
  if (added.length === 0) throw new Refusal('incomplete', why, { 'action.0': why });
  return added;
}

/** Its owner has done it, or whoever added it or oversees changes says so. */
export function completeAction(
  meeting: Meeting,
  { by, at, action }: MeetingCommandOf<'CompleteAction'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const item = meeting.actions.find(({ id }) => id === action);
  if (!item) throw new Refusal('unknown', 'There is no such action item. Try `/change actions`.');
  if (item.done) return [];
  const right = completesAs({ requester: item.by }, item, by, facts);
  if (!right)
    throw new Refusal(
      'not your role',
      `Only <@${item.owner}>, <@${item.by}> and those who oversee changes can say that this is done.`,
    );
  return [{ type: 'ActionCompleted', by, at, ...right, action }];
}

/** It is due, or still not done: whose it is hears of it. */
export function chaseAction(
  meeting: Meeting,
  command: MeetingCommandOf<'ChaseAction'>,
  facts: MeetingFacts,
): MeetingEvent[] {
  const item = meeting.actions.find(({ id }) => id === command.action);
  return chased(item, command, facts);
}
