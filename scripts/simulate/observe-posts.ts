import { when } from './observe-waiting.ts';
import type { Posted } from './pretend-slack.ts';
import type { RawRecord } from './record.ts';
import { datesBetween, instantOf, isWorkday, wallOf } from './wall.ts';

const BERLIN = 'Europe/Berlin';
const HOUR = 3_600_000;

interface Expected {
  id: string;
  due: number;
}

/** The days of the shipped policy's posts, said once more: on which dates, at which minute, and where it goes if nobody works then. */
const TIMES: Record<
  string,
  { on: (date: string) => boolean; minute: number; off?: 1 | -1; skipAfterHours?: number }
> = {
  backup: { on: () => true, minute: 150, skipAfterHours: 24 },
  weekly_report: { on: weekday(1), minute: 540, off: 1 },
  monthly_report: { on: day(1), minute: 540, off: 1 },
  board_agenda: { on: weekday(3), minute: 840, off: -1 },
  process_review_agenda: { on: day(4), minute: 600, off: -1 },
  success_rate_audit: { on: day(1), minute: 600, off: 1 },
  quarterly_process_review: { on: day(15, [1, 4, 7, 10]), minute: 600, off: 1 },
  annual_workflow_review: { on: day(1, [2]), minute: 600, off: 1 },
  training: { on: day(1, [3, 9]), minute: 600, off: 1 },
};

function weekday(wanted: number): (date: string) => boolean {
  return (date) => new Date(`${date}T12:00:00Z`).getUTCDay() === wanted;
}

function day(of: number, months?: number[]): (date: string) => boolean {
  return (date) => Number(date.slice(8)) === of && (!months || months.includes(Number(date.slice(5, 7))));
}

function expectedBetween(from: number, to: number): Expected[] {
  const start = wallOf(BERLIN, from - 7 * 24 * HOUR).date;
  const end = wallOf(BERLIN, to + 7 * 24 * HOUR).date;
  const dates = datesBetween(start, end);
  const moved = (date: string, off: 1 | -1 | undefined): string => {
    if (off === undefined || isWorkday(date)) return date;
    const next = new Date(Date.parse(`${date}T12:00:00Z`) + off * 24 * HOUR).toISOString().slice(0, 10);
    return moved(next, off);
  };
  return Object.entries(TIMES)
    .flatMap(([id, { on, minute, off }]) =>
      dates.filter(on).map((date) => ({ id, due: instantOf(BERLIN, moved(date, off), minute) })),
    )
    .filter(({ due }) => due > from && due < to - HOUR);
}

export interface Posts {
  /** Name to how many came, and how many were skipped because it was too late. */
  came: Map<string, { came: number; skipped: number }>;
  messages: number;
  breaches: string[];
}

/** Whether everything that comes by the calendar came at its time, once; late only where Docket did not run, skipped only where the policy says so. */
export function observePosts(
  record: RawRecord,
  posted: readonly Posted[],
  { from, to, down }: { from: number; to: number; down: readonly { from: number; to: number }[] },
): Posts {
  const result: Posts = { came: new Map(), messages: 0, breaches: [] };
  const editions = [...record].flatMap(([stream, [first]]) =>
    stream.startsWith('post/') && first ? [{ stream, first, id: stream.split('/')[1] ?? '' }] : [],
  );
  const expected = expectedBetween(from, to);
  const allowed = new Set(expectedBetween(from, to + 2 * HOUR).map(({ id, due }) => `${id} ${due}`));
  for (const { id, due } of expected) {
    const these = editions.filter((one) => one.id === id && one.first.data.due === due);
    const name = `${id} of ${when(due)}`;
    const [one] = these;
    if (!one || these.length > 1) {
      result.breaches.push(`${name} came ${these.length} times`);
      continue;
    }
    const skipped = one.first.type === 'Skipped';
    const count = result.came.get(id) ?? { came: 0, skipped: 0 };
    result.came.set(id, { came: count.came + Number(!skipped), skipped: count.skipped + Number(skipped) });
    const gap = down.find((each) => due >= each.from && due < each.to);
    const since = gap ? gap.to : due;
    if (one.first.at > since + HOUR / 4) result.breaches.push(`${name} came at ${when(one.first.at)}`);
    const { skipAfterHours = Infinity } = TIMES[id] ?? {};
    if (skipped !== (gap !== undefined && since > due + skipAfterHours * HOUR))
      result.breaches.push(`${name} was ${skipped ? 'skipped' : 'caught up'}`);
  }
  for (const { id, first, stream } of editions)
    if (TIMES[id] && !allowed.has(`${id} ${first.data.due}`))
      result.breaches.push(`${stream} came without being expected`);
  result.breaches.push(...eachOnce(record, posted, result));
  return result;
}

/** Every job is one message, and everybody whom an edition or an agenda is for got it once. */
function eachOnce(record: RawRecord, posted: readonly Posted[], result: Posts): string[] {
  const jobs = new Set<string>();
  const twice = posted.flatMap(({ job }) =>
    jobs.has(job) || !jobs.add(job) ? [`${job} was posted twice`] : [],
  );
  const wanted = [...record].flatMap(([stream, [first]]) => {
    const to = first?.type === 'Published' ? first.data.to : stream.startsWith('meeting/') ? ['agenda'] : [];
    return Array.isArray(to) && to.length > 0 ? [{ stream, to: to.length }] : [];
  });
  const first = new Map<string, Posted[]>();
  for (const message of posted.filter(({ seq, thread }) => seq === 1 && !thread)) {
    const these = first.get(message.stream) ?? [];
    first.set(message.stream, these);
    these.push(message);
  }
  const missing = wanted.flatMap(({ stream, to }) => {
    const these = first.get(stream) ?? [];
    result.messages += these.length;
    const places = new Set(these.map(({ channel }) => channel)).size;
    return these.length === to && places === to
      ? []
      : [`${stream} is for ${to}, and ${these.length} messages of it came`];
  });
  return [...twice, ...missing];
}
