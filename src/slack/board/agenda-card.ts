import type { KnownBlock } from '@slack/types';
import { leadersOf } from '../../board/members.ts';
import type { Item, Meeting } from '../../board/types.ts';
import { dayInFull } from '../../calendar/in-full.ts';
import { wallTime } from '../../calendar/zone.ts';
import { boardReviewDue } from '../../change/duties.ts';
import type { Change } from '../../change/types.ts';
import type { AgendaView } from '../../engine/agenda-view.ts';
import {
  type ButtonSpec,
  buttons,
  context,
  type Drawn,
  header,
  section,
  sections,
} from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, cut, day, escaped, mentions, nameOf, quote, when } from '../blocks/format.ts';
import { label, MOST_OPTIONS, option } from '../blocks/inputs.ts';
import { approveButton } from '../blocks/lines.ts';
import { actionIn } from '../change/evidence.ts';
import { showRisk } from '../change/show-field.ts';
import { tally, windowBeside } from '../change/status.ts';
import { ACTION, recordButton } from '../change/step-buttons.ts';
import { targetOf } from '../ids.ts';
import { agendaTable, isTooEarly, isTopic } from './agenda-table.ts';
import { MEETING } from './meeting-ids.ts';

/** Slack takes fifty blocks; each of these takes two, and what does not fit is in the menu below them. */
const WITH_BUTTONS = 8;
/** Slack takes about 13,000 characters in a message; this much of it is for the menu of those that have no row of buttons. */
const MENU_CHARACTERS = 3_000;
const LINES = 6;

/** The agenda of a meeting as one message: what is to be decided, with its buttons, and what there is to know. */
export function drawAgenda(meeting: Meeting, view: AgendaView, preview?: 'preview'): Drawn {
  const title = `${meeting.title}: ${meeting.kind === 'process review' ? 'process review, ' : ''}${dayInFull(wallTime(view.policy.zone, meeting.startsAt))}`;
  const live = meeting.status === 'planned' || meeting.status === 'open';
  const blocks = [
    header(title),
    section(lead(meeting, view)),
    ...(meeting.items.length > 0 && live ? [agendaTable(meeting, view), ...itemBlocks(meeting, view)] : []),
    ...early(meeting),
    ...(live ? known(view) : []),
    ...(preview
      ? [context('So far: the agenda itself is drawn the day before.')]
      : buttons(leaderButtons(meeting))),
  ];
  return { text: `${escaped(title)}. ${lead(meeting, view).split('\n')[0]}`, blocks: fitMessage(blocks) };
}

function lead(meeting: Meeting, view: AgendaView): string {
  const { status, items, startsAt, minutes, closed } = meeting;
  const chairs = mentions(leadersOf(meeting, view)) || 'nobody';
  switch (status) {
    case 'planned': {
      const what = items.length > 0 ? `*${count(items.length, 'item')}*` : 'Nothing is left to decide';
      const then = items.length > 0 ? leaving(items) : 'If nothing comes, nobody need meet.';
      return `🗓️ ${when(startsAt)}, ${count(minutes, 'minute')}, led by ${chairs}. ${what}.${then && `\n${then}`}`;
    }
    case 'open':
      return `🟢 *The meeting is open*, led by ${chairs}. ${count(items.filter(({ result }) => !result).length, 'item')} of ${items.length} to go.`;
    case 'closed':
      return `📁 *The meeting is closed*${closed ? ` since ${when(closed.at)}` : ''}. Its minutes are in this channel.`;
    case 'skipped':
      return SKIPPED[meeting.skipped ?? 'called off'];
    default:
      return status satisfies never;
  }
}

/** What becomes of items that are dealt with before the meeting; topics wait for it. */
function leaving(items: readonly Item[]): string {
  if (items.some(({ about }) => about === 'vote'))
    return 'What is decided by votes before then leaves the agenda.';
  return items.every(isTopic) ? '' : 'What is reviewed before then leaves the agenda.';
}

const SKIPPED = {
  'nothing to decide': '✅ *No meeting this time*: nothing waits for the board.',
  'nobody opened it': '⌛ *The meeting was not held.* What is left comes to the next one.',
  'called off': '🚫 *The meeting was called off.* What is left comes to the next one.',
} as const;

/** Each item with its buttons, as far as there is room; all of them in a menu where there is not. */
function itemBlocks(meeting: Meeting, view: AgendaView): KnownBlock[] {
  const open = meeting.items.filter(({ result }) => !result);
  const rows = open.filter(({ about }) => about !== 'topic').slice(0, WITH_BUTTONS);
  const blocks = rows.flatMap((item, n) => {
    const change = view.changes.get(item.id);
    return change ? row(item, change, n, meeting) : [];
  });
  const changes = open.filter(({ about }) => about !== 'topic').slice(0, MOST_OPTIONS);
  if (changes.length <= rows.length) return blocks;
  const most = Math.floor(MENU_CHARACTERS / changes.length);
  const menu: KnownBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: `*${changes.length - rows.length} more*, with the same buttons:` },
    accessory: {
      ...{ type: 'static_select', action_id: MEETING.openItem, placeholder: label('Open an item') },
      options: changes.map((item) => option(item.id, cut(`${item.number ?? ''} ${item.title}`, most))),
    },
  };
  return [...blocks, menu];
}

function row(item: Item, change: Change, n: number, meeting: Meeting): KnownBlock[] {
  const votes =
    item.about === 'vote' ? `${tally(change) ?? ''}${tooEarly(change, meeting)}` : reviewDue(change, meeting);
  const text = `*${nameOf(change)}*\n${[showRisk(change.risk), ...windowBeside(change), votes].join('  ·  ')}`;
  return [
    section(text),
    ...buttons(itemButtons(item, change).map((b) => ({ ...b, action: `${b.action}:${n}` }))),
  ];
}

/** A meeting that begins after a review's deadline comes too late for it. */
function reviewDue(change: Change, { status, startsAt }: Meeting): string {
  const due = boardReviewDue(change);
  if (due === undefined) return '';
  if (status !== 'planned' || due >= startsAt) return `emergency, to be reviewed by ${when(due)}`;
  return `emergency\n⚠️ *To be reviewed by ${when(due)}, before the meeting begins*: please review it now.`;
}

/** What is voted on in a meeting that begins when its window is over cannot be carried out in it. */
function tooEarly(change: Change, meeting: Meeting): string {
  if (!isTooEarly(change, meeting)) return '';
  const over = meeting.status === 'planned' ? 'ends before the meeting begins' : 'is over';
  return `\n⚠️ *Its window ${over}*: please vote all the same; its requester then chooses another one.`;
}

/** What can be done about an item; who may is said when it is pressed, because all see the same message. */
export function itemButtons(item: Item, change: Change): ButtonSpec[] {
  const spec = (words: string, action: string, style?: ButtonSpec['style']): ButtonSpec => ({
    ...{ label: words, action, value: targetOf(change), spoken: `${words} ${change.number}` },
    ...(style && { style }),
  });
  return [
    ...(item.about === 'vote' ? [approveButton(change), spec('Vote…', ACTION.ballot)] : []),
    ...(item.about === 'review' ? [spec('Review…', ACTION.reviewEmergency, 'primary')] : []),
    recordButton(change),
  ];
}

function early({ early: items }: Meeting): KnownBlock[] {
  if (items.length === 0) return [];
  const lines = items
    .slice(-LINES)
    .map((item) => `• ${item.number} ${quote(item.title, 80)}: *${item.result}*`);
  const more = items.length > LINES ? [`• and ${items.length - LINES} more`] : [];
  return sections(['*Decided before the meeting*', ...lines, ...more]);
}

/** What there is to know beside the items: what went wrong, what is coming, what was promised. */
function known({ failures, week, actions, figures }: AgendaView): KnownBlock[] {
  const list = (title: string, all: readonly string[], rest = '') =>
    all.length === 0
      ? []
      : sections([
          `*${title}*`,
          ...all.slice(0, LINES).map((line) => `• ${line}`),
          ...(all.length > LINES ? [`• and ${all.length - LINES} more${rest}`] : []),
        ]);
  return [
    ...list(`Figures of ${figures?.of}`, figures?.lines ?? []),
    ...list(
      'What did not go well lately',
      failures.map((change) => `${nameOf(change)}: ${change.outcome} ${day(change.finishedAt)}`),
    ),
    ...list(
      'The week to come',
      week.map(({ number, title, startsAt, clashes }) => {
        const warning =
          clashes.length > 0 ? `  ·  ⚠️ clashes with ${clashes.slice(0, 3).map(escaped).join(', ')}` : '';
        return `${when(startsAt)}  ${number} ${quote(title, 80)}${warning}`;
      }),
      ': `/change calendar`',
    ),
    ...list('Open action items', actions.map(actionIn), ': `/change actions`'),
  ];
}

function leaderButtons({ id, status, title }: Meeting): ButtonSpec[] {
  const spec = (words: string, action: string, style?: ButtonSpec['style']): ButtonSpec => ({
    ...{ label: words, action, value: id, spoken: `${words} (${title})` },
    ...(style && { style }),
  });
  if (status === 'planned')
    return [
      spec('Open the meeting', MEETING.open, 'primary'),
      spec('Add an item…', MEETING.addItem),
      spec('Arrange…', MEETING.arrange),
      {
        ...spec('Call it off', MEETING.callOff),
        confirm: {
          title: 'Call the meeting off?',
          text: 'Its members are told. What is left comes to the next one.',
          yes: 'Call it off',
        },
      },
    ];
  return status === 'open' ? [spec('Add an item…', MEETING.addItem), spec('Arrange…', MEETING.arrange)] : [];
}
