import type { DataTableBlock, KnownBlock } from '@slack/types';
import { leadersOf } from '../../board/members.ts';
import type { Item, Meeting } from '../../board/types.ts';
import { dayInFull, inShort } from '../../calendar/in-full.ts';
import { wallTime } from '../../calendar/zone.ts';
import { boardReviewDue } from '../../change/duties.ts';
import type { Change, Verdict } from '../../change/types.ts';
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
import { label, option } from '../blocks/inputs.ts';
import { approveButton } from '../blocks/lines.ts';
import { actionLine } from '../change/evidence.ts';
import { showRisk, showWindow } from '../change/show-field.ts';
import { tally } from '../change/status.ts';
import { ACTION } from '../change/step-buttons.ts';
import { targetOf } from '../ids.ts';
import { MEETING } from './meeting-ids.ts';

/** Slack takes fifty blocks; each of these takes two, and what does not fit is in the menu below them. */
const WITH_BUTTONS = 8;
/** Slack takes a hundred rows and a hundred options. */
const LISTED = 100;
/** Slack takes about 13,000 characters in a message; this much of it is for the table. */
const TABLE_CHARACTERS = 6_000;
/** The same for the menu of those that have no row of buttons. */
const MENU_CHARACTERS = 3_000;
/** From so many on a row says less, that all of them have room. */
const CROWDED = 40;
const LINES = 6;

/** The agenda of a meeting as one message: what is to be decided, with its buttons, and what there is to know. */
export function drawAgenda(meeting: Meeting, view: AgendaView, preview?: 'preview'): Drawn {
  const title = `${meeting.title}: ${meeting.kind === 'process review' ? 'process review, ' : ''}${dayInFull(wallTime(view.policy.zone, meeting.startsAt))}`;
  const live = meeting.status === 'planned' || meeting.status === 'open';
  const blocks = [
    header(title),
    section(lead(meeting, view)),
    ...(meeting.items.length > 0 && live
      ? [meeting.items.every(isTopic) ? topics(meeting) : table(meeting, view), ...itemBlocks(meeting, view)]
      : []),
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

function isTopic({ about }: Item): boolean {
  return about === 'topic';
}

const SKIPPED = {
  'nothing to decide': '✅ *No meeting this time*: nothing waits for the board.',
  'nobody opened it': '⌛ *The meeting was not held.* What is left comes to the next one.',
  'called off': '🚫 *The meeting was called off.* What is left comes to the next one.',
} as const;

/** Topics alone have no votes, no risk and no window to show. */
function topics({ items, current }: Meeting): DataTableBlock {
  const shown = items.slice(0, LISTED);
  const most = Math.max(8, Math.floor(TABLE_CHARACTERS / shown.length) - 24);
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text || '–' });
  const talked = shown.some(({ result }) => result);
  return {
    type: 'data_table',
    caption: 'To be talked about',
    rows: [
      ['#', 'What', ...(talked ? ['Result'] : [])].map(cell),
      ...shown.map((item, n) =>
        [
          `${n + 1}${item.id === current ? ' ◀' : ''}`,
          cut(item.title, most),
          ...(talked ? [item.result ?? ''] : []),
        ].map(cell),
      ),
    ],
    page_size: 20,
  };
}

/** "CR-2026-001 | Split the table | medium | Sat 7 Mar 22:00 | 2 for, 0 against"; of very many less of each. */
function table({ items, current }: Meeting, view: AgendaView): DataTableBlock {
  const shown = items.slice(0, LISTED);
  const crowded = shown.length > CROWDED;
  const { zone } = view.policy;
  const rows = shown.map((item, n) => {
    const change = view.changes.get(item.id);
    const startsAt = change?.proposal.startsAt;
    const window = startsAt === undefined ? '' : inShort(startsAt, zone);
    return [
      `${n + 1}${item.id === current ? ' ◀' : ''}`,
      item.number ?? 'Topic',
      change?.risk.level ?? '',
      ...(crowded ? [] : [window]),
      item.result ?? standsAt(item, change, crowded),
    ];
  });
  const rest = rows.flat().reduce((sum, text) => sum + text.length, 0);
  const most = Math.max(8, Math.min(60, Math.floor((TABLE_CHARACTERS - rest) / shown.length)));
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text || '–' });
  const head = ['#', 'Change', 'What', 'Risk', ...(crowded ? [] : ['Window']), 'Votes'];
  return {
    type: 'data_table',
    caption: `To be decided${crowded ? '' : ` (times of ${zone})`}`,
    rows: [
      head.map(cell),
      ...rows.map(([n = '', number = '', ...others], i) =>
        [n, number, cut(shown[i]?.title ?? '', most), ...others].map(cell),
      ),
    ],
    page_size: 20,
  };
}

/** How the votes are, in a few characters: "3 for, 1 against". */
function standsAt({ about }: Item, change: Change | undefined, crowded: boolean): string {
  if (about === 'topic' || !change) return '';
  if (about === 'review') return crowded ? 'review' : 'emergency, to be reviewed';
  const votes = change.decisions.filter((d) => 'open' in change && d.stage === change.open.stage);
  const of = (verdict: Verdict) => votes.filter((d) => d.verdict === verdict).length;
  if (crowded) return `${of('approve')} for, ${of('reject')} against`;
  const more = [
    ...(of('defer') > 0 ? [`${of('defer')} to defer`] : []),
    ...(of('recuse') > 0 ? [`${of('recuse')} aside`] : []),
  ];
  return [`${of('approve')} for`, `${of('reject')} against`, ...more].join(', ');
}

/** Each item with its buttons, as far as there is room; all of them in a menu where there is not. */
function itemBlocks(meeting: Meeting, view: AgendaView): KnownBlock[] {
  const open = meeting.items.filter(({ result }) => !result);
  const rows = open.filter(({ about }) => about !== 'topic').slice(0, WITH_BUTTONS);
  const blocks = rows.flatMap((item, n) => {
    const change = view.changes.get(item.id);
    return change ? row(item, change, n, meeting) : [];
  });
  const changes = open.filter(({ about }) => about !== 'topic').slice(0, LISTED);
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
  const votes = item.about === 'vote' ? (tally(change) ?? '') : reviewDue(change, meeting);
  const text = `*${nameOf(change)}*\n${showRisk(change.risk)}  ·  ${showWindow(change.proposal)}  ·  ${votes}`;
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
  return `emergency\n⚠️ *Its review is due ${when(due)}, before the meeting begins*: please review it now.`;
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
    spec('Full record', ACTION.record),
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
  const list = (title: string, all: readonly string[]) =>
    all.length === 0
      ? []
      : sections([
          `*${title}*`,
          ...all.slice(0, LINES).map((line) => `• ${line}`),
          ...(all.length > LINES ? [`• and ${all.length - LINES} more`] : []),
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
    ),
    ...list(
      'Open action items',
      actions.map(({ item, number }) => `${actionLine(item).slice(2)}${number ? ` (${number})` : ''}`),
    ),
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
