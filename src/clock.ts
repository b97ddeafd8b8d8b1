/**
 * Time as a port. Everything that needs the time takes a `Clock`; only `main.ts` makes one that reads the
 * machine's. A local Slack or a test winds its own, so a week passes in a second.
 */
export interface Clock {
  /** The present instant, in milliseconds since 1970 (UTC). */
  now(): number;
  /** Calls `ring` once, at or soon after the instant `at`. Returns a function that cancels it. */
  alarm(at: number, ring: () => void): () => void;
}

export interface WindableClock extends Clock {
  /** Moves the clock forward to `at` (never back), ringing every alarm on the way in order of time. */
  advanceTo(at: number): Promise<void>;
  /** How far the clock is ahead of the one it was made from, in milliseconds. */
  ahead(): number;
}

/** Longest delay that `setTimeout` takes; a later alarm is set again when it rings. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** A clock that tells the machine's time through `read`, for instance `() => Date.now()`. */
export function machineClock(read: () => number): Clock {
  return {
    now: read,
    alarm(at, ring) {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const delay = Math.max(0, at - read());
        timer = setTimeout(() => (read() >= at ? ring() : arm()), Math.min(delay, LONGEST_TIMEOUT));
        timer.unref();
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

/**
 * A clock that runs like `base` and can be wound forward.
 * @param ahead how far it starts ahead of `base`, in milliseconds
 * @param settle awaited before time moves and after each alarm that winding rings, so that what is under way can
 *   finish first; the next alarm may be one that it set
 */
export function windableClock(base: Clock, ahead = 0, settle: () => Promise<void> = nextTurn): WindableClock {
  let offset = ahead;
  const alarms = new Set<Alarm>();
  const now = () => base.now() + offset;
  const arm = (alarm: Alarm) => {
    alarm.cancel();
    alarm.cancel = base.alarm(alarm.at - offset, () => ring(alarm));
  };
  const ring = (alarm: Alarm) => {
    if (!alarms.delete(alarm)) return;
    alarm.cancel();
    alarm.ring();
  };
  const earliest = (until: number) =>
    [...alarms].filter((alarm) => alarm.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now,
    ahead: () => offset,
    alarm(at, onRing) {
      const alarm: Alarm = { at, ring: onRing, cancel: () => {} };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        alarms.delete(alarm);
        alarm.cancel();
      };
    },
    async advanceTo(at) {
      await settle(); // what is under way may be about to set an alarm
      for (let next = earliest(at); next; next = earliest(at)) {
        offset += Math.max(0, next.at - now());
        ring(next);
        await settle();
      }
      offset += Math.max(0, at - now());
      for (const alarm of alarms) arm(alarm);
      await settle();
    },
  };
}

type Alarm = { at: number; ring: () => void; cancel: () => void };

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
