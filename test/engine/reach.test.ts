import { expect, it } from 'vitest';
import { makeReach } from '../../src/engine/reach.ts';

const MINUTE = 60_000;

it('lets one at a time find out whether Slack is back, ever more slowly, and the others wait', () => {
  const reach = makeReach();
  let now = 0;
  for (let n = 0; n < 3; n++) {
    expect(reach.closedUntil(now)).toBeUndefined();
    reach.told(false, now);
  }
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    const since = now;
    while (reach.closedUntil(now) !== undefined) now += 1_000;
    expect(reach.closedUntil(now), 'a second one').toBeGreaterThan(now + 5 * MINUTE);
    waits.push((now - since) / 1_000);
    reach.told(false, now);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  now += MINUTE;
  expect(reach.closedUntil(now)).toBeUndefined();
  expect(reach.told(true, now)).toBe(true);
  expect(reach.closedUntil(now)).toBeUndefined();
  expect(reach.told(true, now)).toBe(false);
});

it('lets fewer go at once the more get no answer, and more again as they are answered', async () => {
  const reach = makeReach();
  const leave: (() => void)[] = [];
  const go = (n: number) =>
    Array.from({ length: n }, () => reach.pass(() => new Promise<void>((resolve) => leave.push(resolve))));
  const gone = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return leave.length;
  };
  const all = go(130);
  expect(await gone()).toBe(10);
  for (let n = 0; n < 200; n++) reach.told(true, 0);
  leave.shift()?.();
  expect(await gone()).toBe(100);
  for (let n = 0; n < 4; n++) reach.told(false, 0);
  for (const each of leave.splice(0, 95)) each();
  expect(await gone(), 'five of those, and one').toBe(6);
  reach.told(true, 0);
  reach.told(true, 0);
  leave.shift()?.();
  expect(await gone()).toBe(8);
  while ((await gone()) > 0) leave.shift()?.();
  await Promise.all(all);
});
