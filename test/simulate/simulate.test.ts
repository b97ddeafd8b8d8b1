import { expect, it } from 'vitest';
import { figuresOf } from '../../scripts/simulate/figures.ts';
import { simulate } from '../../scripts/simulate/simulate.ts';

/** A whole year by `npm run simulate`; the same again with the SEED that it has printed. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

it(`keeps its promises to a company through three weeks (SEED=${SEED})`, async () => {
  const seen = await simulate({ seed: SEED, days: 21, changes: 150, draws: false });
  expect(seen.breaches, figuresOf(seen)).toEqual([]);
  expect(seen.changes).toBeGreaterThan(100);
  expect(seen.peace.reminders).toBeGreaterThan(0);
}, 240_000);
