import { onTestFinished } from 'vitest';
import { windableClock } from '../../src/clock.ts';
import type { Db } from '../../src/db/db.ts';
import { type Perform, startDelivery } from '../../src/engine/deliver.ts';
import { type Post, planPosts } from '../../src/engine/posts.ts';
import type { PostId, Schedule } from '../../src/policy/posts.ts';
import { GUIDE } from '../change/company.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

/** One machine that runs what a test gives it, on a clock that the test winds. */
export interface Machine {
  world: TestWorld;
  /** The ids of the messages that went out, in order. */
  sent: string[];
  stop(): Promise<void>;
}

/** A clock at some instant that stands still until it is wound; it waits for all that runs on it. */
export function calendarClock(from: string) {
  const waits: (() => Promise<void>)[] = [];
  const at = Date.parse(from);
  const clock = windableClock({ now: () => at, alarm: () => () => {} }, 0, async () => {
    for (const wait of waits) await wait();
  });
  return { clock, waitFor: (wait: () => Promise<void>) => void waits.push(wait) };
}

/** Starts Docket's engine over a store, as a start of the process does, with these posts at these times. */
export async function startMachine(
  db: Db,
  { clock, waitFor }: ReturnType<typeof calendarClock>,
  posts: readonly Post[],
  times: Partial<Record<PostId, Schedule>>,
): Promise<Machine> {
  const base = makeTestWorld(db, clock);
  const world: TestWorld = { ...base, posts, policy: { ...GUIDE, posts: times } };
  await settle(world);
  const sent: string[] = [];
  const perform: Perform = async ({ id, stream, effect }) => {
    if (stream.startsWith('post/') && effect.do === 'card') sent.push(id);
    return { end: 'done' };
  };
  await planPosts(world);
  const delivery = startDelivery(world, perform);
  waitFor(() => delivery.idle());
  onTestFinished(() => delivery.stop());
  return { world, sent, stop: () => delivery.stop() };
}
