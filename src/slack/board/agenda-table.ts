import type { DataTableBlock } from '@slack/types';
import type { Item, Meeting } from '../../board/types.ts';
import { inShort } from '../../calendar/in-full.ts';
import type { Change, Verdict } from '../../change/types.ts';
import type { AgendaView } from '../../engine/agenda-view.ts';
import { cut } from '../blocks/format.ts';

/** Slack takes a hundred rows. */
const LISTED = 100;
/** Slack takes about 13,000 characters in a message; this much of it is for the table. */
const TABLE_CHARACTERS = 6_000;
/** From so many on a row says less, that all of them have room. */
const CROWDED = 40;

/** All items of an agenda, a row each: what is voted on and reviewed, or what is only talked about. */
export function agendaTable(meeting: Meeting, view: AgendaView): DataTableBlock {
  return meeting.items.every(isTopic) ? topics(meeting) : table(meeting, view);
}

/** Whether something is only talked about. */
export function isTopic({ about }: Item): boolean {
  return about === 'topic';
}

/** Whether the window of what is still to be decided is over when the meeting begins. */
export function isTooEarly(
  { status, proposal }: Change,
  { startsAt, openedAt = startsAt }: Meeting,
): boolean {
  return status === 'in review' && proposal.endsAt !== undefined && proposal.endsAt <= openedAt;
}

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

/** "CR-2026-001 | Split the table | medium | Sat 7 Mar 22:00 | 2 for, 0 against"; of very many "2 : 0". */
function table(meeting: Meeting, view: AgendaView): DataTableBlock {
  const { items, current } = meeting;
  const shown = items.slice(0, LISTED);
  const crowded = shown.length > CROWDED;
  const { zone } = view.policy;
  const rows = shown.map((item, n) => {
    const change = view.changes.get(item.id);
    const startsAt = change?.proposal.startsAt;
    const early = change && item.about === 'vote' && isTooEarly(change, meeting);
    const mark = early ? (crowded ? ' ⚠️' : ' ⚠️ too early') : '';
    return [
      `${n + 1}${item.id === current ? ' ◀' : ''}`,
      item.number ?? 'Topic',
      change?.risk.level ?? '',
      startsAt === undefined ? '' : `${inShort(startsAt, zone)}${mark}`,
      item.result ?? standsAt(item, change, crowded),
    ];
  });
  const rest = rows.flat().reduce((sum, text) => sum + text.length, 0);
  const most = Math.max(8, Math.min(60, Math.floor((TABLE_CHARACTERS - rest) / shown.length)));
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text || '–' });
  const head = ['#', 'Change', 'What', 'Risk', 'Window', crowded ? 'For : against' : 'Votes'];
  return {
    type: 'data_table',
    caption: `To be decided (times of ${zone}${crowded ? '; ⚠️ is over before the meeting' : ''})`,
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
  if (crowded) return `${of('approve')} : ${of('reject')}`;
  const more = [
    ...(of('defer') > 0 ? [`${of('defer')} to defer`] : []),
    ...(of('recuse') > 0 ? [`${of('recuse')} aside`] : []),
  ];
  return [`${of('approve')} for`, `${of('reject')} against`, ...more].join(', ');
}
