import type { Instant } from '../change/types.ts';

/** So many failures in a row, and Slack counts as away. */
const AWAY_AFTER = 3;
const FIRST_PROBE_MS = 1_000;
const SLOWEST_PROBE_MS = 60_000;
/** Those who wait are let go as soon as Slack is back; where nobody is left to notice, they look again after so long. */
const WAITING_MS = 5 * 60_000;

/** So many go at once at first, and at the most. */
const FIRST_AT_ONCE = 10;
const MOST_AT_ONCE = 100;

/** Whether Slack can be reached, and how much it can take, as far as deliveries tell. */
interface Reach {
  /** Does the work of a delivery as soon as no more are on their way than Slack has answered lately; in order. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** How many may be on their way at present. */
  atOnce(): number;
  /** Until when a delivery has to wait; nothing when it may go. */
  closedUntil(now: Instant): Instant | undefined;
  /** What became of one that went: whether Slack answered at all. True when that ends a time in which others waited. */
  told(answered: boolean, now: Instant): boolean;
  /** One that went has not asked Slack for anything. */
  notAsked(): void;
}

/**
 * Once a few deliveries in a row have failed, one at a time finds out whether Slack is back, ever more slowly, and the
 * others wait: an outage of hours must not be a flood of calls, and what is late must not wait long once it is over.
 *
 * A Slack that is only slow is asked by ever fewer at once: it serves also those who have ceased to wait, so that many
 * who ask again and again would get no answer for ever, where a few get theirs in time. Each answer lets one more go at
 * once, each that is missing half as many.
 */
export function makeReach(): Reach {
  let failures = 0;
  let next: Instant = 0;
  let probing = false;
  let atOnce = FIRST_AT_ONCE;
  let onTheWay = 0;
  const waiting: (() => void)[] = [];
  const letPass = () => {
    while (onTheWay < atOnce && waiting.length > 0) {
      onTheWay += 1;
      waiting.shift()?.();
    }
  };
  return {
    async pass(work) {
      await new Promise<void>((turn) => {
        waiting.push(turn);
        letPass();
      });
      try {
        return await work();
      } finally {
        onTheWay -= 1;
        letPass();
      }
    },
    atOnce: () => atOnce,
    closedUntil(now) {
      if (failures < AWAY_AFTER) return undefined;
      // All at the same instant, so that they cost one look.
      if (probing || now < next) return (Math.floor(now / WAITING_MS) + 2) * WAITING_MS;
      probing = true;
      return undefined;
    },
    told(answered, now) {
      atOnce = answered ? Math.min(MOST_AT_ONCE, atOnce + 1) : Math.max(1, Math.floor(atOnce / 2));
      if (answered) {
        const reopened = failures >= AWAY_AFTER;
        failures = 0;
        probing = false;
        return reopened;
      }
      // Those that were under way together with the first say no more than it does.
      if (failures < AWAY_AFTER || probing) {
        failures += 1;
        const wait = FIRST_PROBE_MS * 2 ** Math.max(0, failures - AWAY_AFTER);
        next = now + Math.min(wait, SLOWEST_PROBE_MS);
      }
      probing = false;
      return false;
    },
    notAsked() {
      probing = false;
    },
  };
}
