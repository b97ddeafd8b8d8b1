import type { Db } from '../../src/db/db.ts';
import type { Policy } from '../../src/policy/schema.ts';
import type { Told } from './driver.ts';
import { type Notices, observeNotices } from './observe-notices.ts';
import { observePeace, type Peace } from './observe-peace.ts';
import { observePosts, type Posts } from './observe-posts.ts';
import { observeWaiting, type Waiting, when } from './observe-waiting.ts';
import type { Posted, PretendSlack } from './pretend-slack.ts';
import { categoryOf, isChange, type RawRecord, readRecord } from './record.ts';

/** A story that was played. */
export interface Played {
  db: Db;
  slack: PretendSlack;
  told: Told;
  policy: Policy;
  from: number;
  to: number;
  down: readonly { from: number; to: number }[];
  seed: number;
  seconds: number;
  /** How often a replica was killed. */
  kills: number;
}

/** What somebody sees who knows only what was posted and what lies in the database. */
export interface Seen extends Pick<Played, 'seed' | 'seconds' | 'told' | 'kills'> {
  /** `category status` to how many changes ended so, or stand so now. */
  outcomes: Map<string, number>;
  changes: number;
  /** Of changes alone. */
  events: number;
  posted: number;
  direct: number;
  waiting: Waiting;
  peace: Peace;
  posts: Posts;
  notices: Notices;
  breaches: string[];
  /** What happened to one stream and what was posted of it, or to one person; a line each. */
  storyOf(stream: string): string[];
}

export async function observe({
  db,
  slack,
  told,
  policy,
  seed,
  seconds,
  kills,
  ...span
}: Played): Promise<Seen> {
  const record = await readRecord(db);
  const { posted, company } = slack;
  const waiting = observeWaiting(record, posted, company.people, span);
  const peace = observePeace(record, posted, company.people, policy.messages.mostPerDay ?? Infinity);
  const posts = observePosts(record, posted, span);
  const notices = observeNotices(record, posted, span);
  const outcomes = new Map<string, number>();
  for (const [stream, events] of record) {
    if (!isChange(stream)) continue;
    const end = ENDS.find(([type]) => events.some((event) => event.type === type))?.[1] ?? 'open';
    const kind = `${categoryOf(record, stream)} ${end}`;
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
  }
  return {
    ...{ seed, seconds, kills, told, outcomes, waiting, peace, posts, notices },
    events: [...record].reduce((sum, [stream, { length }]) => sum + (isChange(stream) ? length : 0), 0),
    changes: [...outcomes.values()].reduce((sum, n) => sum + n, 0),
    posted: posted.length,
    direct: posted.filter(({ to }) => to !== undefined).length,
    storyOf: (stream) => storyOf(record, posted, stream),
    breaches: [...waiting.breaches, ...peace.breaches, ...posts.breaches, ...notices.breaches],
  };
}

function storyOf(record: RawRecord, posted: readonly Posted[], stream: string): string[] {
  const events = (record.get(stream) ?? []).map(({ seq, type, actor, at, data }) => ({
    at,
    line: `${when(at)} ${seq} ${type} by ${actor} ${JSON.stringify(data).slice(0, 300)}`,
  }));
  const messages = posted
    .filter((one) => (one.stream === stream || one.to === stream) && !one.thread)
    .map(({ at, channel, job, text }) => ({ at, line: `${when(at)}   ${job} to ${channel}: ${text}` }));
  return [...events, ...messages].sort((a, b) => a.at - b.at).map(({ line }) => line);
}

const ENDS: readonly [type: string, end: string][] = [
  ['ChangeClosed', 'closed'],
  ['ChangeRejected', 'rejected'],
  ['Withdrawn', 'withdrawn'],
  ['Cancelled', 'cancelled'],
  ['Expired', 'expired'],
];
