import type { ActionsBlock, KnownBlock, StaticSelect } from '@slack/types';
import type { Item, Meeting } from '../../board/types.ts';
import type { Facts } from '../../change/facts.ts';
import type { Instant } from '../../change/types.ts';
import type { AgendaView } from '../../engine/agenda-view.ts';
import { type ButtonSpec, button, buttons, context, type Drawn, header, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { cut, mention, mentions, quote, said } from '../blocks/format.ts';
import { label, MOST_OPTIONS, option } from '../blocks/inputs.ts';
import { wholeCase } from '../change/ask-card.ts';
import { aftermath, progress } from '../change/evidence.ts';
import { summary } from '../change/summary.ts';
import { itemButtons } from './agenda-card.ts';
import { MEETING } from './meeting-ids.ts';

const REMARKS_SHOWN = 5;
/** Slack takes about 13,000 characters in a message; this much of it is for the menu of its items. */
const MENU_CHARACTERS = 3_000;

/** An open meeting: the item that is talked about with its whole case, its votes, and what to do with it. */
export function drawLive(meeting: Meeting, view: AgendaView, facts: Facts, now: Instant): Drawn {
  if (meeting.status !== 'open') {
    const words = `📁 *${quote(meeting.title, 150)}*: the meeting is closed.`;
    return { text: words, blocks: [section(words)] };
  }
  const place = meeting.items.findIndex(({ id }) => id === meeting.current);
  const item = meeting.items[place];
  const name = item ? `${item.number ?? ''} ${item.title}`.trim() : '';
  const text = item
    ? `Item ${place + 1} of ${meeting.items.length}: ${name}`
    : 'Nothing is talked about now.';
  const blocks = [
    header(text),
    ...(item ? about(item, view, facts, now) : []),
    ...remarks(meeting, item),
    context(`Here: ${mentions(meeting.attendance, 20) || 'nobody has said so yet'}`),
    ...buttons(item ? decisions(item, view) : []),
    leading(meeting, place),
  ];
  return { text: quote(text, 300), blocks: fitMessage(blocks) };
}

function about(item: Item, { changes }: AgendaView, facts: Facts, now: Instant): KnownBlock[] {
  const change = changes.get(item.id);
  if (!change) return [section(`*${quote(item.title, 300)}*`)];
  const done = item.result ? [section(`*Decided: ${item.result}*`)] : [];
  return [
    ...summary(change, facts),
    ...done,
    ...(item.result ? [] : wholeCase(change, facts, now)),
    ...(item.about === 'review' ? [...progress(change), ...aftermath(change, facts)] : []),
  ];
}

function remarks({ remarks: all }: Meeting, item: Item | undefined): KnownBlock[] {
  const here = all.filter((one) => one.item === item?.id);
  return here.slice(-REMARKS_SHOWN).map(({ by, words }) => section(`📝 ${mention(by)}\n${said(words, 400)}`));
}

function decisions(item: Item, { changes }: AgendaView): ButtonSpec[] {
  const change = changes.get(item.id);
  if (!change) return [];
  const list = itemButtons(item, change);
  return item.result ? list.filter(({ label }) => label === 'Full record') : list;
}

function leading(meeting: Meeting, place: number): ActionsBlock {
  const { id, items, current } = meeting;
  const spec = (words: string, action: string, item: string | undefined): ButtonSpec => ({
    ...{ label: words, action, value: item === undefined ? id : `${id}|${item}` },
  });
  const [before, after] = [items[place - 1], items[place + 1]];
  const onward: ButtonSpec[] = [
    ...(after ? [{ ...spec('Next item', MEETING.next, after.id), style: 'primary' as const }] : []),
    ...(before ? [{ ...spec('Back', MEETING.next, before.id), action: `${MEETING.next}:back` }] : []),
  ];
  const rest: ButtonSpec[] = [
    ...(current === undefined ? [] : [spec('Guidance or note…', MEETING.remark, current)]),
    spec('Action item…', MEETING.addAction, undefined),
    spec('I am here', MEETING.attend, undefined),
    {
      ...spec('Close the meeting…', MEETING.close, undefined),
      ...(after ? {} : { style: 'primary' as const }),
    },
  ];
  return {
    type: 'actions',
    elements: [...onward.map(button), ...goTo(meeting, place), ...rest.map(button)],
  };
}

/**
 * Straight to any other item, by its place on the agenda. Of more than Slack takes it has those around the item that is
 * talked about, so that a few steps lead to the furthest.
 */
function goTo({ id, items }: Meeting, place: number): StaticSelect[] {
  const from = Math.max(0, Math.min(place - MOST_OPTIONS / 2, items.length - MOST_OPTIONS - 1));
  const others = items
    .map((item, n) => ({ item, n }))
    .slice(from, from + MOST_OPTIONS + 1)
    .filter(({ n }) => n !== place)
    .slice(0, MOST_OPTIONS);
  if (others.length === 0) return [];
  const most = Math.floor(MENU_CHARACTERS / others.length);
  return [
    {
      ...{ type: 'static_select', action_id: MEETING.goTo, placeholder: label('Go to…') },
      options: others.map(({ item, n }) =>
        option(
          `${id}|${item.id}`,
          cut(`${n + 1}. ${item.number ?? ''} ${item.title}`.replace(/\s+/g, ' '), most),
        ),
      ),
    },
  ];
}
