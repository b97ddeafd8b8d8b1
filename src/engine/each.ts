import { Busy } from '../db/errors.ts';

/**
 * Does the work for one after the other, also for those behind one for which it failed: a bug in one change must not
 * leave all others unasked. Only where the database is in trouble does it end at once, as all would wait for it in vain.
 * @throws {Error} the first failure, once all have had their turn, so that the outbox logs it and tries again
 */
export async function forEach<T>(all: Iterable<T>, work: (one: T) => Promise<unknown>): Promise<void> {
  const failed: unknown[] = [];
  for (const one of all) {
    try {
      await work(one);
    } catch (error) {
      if (error instanceof Busy) throw error;
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}
