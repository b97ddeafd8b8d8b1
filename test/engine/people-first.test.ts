import { expect, test } from 'vitest';
import { makePeopleFirst } from '../../src/engine/people-first.ts';

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

test('what nobody waits for goes on one by one, so that a click between comes next', async () => {
  const { turn } = makePeopleFirst();
  const done: number[] = [];
  for (const n of [1, 2, 3]) void turn().then(() => done.push(n));
  expect(done).toEqual([]);
  await turnOfTheLoop();
  await turnOfTheLoop();
  expect(done.length).toBeLessThan(3);
  await turn();
  expect(done).toEqual([1, 2, 3]);
});

test('while somebody waits it goes on seldom, and as soon as all have their answers at once', async () => {
  const { turn, waits } = makePeopleFirst();
  const [first, second] = [waits(), waits()];
  let wentOn = false;
  const mine = turn().then(() => {
    wentOn = true;
  });
  first();
  first(); // answered once, however often it is said
  await turnOfTheLoop();
  await turnOfTheLoop();
  expect(wentOn).toBe(false);
  second();
  await turnOfTheLoop();
  await mine;
  expect(wentOn).toBe(true);
});

test('it goes on although there is always somebody who waits', async () => {
  const { turn, waits } = makePeopleFirst();
  waits();
  await turn();
  await turn();
});
