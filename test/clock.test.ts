import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Clock, machineClock, windableClock } from '../src/clock.ts';

const DAY = 24 * 3600_000;

/** A clock that stands still and never rings by itself, so that only winding moves time. */
const still: Clock = { now: () => 1_000, alarm: () => () => {} };

/** A clock on the wall, wound by hand, that notes at what time each alarm rang. */
function wound() {
  const clock = windableClock(still);
  const rang: string[] = [];
  const alarm = (name: string, at: number) => clock.alarm(at, () => rang.push(`${name} at ${clock.now()}`));
  return { clock, rang, alarm };
}

describe('winding the clock forward', () => {
  test('rings what is on the way, in order of time and at its own time', async () => {
    const { clock, rang, alarm } = wound();
    alarm('third', 4_000);
    alarm('first', 2_000);
    alarm('second', 3_000);
    alarm('later', 9_000);
    await clock.advanceTo(5_000);
    expect(rang).toEqual(['first at 2000', 'second at 3000', 'third at 4000']);
    expect([clock.now(), clock.ahead()]).toEqual([5_000, 4_000]);
    await clock.advanceTo(9_000);
    expect(rang.at(-1)).toBe('later at 9000');
  });

  test('rings what an alarm sets on the way, after what it started has settled', async () => {
    const { clock, rang, alarm } = wound();
    clock.alarm(2_000, async () => {
      await Promise.resolve();
      alarm('set by the first', 3_000);
      alarm('set for the past', 500);
    });
    alarm('last', 4_000);
    await clock.advanceTo(5_000);
    expect(rang).toEqual(['set for the past at 2000', 'set by the first at 3000', 'last at 4000']);
  });

  test('waits for whatever is said to be unsettled', async () => {
    let busy = 0;
    const clock: Clock & { advanceTo(at: number): Promise<void> } = windableClock(still, 0, async () => {
      await vi.waitUntil(() => busy === 0, { interval: 1 });
    });
    const seen: number[] = [];
    clock.alarm(2_000, () => {
      busy = 1;
      setTimeout(() => (busy = 0), 5);
    });
    clock.alarm(3_000, () => seen.push(busy));
    await clock.advanceTo(3_000);
    expect(seen).toEqual([0]);
  });

  test('rings nothing twice and nothing that was cancelled', async () => {
    const { clock, rang, alarm } = wound();
    const cancel = alarm('cancelled', 2_000);
    alarm('kept', 2_000);
    clock.alarm(1_500, cancel);
    await clock.advanceTo(3_000);
    await clock.advanceTo(4_000);
    expect(rang).toEqual(['kept at 2000']);
    cancel();
  });

  test('never goes back', async () => {
    const { clock } = wound();
    await clock.advanceTo(5_000);
    await clock.advanceTo(2_000);
    expect(clock.now()).toBe(5_000);
  });

  test('can start ahead, for instance where it was when the process stopped', () => {
    expect(windableClock(still, 7_000).now()).toBe(8_000);
  });
});

describe('a wound clock over the machine’s', () => {
  test('rings by itself when nobody winds it, as early as the winding says', async () => {
    const clock = windableClock(machineClock(() => performance.now()));
    let rang = false;
    clock.alarm(clock.now() + DAY, () => (rang = true));
    await clock.advanceTo(clock.now() + DAY - 5);
    await vi.waitUntil(() => rang, { interval: 1 });
  });
});

describe('the machine’s clock', () => {
  afterEach(() => vi.useRealTimers());

  test('rings at once what is due, and not what was cancelled', async () => {
    const clock = machineClock(() => performance.now());
    const rang: string[] = [];
    clock.alarm(clock.now() + 2, () => rang.push('cancelled'))();
    clock.alarm(clock.now() - DAY, () => rang.push('due'));
    clock.alarm(clock.now() + 10, () => rang.push('soon'));
    await vi.waitUntil(() => rang.length === 2, { interval: 1 });
    expect(rang).toEqual(['due', 'soon']);
  });

  test('keeps an alarm that lies further ahead than a timeout of the machine can', () => {
    vi.useFakeTimers({ now: 0 }); // nobody can wait sixty days
    const clock = machineClock(() => Date.now()); // the faked one
    const rang: number[] = [];
    clock.alarm(60 * DAY, () => rang.push(clock.now()));
    const cancel = clock.alarm(70 * DAY, () => rang.push(clock.now()));
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(rang).toEqual([]);
    cancel();
    vi.advanceTimersByTime(30 * DAY);
    expect(rang).toEqual([60 * DAY]);
  });
});
