import { AsyncLocalStorage } from 'node:async_hooks';
import type { Via } from '../change/types.ts';

/** Something that Slack sent, or a timer that rang. */
interface Arrived {
  /** The same whenever it is delivered again; absent where Slack gives nothing to tell by. */
  key?: string;
  /** How somebody acted; absent for a timer. */
  via?: Via;
}

/**
 * What is being delivered at this moment. It goes along unseen, so that whatever sets off an effect saves the
 * delivery's key, and how somebody acted, with it and none can forget to.
 */
export interface Arriving {
  /** Does the work as part of this delivery. */
  during<T>(arrived: Arrived, work: () => Promise<T>): Promise<T>;
  now(): Arrived;
}

/**
 * One for all worlds of a process: up to Node 22 everything asynchronous costs more with each that there is, for ever.
 * What is delivered to one world never calls another.
 */
const current = new AsyncLocalStorage<Arrived>();

export function makeArriving(): Arriving {
  return { during: (arrived, work) => current.run(arrived, work), now: () => current.getStore() ?? {} };
}
