import type { KnownBlock } from '@slack/types';
import { MINUTE } from '../../calendar/zone.ts';
import { NEWS, type Notice } from '../../change/notices.ts';
import type { Change } from '../../change/types.ts';
import { header, sections } from '../blocks/blocks.ts';
import { escaped, inLine, mention, when } from '../blocks/format.ts';

/** So many of them in the full record; its export has all. */
const SHOWN = 12;
const NAMED = 8;

/** Who was asked and who was told what of a change, and when it reached them: a line for all who heard of one event. */
export function noticeLines(change: Change): KnownBlock[] {
  const { notices = [] } = change;
  const keys = [...new Set(notices.map(keyOf))].slice(-SHOWN);
  const lines = keys.map((key) =>
    groupLine(
      notices.filter((notice) => keyOf(notice) === key),
      change,
    ),
  );
  return lines.length > 0 ? [header('Notices'), ...sections(lines)] : [];
}

const keyOf = ({ of, event }: Notice) => `${of} ${event}`;

/** "• told that it has started: @Sam, #support Nov 25 10:00". */
function groupLine(group: readonly Notice[], { route }: Change): string {
  const what = group[0]?.of ?? 'asked';
  const stage = route.find(({ id }) => id === group[0]?.stage)?.title ?? group[0]?.stage ?? '';
  const lead = what === 'asked' ? `asked for ${escaped(stage)}` : `told ${NEWS[what]}`;
  const reached = group.filter((notice) => 'ts' in notice);
  const missed = group.flatMap((notice) =>
    'failed' in notice ? [`⚠️ not ${reader(notice)} (${inLine(notice.failed, 100)})`] : [],
  );
  return `• ${lead}: ${[...together(reached), ...missed].join('; ')}`;
}

function together(notices: readonly Notice[]): string[] {
  if (notices.length === 0) return [];
  const times = notices.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const more = notices.length > NAMED ? ` and ${notices.length - NAMED} more` : '';
  const until = last - first < MINUTE ? '' : ` – ${when(last)}`;
  return [`${notices.slice(0, NAMED).map(reader).join(', ')}${more} ${when(first)}${until}`];
}

function reader({ to }: Notice): string {
  return /^[CG]/.test(to) ? `<#${to}>` : mention(to);
}
