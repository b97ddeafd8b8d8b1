import { when } from './observe-waiting.ts';
import type { Posted } from './pretend-slack.ts';
import { isChange, type RawRecord } from './record.ts';

const HOUR = 3_600_000;
/** Whoever hears of these is on record: who is asked to decide, and to whom the end is told. */
const ON_RECORD = new Set(['StageOpened', 'Finished', 'RolledBack']);

interface Notice {
  stream: string;
  to: string;
  event: number;
  of: string;
  at: number;
  failed?: string;
}

export interface Notices {
  /** How many events put them down, and how many they are. */
  events: number;
  notices: number;
  breaches: string[];
}

/** Whether the record says of everybody who was asked, or told of an end, that they were and when; and nothing else. */
export function observeNotices(
  record: RawRecord,
  posted: readonly Posted[],
  { to: end }: { to: number },
): Notices {
  const put = [...record.values()].flat().filter(({ type }) => type === 'Notified');
  const notices = put.flatMap(({ stream, data }) =>
    (data.notices as Omit<Notice, 'stream'>[]).map((notice) => ({ ...notice, stream })),
  );
  const known = new Map<string, Notice>();
  const breaches: string[] = [];
  for (const notice of notices) {
    const name = nameOf(notice);
    if (known.has(`${name} ${notice.of}`)) breaches.push(`${name} is on record twice`);
    known.set(`${name} ${notice.of}`, notice).set(name, notice);
  }
  const sent = new Map<string, number[]>();
  for (const { stream, to, channel, seq, at, thread } of posted) {
    const type = record.get(stream)?.[seq - 1]?.type ?? '';
    if (thread || !isChange(stream)) continue;
    const name = nameOf({ stream, to: to ?? channel, event: seq });
    sent.set(name, [...(sent.get(name) ?? []), at]);
    if (ON_RECORD.has(type) && at < end - HOUR && !known.has(name))
      breaches.push(`${name} heard of ${type} at ${when(at)}, and the record does not say so`);
  }
  for (const notice of notices) {
    const times = sent.get(nameOf(notice)) ?? [];
    // By the second: that is what Slack's own time of a message is given in here.
    if (notice.failed === undefined && !times.some((at) => Math.abs(at - notice.at) < 1_000))
      breaches.push(`${nameOf(notice)} is on record at ${when(notice.at)}, and no message went out then`);
  }
  return { events: put.length, notices: notices.length, breaches };
}

function nameOf({ stream, to, event }: Pick<Notice, 'stream' | 'to' | 'event'>): string {
  return `${to} of ${stream}/${event}`;
}
