import type { KnownBlock, ModalView } from '@slack/types';
import { toldAndLeft, withoutResult } from '../../board/minutes.ts';
import type { Meeting, Minute, VoteTold } from '../../board/types.ts';
import { dayInFull } from '../../calendar/in-full.ts';
import { wallTime } from '../../calendar/zone.ts';
import { VERDICTS } from '../../change/voting.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, type Drawn, header, section, sections } from '../blocks/blocks.ts';
import { fitMessage, fits } from '../blocks/fit.ts';
import {
  count,
  cut,
  day,
  escaped,
  inLine,
  inStead,
  mention,
  mentions,
  quote,
  said,
  span,
} from '../blocks/format.ts';
import { label, MOST_OPTIONS, option } from '../blocks/inputs.ts';
import { actionLine } from '../change/evidence.ts';
import { MEETING } from './meeting-ids.ts';

/** What a message takes of the minutes; the rest is in the window that its button opens. */
const CHARACTERS = 8_000;
/** Of those, for what was left and the menu that opens it. */
const LEFT_CHARACTERS = 2_000;
/** Slack takes a hundred blocks in a window. */
const SECTIONS = 90;
/** And 250 KB, of which a section of 3,000 characters can have twelve, and five are for what is around. */
const SECTIONS_OF_WIDE_TEXT = 14;

/** The minutes of a meeting as they are posted: as many items as a message takes, and all of them behind a button. */
export function drawMinutes(meeting: Meeting, policy: Policy): Drawn {
  const title = titleOf(meeting, policy);
  const { told, left } = partsOf(meeting);
  const items = linesOf(told, policy, 250);
  const shown = items.slice(0, howManyFit(items, CHARACTERS - (left.length > 0 ? 2 * LEFT_CHARACTERS : 0)));
  const more = items.length - shown.length;
  const blocks: KnownBlock[] = [
    header(title),
    section(attendance(meeting)),
    ...sections(shown.flat()),
    ...(more > 0 ? [context(`And ${count(more, 'item')} more, in the full minutes.`)] : []),
    ...leftBlocks(left, LEFT_CHARACTERS),
    ...actions(meeting, 10),
    ...buttons([
      { label: 'Full minutes', action: MEETING.minutes, value: meeting.id, spoken: title },
      { label: 'Markdown', action: MEETING.minutesFile, value: meeting.id, spoken: `As a file: ${title}` },
    ]),
  ];
  return { text: escaped(title), blocks: fitMessage(blocks) };
}

function partsOf({ closed }: Meeting) {
  return toldAndLeft(closed?.minutes ?? []);
}

/** Of the items in order, how many so many characters take. */
function howManyFit(items: readonly string[][], characters: number): number {
  const lengths = items.map((lines) => lines.join('\n').length);
  const tooMany = lengths.findIndex(
    (_, n) => lengths.slice(0, n + 1).reduce((sum, each) => sum + each, 0) > characters,
  );
  return tooMany < 0 ? items.length : tooMany;
}

/** All of the minutes, in a window; of very long ones as much as a window takes. */
export function drawFullMinutes(meeting: Meeting, policy: Policy): ModalView {
  const { told, left } = partsOf(meeting);
  const around = [header(titleOf(meeting, policy)), section(attendance(meeting))];
  const decided = sections(linesOf(told, policy, 1500).flat());
  const named = leftBlocks(left, 4 * LEFT_CHARACTERS);
  const todo = [...named, ...actions(meeting, 50).slice(0, 4)];
  const room = (most: number) => decided.slice(0, Math.max(1, most - named.length));
  const shown = room(fits([...around, ...room(SECTIONS), ...todo]) ? SECTIONS : SECTIONS_OF_WIDE_TEXT);
  const rest = shown.length < decided.length ? [context('The rest is more than a window takes.')] : [];
  return {
    ...{ type: 'modal', title: label('Minutes'), close: label('Close') },
    blocks: [...around, ...shown, ...rest, ...todo],
  };
}

/** What was left, each by its name, and a menu that opens the changes among them. */
function leftBlocks(left: readonly [string, Minute[]][], characters: number): KnownBlock[] {
  const all = left.flatMap(([, minutes]) => minutes);
  const most = Math.min(100, Math.floor(characters / all.length));
  const name = ({ number, title }: Minute) => cut(`${number ?? ''} ${title}`.trim(), most);
  const lines = left.flatMap(([words, minutes]) => [
    `\n*${words}*: ${minutes.length}`,
    ...minutes.map((minute) => `• ${quote(name(minute), most)}`),
  ]);
  const options = all
    .filter(({ number }) => number !== undefined)
    .slice(0, MOST_OPTIONS)
    .map((minute) => option(minute.id, name(minute)));
  const menu: KnownBlock = {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: MEETING.openItem,
        placeholder: label('Open one of these'),
        options,
      },
    ],
  };
  return [...sections(lines), ...(options.length > 0 ? [menu] : [])];
}

function titleOf({ title, kind, startsAt }: Meeting, { zone }: Policy): string {
  return `Minutes: ${title}, ${kind === 'weekly' ? '' : `${kind}, `}${dayInFull(wallTime(zone, startsAt))}`;
}

function attendance({ attendance: people, openedAt, closed }: Meeting): string {
  const time = openedAt && closed ? span(openedAt, closed.at) : '';
  return `${time}, closed by ${mention(closed?.by ?? 'docket')}${inStead(closed?.for)}\n*Present*: ${mentions(people, 30) || 'nobody was named'}`;
}

/** The lines of each item: what became of it, who voted what, what was found and said. */
function linesOf(minutes: readonly Minute[], policy: Policy, most: number): string[][] {
  return minutes.map((minute) => [
    `\n*${escaped(minute.number ?? 'Topic')}* ${quote(minute.title, 150)}: *${resultOf(minute)}*`,
    ...minute.votes.map((vote) => voteLine(vote, policy, most)),
    ...(minute.findings
      ? [`• ${mention(minute.findings.by)} found:\n${said(minute.findings.words, most)}`]
      : []),
    ...minute.remarks.map(({ by, words }) => `📝 ${mention(by)}:\n${said(words, most)}`),
  ]);
}

/** "approved, before the meeting", "deferred to 12 March", "not decided". */
function resultOf(minute: Minute): string {
  const { result, early, until, off } = minute;
  if (!result) return `${withoutResult(minute)}${off ? ` by ${mention(off.by)}${inStead(off.for)}` : ''}`;
  const to = until === undefined ? '' : ` to ${day(until)}`;
  return `${result}${to}${early ? ', before the meeting' : ''}`;
}

function voteLine(
  { by, for: whom, role, verdict, words, apart }: VoteTold,
  { roles }: Policy,
  most: number,
): string {
  const why = words ? `: ${inLine(words, most)}` : '';
  return `• ${mention(by)}${inStead(whom)} (${escaped(roles[role] ?? role)}) ${VERDICTS[verdict]}${apart ? `, ${apart}` : ''}${why}`;
}

function actions({ actions: items }: Meeting, most: number): KnownBlock[] {
  if (items.length === 0) return [];
  const rest = items.length > most ? [`and ${items.length - most} more: \`/change actions\``] : [];
  return sections(['*Action items*', ...items.slice(0, most).map(actionLine), ...rest]);
}
