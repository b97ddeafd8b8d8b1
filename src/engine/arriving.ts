import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What is being delivered at this moment: something that Slack sent, or a timer that rang. It goes along unseen, so
 * that whatever sets off an effect saves the delivery's key with it and none can forget to.
 */
export interface Arriving {
  /** Does the work as part of the delivery with this key. */
  during<T>(key: string, work: () => Promise<T>): Promise<T>;
  key(): string | undefined;
}

export function makeArriving(): Arriving {
  const current = new AsyncLocalStorage<string>();
  return { during: (key, work) => current.run(key, work), key: () => current.getStore() };
}
