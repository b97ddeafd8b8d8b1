import { expect, it } from 'vitest';
import { figuresOf } from '../../scripts/simulate/figures.ts';
import { simulate } from '../../scripts/simulate/simulate.ts';
import { onPostgres } from '../db/both.ts';

/** A whole year by `npm run simulate`; the same again with the SEED that it has printed. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

it(`keeps its promises to a company through two weeks (SEED=${SEED})`, async () => {
  const seen = await simulate({ seed: SEED, days: 14, changes: 80, draws: false });
  expect(seen.breaches, figuresOf(seen)).toEqual([]);
  expect(seen.changes).toBeGreaterThan(60);
  expect(seen.peace.reminders).toBeGreaterThan(0);
}, 240_000);

onPostgres('two replicas, of which one is killed again and again', (_open, urls) => {
  it(`keep the same promises through some days (SEED=${SEED})`, async () => {
    const replicas = { url: await urls.fresh(), count: 2, killsIn: 0.1 };
    const seen = await simulate({ seed: SEED, days: 5, changes: 12, draws: false, replicas });
    expect(seen.breaches, figuresOf(seen)).toEqual([]);
    expect(seen.kills).toBeGreaterThan(0);
  }, 400_000);
});
