import { asc } from 'drizzle-orm';
import { fold } from '../../../src/change/evolve.ts';
import { auditRecord } from '../../../src/db/audit.ts';
import { changeEvents } from '../../../src/db/events.ts';
import type { OutboxRow } from '../../../src/db/outbox.ts';
import type { Job } from '../../../src/engine/outbox-rows.ts';
import { HELD } from '../../../src/engine/settle-delivery.ts';
import { subjectOf } from '../../../src/slack/subject.ts';
import type { Opened } from '../open-docket.ts';

/** What an observer finds wrong, each in a sentence. */
type Wrong = string[];

/** What was done to Slack that Docket cannot make good: it says so in its log, and goes on. */
export interface Harm {
  archived: boolean;
  /** What somebody deleted, by the jobs that it was posted for. */
  deleted: Set<string>;
}

/** What must be true once Slack is well again and all that was due has been done. */
export async function findWrong(opened: Opened, harm: Harm): Promise<Wrong> {
  const rows = await outboxOf(opened);
  return [
    ...(await wrongState(opened)),
    ...unfinished(opened, rows, harm),
    ...(await wrongCards(opened)),
    ...twice(opened, harm),
    ...(await missing(opened, rows, harm)),
    ...disordered(opened),
    ...tooFast(opened),
  ];
}

async function outboxOf({ docket }: Opened): Promise<OutboxRow[]> {
  const { db } = docket.world;
  return db.q.select().from(db.t.outbox).orderBy(asc(db.t.outbox.due));
}

/** The state that is kept is what the events come to, and the events hold together. */
async function wrongState({ docket }: Opened): Promise<Wrong> {
  const { db } = docket.world;
  const wrong: Wrong = [];
  for (const { id, state } of await db.q.select().from(db.t.changes)) {
    const folded = fold(id, await changeEvents(db, id));
    if (!same(folded, state)) wrong.push(`${id} is kept otherwise than its events say`);
  }
  const { breaches } = await auditRecord(db);
  return [...wrong, ...breaches.map((breach) => `the record does not hold: ${JSON.stringify(breach)}`)];
}

/** Nothing is left to be done but what is due later, and nothing was given up but what Slack has lost for good. */
function unfinished({ slack }: Opened, rows: readonly OutboxRow[], harm: Harm): Wrong {
  const now = slack.clock.now();
  const left = rows.filter(
    ({ state, kind, due, lastError }) =>
      (state === 'waiting' || state === 'sending') &&
      !((kind === 'timer' || lastError === HELD) && due > now),
  );
  const dead = rows.filter(({ state }) => state === 'dead');
  return [...left, ...(harm.archived ? [] : dead)].map(
    ({ id, state, attempts, lastError }) =>
      `${id} is still ${state} after ${attempts} attempts: ${lastError}`,
  );
}

/** Every card shows what its change is now. */
async function wrongCards({ slack, docket }: Opened): Promise<Wrong> {
  const { world } = docket;
  const wrong: Wrong = [];
  const cards = await world.db.q.select().from(world.db.t.slackMessages);
  for (const { stream, audience, channel, ts } of cards) {
    const shown = slack.messages().find((one) => one.channel === channel && one.ts === ts);
    if (!shown) continue;
    const subject = await subjectOf(world, stream);
    const drawn = await subject?.draw(audience);
    if (!drawn) continue;
    if (shown.text !== drawn.text || !same(withoutIds(shown.blocks), withoutIds(drawn.blocks)))
      wrong.push(
        `the card ${audience} of ${stream} does not show what it is now: "${shown.text}" for "${drawn.text}"`,
      );
  }
  return wrong;
}

/** No message has been posted twice, but where it was deleted before Docket knew that it stood. */
function twice({ slack }: Opened, harm: Harm): Wrong {
  const seen = new Set<string>();
  const wrong: Wrong = [];
  for (const { args } of slack.calls('chat.postMessage').filter(({ carriedOut }) => carriedOut))
    for (const job of jobsOf(args.metadata)) {
      if (seen.has(job) && !harm.deleted.has(job)) wrong.push(`${job} was posted twice`);
      seen.add(job);
    }
  return wrong;
}

/** Whatever counts as done has been said, unless it had nothing left to say. */
async function missing({ slack, docket }: Opened, rows: readonly OutboxRow[], harm: Harm): Promise<Wrong> {
  const { world } = docket;
  const said = new Set(
    slack
      .calls('chat.postMessage')
      .filter(({ carriedOut }) => carriedOut)
      .flatMap(({ args }) => jobsOf(args.metadata)),
  );
  const wrong: Wrong = [];
  for (const { id, state, stream, payload } of rows) {
    if (state !== 'done' || said.has(id)) continue;
    const { effect, seq } = payload as Job; // written by `outboxRows` alone
    const subject = await subjectOf(world, stream);
    const silent =
      effect.do === 'note' &&
      (effect.to === 'thread'
        ? !(await subject?.history(seq))
        : effect.calm || !(await subject?.personal(seq, effect.to)));
    if (effect.do === 'note' && !silent && !harm.archived)
      wrong.push(`${id} was never said: ${JSON.stringify(effect)}`);
    const moot = effect.do === 'card' && subject?.wants?.(effect) === false;
    if (effect.do === 'card' && !moot && !harm.archived)
      wrong.push(`${id} was never posted: ${JSON.stringify(effect)}`);
  }
  return wrong;
}

/** The history of a change stands in the order in which it happened. */
function disordered({ slack }: Opened): Wrong {
  const last = new Map<string, number>();
  const wrong: Wrong = [];
  for (const { channel, threadTs, metadata, ts } of slack.messages()) {
    if (threadTs === undefined) continue;
    for (const job of jobsOf(metadata)) {
      const place = position(job);
      const key = `${channel} ${threadTs}`;
      if (place < (last.get(key) ?? 0)) wrong.push(`${job} stands at ${ts}, after what happened later`);
      last.set(key, place);
    }
  }
  return wrong;
}

/** No channel gets a second message within a second of the first. */
function tooFast({ slack }: Opened): Wrong {
  const last = new Map<unknown, number>();
  const wrong: Wrong = [];
  for (const { args, at, carriedOut } of slack.calls('chat.postMessage')) {
    if (!carriedOut) continue;
    const since = at - (last.get(args.channel) ?? 0);
    if (since < 1_000)
      wrong.push(`${args.channel} got a message ${since} ms after another: ${jobsOf(args.metadata)}`);
    last.set(args.channel, at);
  }
  return wrong;
}

/** What a message says: the job that it was posted for, and those that were said together with it. */
export function jobsOf(metadata: unknown): string[] {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata ?? null);
  const id = /"id":"([^"]+)"/.exec(text)?.[1];
  const also = /"also":"([^"]+)"/.exec(text)?.[1];
  return [...(id === undefined ? [] : [id]), ...(also?.split(' ') ?? [])];
}

function position(job: string): number {
  const [seq = '0', n = '0'] = job.split('/').slice(-2);
  return Number(seq) * 1000 + Number(n);
}

/** Block ids that local Slack has given are not the bot's. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'block_id')
      .map(([key, inner]) => [key, withoutIds(inner)]),
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  );
}
