import type { Instant } from '../../change/types.ts';
import type { Clock } from '../../clock.ts';
import { takeLease } from '../../db/leases.ts';
import type { World } from '../../engine/world.ts';

/** A place in the queue that was not taken up belongs to a replica that has done it, or to nobody. */
const FORGOTTEN_MS = 5_000;

/** It is not yet time to post this: the channel has just had a message, or Slack has asked to wait. */
export class NotYet extends Error {
  readonly until: Instant;

  constructor(until: Instant) {
    super('the channel has just had a message');
    this.until = until;
  }
}

export interface Pace {
  /**
   * Takes the channel's next moment for this job.
   * @throws {NotYet} when others come first; it then has its place among them
   */
  take(channel: string, job: string): void;
  /** Slack has asked not to post there for so many milliseconds. */
  hold(channel: string, milliseconds: number): void;
  /** The same of all channels. */
  holdAll(milliseconds: number): void;
}

/** Of new messages. Where several replicas post, the answer is the database's. */
export interface PostingPace extends Omit<Pace, 'take'> {
  /** @throws {NotYet} as above */
  take(channel: string, job: string): void | Promise<void>;
}

interface Queue {
  /** When the next message may go. */
  free: Instant;
  /** Those who wait, and when each of them has its turn. */
  turns: Map<string, Instant>;
}

/**
 * One after the other in each channel: new messages, of which Slack may hide what comes faster, without an error; and
 * the drawing anew of cards, of which it takes so many a minute.
 * @param every milliseconds between two in one channel; 0 where nobody counts
 */
export function makePace(clock: Clock, every: number): Pace {
  const queues = new Map<string, Queue>();
  let open: Instant = 0;
  const queueOf = (channel: string): Queue => {
    const queue = queues.get(channel) ?? { free: 0, turns: new Map() };
    queues.set(channel, queue);
    return queue;
  };
  return {
    take(channel, job) {
      const now = clock.now();
      const queue = queueOf(channel);
      for (const [other, turn] of queue.turns) if (turn < now - FORGOTTEN_MS) queue.turns.delete(other);
      const mine = queue.turns.get(job);
      const first = Math.min(...queue.turns.values()) >= (mine ?? now + every);
      const free = Math.max(queue.free, open);
      if (now >= free && first) {
        queue.turns.delete(job);
        queue.free = now + every;
        return;
      }
      if (mine !== undefined && mine > now) throw new NotYet(mine);
      queue.turns.delete(job);
      const turn = Math.max(free, now + 1, ...[...queue.turns.values()].map((last) => last + every));
      queue.turns.set(job, turn);
      throw new NotYet(turn);
    },
    hold(channel, milliseconds) {
      const queue = queueOf(channel);
      queue.free = Math.max(queue.free, clock.now() + milliseconds);
    },
    holdAll(milliseconds) {
      open = Math.max(open, clock.now() + milliseconds);
    },
  };
}

/**
 * The pace of new messages, over all replicas: who posts to a channel holds a lease on it until the next may come. Slack
 * hides what comes faster without a word, so that no replica would notice; all else that comes too fast it refuses. A
 * SQLite file has one process, which needs no lease.
 */
export function makePostingPace({ clock, db }: Pick<World, 'clock' | 'db'>, every: number): PostingPace {
  const pace = makePace(clock, every);
  if (every === 0 || db.dialect === 'sqlite') return pace;
  return {
    ...pace,
    async take(channel, job) {
      pace.take(channel, job);
      const now = clock.now();
      const lease = { name: `posting ${channel}`, owner: job, now, until: now + every - 1 };
      if (!(await takeLease(db, lease))) throw new NotYet(now + every);
    },
  };
}
