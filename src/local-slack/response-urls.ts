import type { Clock } from '../clock.ts';
import { newSecret } from './ids.ts';

/** Slack's limits for a response_url. */
const USES = 5;
const LIFE = 30 * 60_000;

/** Where an answer to a `response_url` goes. */
export interface ResponseTarget {
  channel: string;
  personId: string;
  /** The message whose button was pressed; absent for a slash command. */
  messageTs?: string;
  threadTs?: string;
}

export interface ResponseUrls {
  /** The address for answers to one interaction: five uses in thirty minutes of the local clock. */
  issue(target: ResponseTarget): string;
  /** Uses it once more; `undefined` when it is unknown, too old or used up. */
  use(secret: string): ResponseTarget | undefined;
}

/** @param address turns a secret into the address where it is answered */
export function createResponseUrls(clock: Clock, address: (secret: string) => string): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; left: number; diesAt: number }>();
  return {
    issue(target) {
      const secret = newSecret();
      issued.set(secret, { target, left: USES, diesAt: clock.now() + LIFE });
      return address(secret);
    },
    use(secret) {
      const entry = issued.get(secret);
      if (!entry || entry.left === 0 || clock.now() > entry.diesAt) return undefined;
      entry.left -= 1;
      return entry.target;
    },
  };
}
