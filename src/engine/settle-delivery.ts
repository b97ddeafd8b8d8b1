import { createHash } from 'node:crypto';
import type { Place } from '../change/notices.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { finish, giveUp, hold, retryLater } from '../db/outbox-ends.ts';
import { noticeOf } from './outbox-rows.ts';
import type { World } from './world.ts';

/**
 * How carrying out an effect ended. `with`: the ids of those behind it that were said together with it. `reached`: where
 * the message stands, or why its reader has none although all was done that could be.
 */
export type Outcome =
  | { end: 'done'; with?: readonly string[]; reached?: Place | { failed: string } }
  /** It was certainly not carried out; it may be next time. `after`: Slack's own `Retry-After`, in milliseconds. */
  | { end: 'later'; why: string; after?: number }
  /** Nobody knows whether it was carried out. It is looked for before it is done again. */
  | { end: 'unknown'; why: string }
  /** It is not time for it yet. */
  | { end: 'held'; until: number; why?: string }
  /** It never will be: the person or channel is gone. */
  | { end: 'never'; why: string };

/** Why something waits for its person. */
export const HELD = 'held until its person works';
/** Longer than one call may take: by then a call that seemed lost has arrived or never will. */
const DOUBT_MS = 6_000;
const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 60_000;

/**
 * How long to wait after so many attempts: an hour's outage must not mean hundreds of calls for each row. Up to a second
 * more, by the row's id, so that what failed at the same instant is not tried again at one. Never less: whoever finds
 * out whether Slack is back would come before that may be tried (`reach.ts`), and wait for minutes.
 */
function patience({ id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>): number {
  const later = createHash('sha256').update(id).digest().readUInt16LE() % FIRST_RETRY_MS;
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), SLOWEST_RETRY_MS) + later;
}

/**
 * Writes down what a delivery came to: done, to be tried again, looked for, waited for or given up.
 * @param owner who has claimed the row; a row whose lease has gone to another owner is left to that one
 * @param ended hears how each one ended
 */
export function makeSettling({ db, clock, log }: World, owner: string, ended: (end: Outcome['end']) => void) {
  return async function settle(row: OutboxRow, outcome: Outcome): Promise<void> {
    const { id, attempts } = row;
    ended(outcome.end);
    const now = clock.now();
    switch (outcome.end) {
      case 'done':
        await finish(db, row, owner, outcome.with, noticeOf(row, outcome.reached, now));
        return;
      case 'later':
        log.warn({ job: id, attempts, why: outcome.why }, 'delivery failed, will try again');
        await retryLater(db, row, owner, now + (outcome.after ?? patience(row)), outcome.why);
        return;
      case 'unknown': {
        log.warn({ job: id, why: outcome.why }, 'delivery may or may not have happened, will look');
        const due = now + Math.max(DOUBT_MS, patience(row));
        await retryLater(db, row, owner, due, outcome.why, true);
        return;
      }
      case 'held':
        await hold(db, row, owner, outcome.until, outcome.why ?? HELD);
        return;
      case 'never':
        log.error({ job: id, why: outcome.why }, 'delivery given up: see "given up" in docs/operations.md');
        await giveUp(db, row, owner, outcome.why, noticeOf(row, { failed: outcome.why }, now));
        return;
      default:
        return outcome satisfies never;
    }
  };
}
