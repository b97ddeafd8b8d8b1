import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agrees } from './agree.ts';
import { jumpsOf } from './oracle.ts';
import { scenes } from './scenes.ts';

const [FIRST_YEAR, LAST_YEAR] = [2020, 2035];
const ZONES = Intl.supportedValuesOf('timeZone');
/** `npm run oracle` tries every jump of every zone; by default it is a sample, another one in every run. */
const ALL = process.env.ORACLE === 'all';
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

test.runIf(ALL)(
  `hours, freezes, clashes and free windows are what counting minutes gives, on every jump of every zone (SEED=${SEED})`,
  () => {
    let tried = 0;
    for (const zone of ZONES) {
      const jumps = jumpsOf(zone, FIRST_YEAR, LAST_YEAR);
      // A zone that never changes its clocks is tried as well.
      for (const jump of jumps.length > 0 ? jumps : [Date.UTC(2026, 2, 29, 1)]) {
        const [scene] = fc.sample(scenes(zone, jump), { seed: SEED + tried, numRuns: 1 });
        if (scene) explained(`${zone} ${new Date(jump).toISOString()}`, () => agrees(scene));
        tried += 1;
      }
    }
    console.info(`${tried} nights in ${ZONES.length} zones`);
    expect(tried).toBeGreaterThan(4000);
  },
  3_600_000,
);

const zoneAndYear = fc.tuple(fc.constantFrom(...ZONES), fc.integer({ min: FIRST_YEAR, max: LAST_YEAR }));
const anyScene = zoneAndYear.chain(([zone, year]) => {
  const jumps = jumpsOf(zone, year, year);
  const around = jumps.length > 0 ? jumps : [Date.UTC(year, 2, 29, 1)];
  return fc.constantFrom(...around).chain((jump) => scenes(zone, jump));
});

test(`hours, freezes, clashes and free windows are what counting minutes gives, in a sample of nights (SEED=${SEED})`, () => {
  fc.assert(fc.property(anyScene, agrees), { seed: SEED, numRuns: 60 });
}, 60_000);

function explained(where: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(where, { cause: error });
  }
}
