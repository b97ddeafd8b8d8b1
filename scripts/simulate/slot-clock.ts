import type { Clock } from '../../src/clock.ts';

const MINUTE = 60_000;
/** What comes due within the same five minutes happens together, so that a year has fewer moments than changes. */
const SLOT = 5 * MINUTE;

/** The first slot at or after an instant. */
export const slotOf = (at: number): number => Math.ceil(at / SLOT) * SLOT;

/** A clock that stands still until the driver sets it, and rings what has come due when it is told to. */
export interface SlotClock extends Clock {
  set(at: number): void;
  ring(): void;
  /** When it is to ring next, if it is. */
  next(): number | undefined;
}

export function slotClock(from: number): SlotClock {
  let now = from;
  const alarms = new Set<{ at: number; ring: () => void }>();
  return {
    now: () => now,
    alarm(at, ring) {
      const alarm = { at, ring };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    next: () => (alarms.size > 0 ? Math.min(...[...alarms].map(({ at }) => at)) : undefined),
    set(at) {
      now = Math.max(now, at);
    },
    ring() {
      const due = [...alarms].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      for (const alarm of due) if (alarms.delete(alarm)) alarm.ring();
    },
  };
}
