import type { KnownBlock } from '@slack/types';
import type { Item, Meeting } from '../../board/types.ts';
import type { Facts } from '../../change/facts.ts';
import type { Instant } from '../../change/types.ts';
import type { AgendaView } from '../../engine/agenda-view.ts';
import { type ButtonSpec, buttons, context, type Drawn, header, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { mention, mentions, quote, said } from '../blocks/format.ts';
import { wholeCase } from '../change/ask-card.ts';
import { aftermath, progress } from '../change/evidence.ts';
import { summary } from '../change/summary.ts';
import { itemButtons } from './agenda-card.ts';
import { MEETING } from './meeting-ids.ts';

const REMARKS_SHOWN = 5;

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
    ...buttons(leading(meeting, place)),
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

function leading({ id, items, current }: Meeting, place: number): ButtonSpec[] {
  const spec = (label: string, action: string, item: string | undefined): ButtonSpec => ({
    ...{ label, action, value: item === undefined ? id : `${id}|${item}` },
  });
  const [before, after] = [items[place - 1], items[place + 1]];
  return [
    ...(after ? [{ ...spec('Next item', MEETING.next, after.id), style: 'primary' as const }] : []),
    ...(before ? [{ ...spec('Back', MEETING.next, before.id), action: `${MEETING.next}:back` }] : []),
    ...(current === undefined ? [] : [spec('Guidance or note…', MEETING.remark, current)]),
    spec('Action item…', MEETING.addAction, undefined),
    spec('I am here', MEETING.attend, undefined),
    {
      ...spec('Close the meeting…', MEETING.close, undefined),
      ...(after ? {} : { style: 'primary' as const }),
    },
  ];
}
