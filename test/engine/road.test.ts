import { expect, it } from 'vitest';
import { makeRoad } from '../../src/engine/road.ts';

const MINUTE = 60_000;

it('lets one at a time find out whether Slack is back, ever more slowly, and the others wait', () => {
  const road = makeRoad();
  let now = 0;
  for (let n = 0; n < 3; n++) {
    expect(road.closedUntil(now)).toBeUndefined();
    road.told(false, now);
  }
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    const since = now;
    while (road.closedUntil(now) !== undefined) now += 1_000;
    expect(road.closedUntil(now), 'a second one').toBeGreaterThan(now + 5 * MINUTE);
    waits.push((now - since) / 1_000);
    road.told(false, now);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  now += MINUTE;
  expect(road.closedUntil(now)).toBeUndefined();
  expect(road.told(true, now)).toBe(true);
  expect(road.closedUntil(now)).toBeUndefined();
  expect(road.told(true, now)).toBe(false);
});
