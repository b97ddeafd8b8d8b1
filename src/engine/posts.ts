import { isoDate } from '../calendar/hours.ts';
import { type Period, type PeriodKind, periodOf } from '../calendar/period.ts';
import { nextOccurrence, type Occurrence } from '../calendar/recurrence.ts';
import type { Actor, Instant, PersonId } from '../change/types.ts';
import { addToOutbox } from '../db/outbox.ts';
import { loadEdition, saveEdition } from '../db/posts.ts';
import type { PostId, Schedule } from '../policy/posts.ts';
import { decideEdition, type EditionFacts, isTooLate } from '../posts/decide.ts';
import { editionEffects } from '../posts/effects.ts';
import { evolveEdition } from '../posts/evolve.ts';
import type { Edition, EditionEvent, EditionIntent, EditionTimer, Made } from '../posts/types.ts';
import { forEach } from './each.ts';
import { loadFacts } from './facts.ts';
import { give, type Kind } from './kind.ts';
import { plannedTimer } from './outbox-rows.ts';
import type { World } from './world.ts';

/** What the streams of posts begin with: `post/weekly_report/2026-W47`. */
export const POST = 'post/';

/** What comes by the calendar, whether it is said or done. When it comes is the policy's to say. */
export interface Post {
  id: PostId;
  /** It comes once for each such period: for the one in which its day lies, or the last whole one before. */
  every: PeriodKind;
  about: 'this' | 'last';
  /** When it comes, where the policy alone does not know. Nothing: not at all. */
  when?(world: World): Promise<Schedule | undefined>;
  /** What it is, worked out when its time has come; nothing where there is nothing to say. */
  make(world: World, period: Period): Promise<Made | undefined>;
  /** What one person's own edition of it is; nothing where there is nothing to say to them, which is then no event. */
  makeFor?(world: World, person: PersonId): Promise<Made | undefined>;
  /**
   * What it does, for one that is made to be worked at. Done again after a crash.
   * @returns what the record says of it
   * @throws {Error} with a sentence for the operator; it is then tried again
   */
  work?(world: World, edition: Edition): Promise<string>;
  /** What it is called, where it asks for something that is to be done. */
  title?(edition: Edition): string;
}

const KIND: Kind<Edition, EditionEvent, EditionIntent, EditionFacts> = {
  load: ({ db }, id) => loadEdition(db, id),
  facts: (world) => loadFacts(world),
  decide: decideEdition,
  evolve: evolveEdition,
  effects: editionEffects,
  save:
    ({ db }, { state, head }) =>
    (q) => [saveEdition(q, db.t, state, head)],
};

/**
 * Sets the next time of every post, as a timer in the outbox: at each start, and whenever somebody has chosen another
 * time. One that is set already stays; one that is not its time any more will do nothing when it comes.
 */
export async function planPosts(world: World): Promise<void> {
  await forEach(world.posts, (post) => plan(world, post, world.clock.now()));
  world.wake();
}

async function plan(world: World, post: Post, after: Instant): Promise<void> {
  const schedule = await scheduleOf(world, post);
  const next = schedule && nextOccurrence(world.policy, schedule, after);
  if (schedule && !next) world.log.warn({ post: post.id }, 'a post never comes');
  if (!next) return;
  const timer: EditionTimer = { type: 'Come', due: next.at, day: next.day };
  const row = plannedTimer(`${POST}${post.id}/${periodFor(world, post, next).key}`, next.at, timer);
  await addToOutbox(world.db, [row]);
}

function periodFor({ policy }: World, { every, about }: Post, { day }: Pick<Occurrence, 'day'>): Period {
  return periodOf(policy.zone, every, day, about);
}

function scheduleOf(world: World, post: Post): Promise<Schedule | undefined> {
  return post.when ? post.when(world) : Promise.resolve(world.policy.posts[post.id]);
}

/**
 * Gives a command to a post of one period.
 * @throws {Refusal} with a sentence for the person
 */
export async function handleEdition(
  world: World,
  stream: string,
  intent: EditionIntent,
  by: Actor,
): Promise<void> {
  await give(world, KIND, stream, intent, by);
}

/** A timer of a post rings. */
export async function givePost(world: World, stream: string, timer: EditionTimer): Promise<void> {
  if (timer.type === 'ChaseDuty') return handleEdition(world, stream, timer, 'docket');
  const [, id] = stream.split('/');
  const post = world.posts.find((each) => each.id === id);
  if (!post) return; // of a version that knew it
  if (timer.type === 'Work') return work(world, post, stream);
  if (timer.type === 'ComeFor') return comeFor(world, post, stream, timer);
  try {
    await come(world, post, stream, timer);
  } finally {
    // Not from now: of several times that passed in a downtime each gets its turn. And whatever becomes of this one.
    await plan(world, post, timer.due);
  }
}

/** It comes, unless somebody has chosen a later time of the same period since. */
async function come(
  world: World,
  post: Post,
  stream: string,
  { due, day }: EditionTimer & { type: 'Come' },
): Promise<void> {
  const schedule = await scheduleOf(world, post);
  const next = schedule && nextOccurrence(world.policy, schedule, due - 1);
  if (!next) return;
  const period = periodFor(world, post, { day });
  if (next.at !== due && periodFor(world, post, next).key === period.key) return;
  const { skipAfterHours } = schedule;
  const late = isTooLate(skipAfterHours, due, world.clock.now());
  const made = late ? undefined : await post.make(world, period);
  const what = { post: post.id, period, due, ...(skipAfterHours !== undefined && { skipAfterHours }) };
  await handleEdition(world, stream, { type: 'Publish', ...what, ...(made && { made }) }, 'docket');
}

/** Sets the time of somebody's own edition of a post, of a day that it is named by. */
export async function planFor(world: World, post: PostId, person: PersonId, next: Occurrence): Promise<void> {
  const timer: EditionTimer = { type: 'ComeFor', due: next.at, person };
  const row = plannedTimer(`${POST}${post}/${isoDate(next.day)}/${person}`, next.at, timer);
  await addToOutbox(world.db, [row]);
}

async function comeFor(
  world: World,
  post: Post,
  stream: string,
  { due, person }: EditionTimer & { type: 'ComeFor' },
): Promise<void> {
  const schedule = world.policy.posts[post.id];
  if (!schedule || isTooLate(schedule.skipAfterHours, due, world.clock.now())) return;
  const made = await post.makeFor?.(world, person);
  if (!made) return;
  const period = { key: stream.split('/')[2] ?? '', start: due, end: due };
  await handleEdition(world, stream, { type: 'Publish', post: post.id, period, due, made }, 'docket');
}

async function work(world: World, post: Post, stream: string): Promise<void> {
  const edition = (await loadEdition(world.db, stream))?.state;
  if (!post.work || !edition?.work || edition.work.state === 'done') return;
  const said = await post.work(world, edition).then(
    (words) => ({ words, failed: false }),
    (error: unknown) => ({ words: error instanceof Error ? error.message : String(error), failed: true }),
  );
  await handleEdition(world, stream, { type: 'SayWorked', ...said }, 'docket');
}
