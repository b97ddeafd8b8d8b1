import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import * as z from 'zod';
import type { Item, Meeting, Place } from '../../board/types.ts';
import type { Change, Instant, PersonId } from '../../change/types.ts';
import type { AgendaView } from '../../engine/agenda-view.ts';
import { LONGEST } from '../../policy/fields.ts';
import { buttons, context, section } from '../blocks/blocks.ts';
import { count, quote, when } from '../blocks/format.ts';
import { label, MOST_OPTIONS, option, peopleInput, wordsInput } from '../blocks/inputs.ts';
import { parseChoice, type StateValues } from '../blocks/parse-form.ts';
import { wholeCase } from '../change/ask-card.ts';
import { summary } from '../change/summary.ts';
import { actionInputs } from '../form/action-inputs.ts';
import { itemButtons } from './agenda-card.ts';

/** A form about a meeting; its metadata is the meeting's id, and the item's where it is about one. */
function form(
  callback: string,
  title: string,
  submit: string,
  metadata: string,
  blocks: KnownBlock[],
): ModalView {
  return {
    ...{ type: 'modal', callback_id: `${callback}-form`, private_metadata: metadata, blocks },
    ...{ title: label(title), submit: label(submit), close: label('Back') },
  };
}

/** Asks once more before a meeting begins at a time at which nobody expects it. */
export function drawOpenEarly(callback: string, { id, title, startsAt }: Meeting): ModalView {
  return form(callback, 'Open the meeting', 'Open it now', id, [
    section(`*${quote(title, 150)}* meets ${when(startsAt)}.`),
    context('Opened now, it begins before its members expect it, and they are not told.'),
  ]);
}

/** Something else to talk about: a topic, or a change by its number. */
export function drawAddItem(callback: string, { id }: Meeting): ModalView {
  const words: InputBlock = {
    ...{ type: 'input', block_id: 'words', label: label('What is it about?') },
    element: { type: 'plain_text_input', action_id: 'words', max_length: LONGEST.line },
  };
  return form(callback, 'Add an item', 'Add', id, [
    words,
    context('A topic in a few words, or the number of a change.'),
  ]);
}

const AFTER = 'after/';
const FIRST_OPTIONS = { first: 'First', last: 'Last', off: 'Off the agenda: to the next meeting' };
/** So many items have room beside those in the second menu. */
const ITEMS = MOST_OPTIONS - Object.keys(FIRST_OPTIONS).length;

/** Where an item goes: first, last, after another one, or to the next meeting. */
export function drawArrange(callback: string, { id, items }: Meeting): ModalView {
  const named = (item: Item) => `${item.number ?? ''} ${item.title}`.trim();
  const select = (block: string, text: string, options: PlainTextOption[]): InputBlock => ({
    ...{ type: 'input', block_id: block, label: label(text) },
    element: { type: 'static_select', action_id: block, options },
  });
  const fixed = Object.entries(FIRST_OPTIONS).map(([value, text]) => option(value, text));
  return form(callback, 'Arrange', 'Move', id, [
    select(
      'item',
      'Which item?',
      items.slice(0, ITEMS).map((item) => option(item.id, named(item))),
    ),
    select('place', 'Where does it go?', [
      ...fixed,
      ...items.slice(0, ITEMS).map((item) => option(`${AFTER}${item.id}`, `After ${named(item)}`)),
    ]),
  ]);
}

const fixedPlace = z.enum(['first', 'last', 'off']);

/** What the form says. */
export function parseArrange(values: StateValues): { item: string; to: Place } {
  const item = parseChoice(values, 'item') ?? '';
  const place = parseChoice(values, 'place') ?? 'last';
  const fixed = fixedPlace.safeParse(place).data;
  return { item, to: fixed ?? { after: place.slice(AFTER.length) } };
}

/** What the minutes should say about an item. */
export function drawRemark(callback: string, id: string, item: string): ModalView {
  return form(callback, 'Guidance or note', 'Record', `${id}|${item}`, [
    wordsInput('words', 'What should the minutes say?'),
    context('Guidance on a change also goes to whoever carries it out.'),
  ]);
}

/** Something about how the process works, to be done by somebody. */
export function drawMeetingAction(callback: string, id: string): ModalView {
  return form(callback, 'Action item', 'Add', id, [
    ...actionInputs(1),
    context('Who does it is told now, and again when it is due.'),
  ]);
}

/** Who was there, as far as it shows; then the minutes are written. */
export function drawClose(callback: string, { id, items }: Meeting, seen: readonly PersonId[]): ModalView {
  const left = undecided(items);
  return form(callback, 'Close the meeting', 'Close', id, [
    section(left.length > 0 ? left.join('\n') : 'Everything is decided.'),
    peopleInput('people', 'Who was there?', seen),
    context(
      'The minutes are written from the votes and the notes, and posted here. Votes of others are marked as given beforehand or from elsewhere.',
    ),
  ]);
}

/** What comes to the next meeting, and how it can be dealt with before. */
function undecided(items: readonly Item[]): string[] {
  const open = (about: Item['about']) => items.filter((item) => !item.result && item.about === about).length;
  return [
    ...toNext(open('vote'), 'change', 'changes', 'decided', 'votes'),
    ...toNext(open('review'), 'emergency', 'emergencies', 'reviewed', 'a review'),
  ];
}

function toNext(n: number, one: string, many: string, done: string, until: string): string[] {
  const [are, stay, come] = n === 1 ? ['is', 'It stays', 'comes'] : ['are', 'They stay', 'come'];
  return n === 0
    ? []
    : [
        `${count(n, one, many)} ${are} not ${done}. ${stay} open for ${until}, and ${come} to the next meeting.`,
      ];
}

/** One item of an agenda with its whole case and its buttons, in a window. */
export function drawItem(item: Item, change: Change, view: AgendaView, now: Instant): ModalView {
  return {
    ...{ type: 'modal', title: label(change.number.slice(0, 24)), close: label('Close') },
    blocks: [
      ...buttons(itemButtons(item, change)),
      ...summary(change, view),
      ...wholeCase(change, view, now),
    ],
  };
}
