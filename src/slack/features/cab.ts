import { opensEarly } from '../../board/decide.ts';
import { leads } from '../../board/members.ts';
import type { Meeting, MeetingIntent } from '../../board/types.ts';
import { Refusal } from '../../change/refusal.ts';
import { listMeetings, loadMeeting } from '../../db/meetings.ts';
import { agendaView } from '../../engine/agenda-view.ts';
import {
  handleMeeting,
  itemsAbout,
  meetingNow,
  meetNow,
  presentAt,
  previewOf,
  waitingForBoard,
} from '../../engine/board.ts';
import { askForFile } from '../../engine/export.ts';
import { loadFacts } from '../../engine/facts.ts';
import { factsAbout } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { parsePeople, parseWords } from '../blocks/parse-form.ts';
import { thisYear } from '../blocks/year.ts';
import { drawAgenda } from '../board/agenda-card.ts';
import {
  drawAddItem,
  drawArrange,
  drawClose,
  drawItem,
  drawMeetingAction,
  drawOpenEarly,
  drawRemark,
  parseArrange,
} from '../board/meeting-forms.ts';
import { MEETING, readMeeting } from '../board/meeting-ids.ts';
import { drawFullMinutes } from '../board/minutes-card.ts';
import { drawRecord } from '../change/record.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { parseActions } from '../form/action-inputs.ts';
import type { Listen, Pressed, Sent, Spoken } from '../listen.ts';

/** The board's meetings: their agenda, how they go from item to item, and their minutes. */
export function cab(world: World): Feature {
  return {
    words: [
      {
        name: 'cab',
        group: 'decide',
        usage: '[now [CR-…] | minutes]',
        help: 'See what the board meets about next, call a meeting at once, or read the last minutes',
        run: (caller) => speak(world, caller),
      },
    ],
    listen(listen) {
      pressed(world, listen);
      sent(world, listen);
    },
  };
}

async function speak(world: World, { by, words, here = '', open, reply }: Spoken): Promise<void> {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  switch (first.toLowerCase()) {
    case '': {
      const drawn = await meetingNow(world, world.clock.now());
      const meeting = drawn ?? (await previewOf(world));
      if (!meeting) throw new Refusal('not now', 'The policy names no meetings of a board.');
      const view = await agendaView(world, meeting);
      return reply(drawn ? drawAgenda(meeting, view) : drawAgenda(meeting, view, 'preview'));
    }
    case 'now': {
      const named = rest.join(' ') || here;
      const change = named ? await changeNamed(world, named, thisYear(world)) : undefined;
      const { channel } = await meetNow(world, by, change);
      return reply(plainly(isOpenIn(channel)));
    }
    case 'minutes': {
      const [last] = await listMeetings(world.db, ['closed'], 1);
      if (!last) return reply(plainly('There are no minutes yet.'));
      return open(drawFullMinutes(last, world.policy));
    }
    default:
      return reply(plainly('Please say `/change cab`, `/change cab now CR-…` or `/change cab minutes`.'));
  }
}

function isOpenIn(channel: string): string {
  return `🟢 The meeting is open in <#${channel}>.`;
}

/** What a button on a meeting does. */
function pressed(world: World, { button }: Listen): void {
  const gives = (action: string, intent: (item: string | undefined) => MeetingIntent, done = 'Done.') =>
    button(action, async ({ by, value, ephemeral, reply }) => {
      const { id, item } = readMeeting(value);
      await handleMeeting(world, id, intent(item), by);
      // The agenda in its channel says it by being redrawn; one that was asked for does not.
      if (ephemeral) await reply(plainly(done));
    });
  type View = Parameters<Pressed['open']>[0];
  const opens = (action: string, draw: (meeting: Meeting, item: string) => View | Promise<View>) =>
    button(action, async ({ value, open }) => {
      const { id, item = '' } = readMeeting(value);
      await open(await draw(await meetingOf(world, id), item));
    });
  button(MEETING.open, (press) => openMeeting(world, press));
  gives(MEETING.callOff, () => ({ type: 'CallOff' }), '🚫 The meeting is called off.');
  gives(MEETING.next, (item = '') => ({ type: 'Call', item }));
  gives(MEETING.attend, () => ({ type: 'Attend' }));
  opens(MEETING.addItem, (meeting) => drawAddItem(MEETING.addItem, meeting));
  opens(MEETING.arrange, (meeting) => drawArrange(MEETING.arrange, meeting));
  opens(MEETING.remark, ({ id }, item) => drawRemark(MEETING.remark, id, item));
  opens(MEETING.addAction, ({ id }) => drawMeetingAction(MEETING.addAction, id));
  opens(MEETING.close, async (meeting) => drawClose(MEETING.close, meeting, await presentAt(world, meeting)));
  opens(MEETING.minutes, (meeting) => drawFullMinutes(meeting, world.policy));
  button(MEETING.openItem, (press) => openItem(world, press));
  button(MEETING.goTo, async ({ by, chosen }) => {
    const { id, item = '' } = readMeeting(chosen[0]);
    await handleMeeting(world, id, { type: 'Call', item }, by);
  });
  button(MEETING.minutesFile, async ({ by, value, reply }) => {
    await askForFile(world, readMeeting(value).id, { of: 'minutes' }, by);
    await reply(plainly('I am writing the minutes to a file. It comes to your direct messages with me.'));
  });
}

/** Opens it; long before its time only after who leads it has been asked once more. */
async function openMeeting(
  world: World,
  { by, value, open, ephemeral, where, reply }: Pressed,
): Promise<void> {
  const meeting = await meetingOf(world, readMeeting(value).id);
  const facts = await loadFacts(world);
  if (opensEarly(meeting, world.clock.now(), world.policy) && leads(meeting, by, facts))
    return open(drawOpenEarly(MEETING.open, meeting));
  await handleMeeting(world, meeting.id, { type: 'Open' }, by);
  // In its channel everybody sees it; a reminder in somebody's direct messages stays as it is.
  if (ephemeral || where !== meeting.channel) await reply(plainly(isOpenIn(meeting.channel)));
}

/** An item with its buttons; one that waits for the board no longer with its full record. */
async function openItem(world: World, { chosen, open }: Pressed): Promise<void> {
  const due = await waitingForBoard(world);
  const item = due.find(({ id }) => chosen.includes(id));
  if (!item) {
    const over = await changeOf(world, `${chosen[0]}|`);
    return open(drawRecord(over, await factsAbout(world, over)));
  }
  const view = await agendaView(world, {
    ...{ kind: 'ad hoc', startsAt: world.clock.now(), items: [item], early: [] },
  });
  const change = view.changes.get(item.id);
  if (change) await open(drawItem(item, change, view, world.clock.now()));
}

/** What is filled in about a meeting. */
function sent(world: World, { submit }: Listen): void {
  const gives = (
    action: string,
    intent: (sent: Sent, item: string) => Promise<MeetingIntent> | MeetingIntent,
  ) =>
    submit(`${action}-form`, async (filled) => {
      const { id, item = '' } = readMeeting(filled.metadata);
      await handleMeeting(world, id, await intent(filled, item), filled.by);
      return undefined;
    });
  gives(MEETING.open, () => ({ type: 'Open' }));
  gives(MEETING.addItem, async ({ values, viewId }) => ({
    ...{ type: 'AddItem', item: await itemNamed(world, parseWords(values, 'words'), viewId) },
  }));
  gives(MEETING.arrange, ({ values }) => ({ type: 'MoveItem', ...parseArrange(values) }));
  gives(MEETING.remark, ({ values, viewId }, item) => ({
    ...{ type: 'Remark', remark: viewId, item, words: parseWords(values, 'words') },
  }));
  gives(MEETING.addAction, ({ values, viewId }) => ({
    ...{ type: 'AddAction', action: viewId, item: parseActions(values, 1, world.policy.zone)[0] ?? {} },
  }));
  gives(MEETING.close, ({ values }) => ({ type: 'Close', attendance: parsePeople(values, 'people') }));
}

/** A change by its number, or a topic in these words. @param id of the topic */
async function itemNamed(world: World, words: string, id: string) {
  const topic = { id, about: 'topic' as const, title: words };
  if (!/^[a-z]+-\d{4}-\d+$/i.test(words.trim())) return topic;
  const change = await changeNamed(world, words, thisYear(world));
  return itemsAbout(change, await waitingForBoard(world))[0] ?? topic;
}

async function meetingOf({ db }: World, id: string): Promise<Meeting> {
  const stored = await loadMeeting(db, id);
  if (stored) return stored.state;
  throw new Refusal('unknown', 'I cannot find that meeting. Try `/change cab`.');
}
