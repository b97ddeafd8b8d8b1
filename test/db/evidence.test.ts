import fc from 'fast-check';
import { expect, it } from 'vitest';
import { periodNamed } from '../../src/calendar/period.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import type { Db } from '../../src/db/db.ts';
import { changesAlive, freezeRecords } from '../../src/db/evidence.ts';
import { emptyTally, tallied } from '../../src/engine/evidence-tally.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { GUIDE, JONAS, MAYA, NADIA } from '../change/company.ts';
import { given, goesOn } from '../change/given.ts';
import { play } from '../change/play.ts';
import { DAY, HOUR, MONDAY_10, standard, UNTIL_OPEN } from '../change/proposals.ts';
import { moved, stories } from '../change/random.ts';
import {
  approves,
  files,
  filesStandard,
  finishes,
  prepares,
  recordsTests,
  starts,
  verifies,
} from '../change/steps.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';
import { onBoth } from './both.ts';
import { lifeWriter } from './write-life.ts';

const NEW_YEAR = Date.parse('2026-01-01T00:00:00+01:00');

async function emptied({ t, atomically }: Db): Promise<void> {
  const all = [t.events, t.changes, t.actions, t.figures, t.touched, t.clocks, t.findings, t.ratings];
  await atomically((q) => all.map((table) => q.delete(table)));
}

async function read(db: Db, words: string, now: number) {
  const period = periodNamed(words, GUIDE.zone, now);
  if (!period) throw new Error(`${words} is no period`);
  const tally = emptyTally();
  const numbers: string[] = [];
  for await (const some of changesAlive(db, period))
    for (const recorded of some) {
      tallied(tally, recorded, { range: period, policy: GUIDE, now });
      numbers.push(recorded.change.number);
    }
  return { period, tally, numbers };
}

onBoth('the changes of a period', (open) => {
  it('are found fault with in the period in which that came to be, and in no other', async () => {
    const db = await open();
    const ready = given(files('standard', standard({ implementer: MAYA })), approves(JONAS));
    const carriedOut = [recordsTests(MAYA), prepares(MAYA), starts(MAYA), finishes(MAYA)];
    const ended = goesOn(ready.later(UNTIL_OPEN), ...carriedOut);
    await lifeWriter(db, 'c-1', 1)(goesOn(ended.later(4 * DAY), verifies(JONAS)).history);
    const late = async (words: string, now: number) =>
      (await read(db, words, now)).tally.exceptions.get('lateVerification');
    // It ended on a Saturday, was to be verified within two days, and was within four.
    const now = MONDAY_10 + 21 * DAY;
    expect(await late('2026-W10', now)).toEqual([]);
    expect(await late('2026-W11', now)).toEqual(['CR-2026-1']);
    expect(await late('2026-W12', now)).toEqual([]);
  });

  it('are all those to which something happened in it, whenever they were filed, around a new year', async () => {
    const db = await open();
    const lives = fc.array(fc.tuple(stories, fc.integer({ min: -20 * 24, max: 10 * 24 })), { maxLength: 6 });
    const seen = { alive: 0, older: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(lives, async (some) => {
        await emptied(db);
        const all: ChangeEvent[][] = [];
        for (const [story, hours] of some) {
          const end = play(story, () => {});
          if (!end) continue;
          const life = moved(end.history, NEW_YEAR - MONDAY_10 + hours * HOUR);
          await lifeWriter(db, `c-${all.length}`, all.length + 1)(life);
          all.push(life);
        }
        for (const words of ['2025', '2026', '2025-12', '2026-Q1', '2026-W01', '2027']) {
          const { period, tally, numbers } = await read(db, words, NEW_YEAR + 60 * DAY);
          const isIn = (at: number) => at >= period.start && at < period.end;
          const alive = all.flatMap((life, n) => (life.some(({ at }) => isIn(at)) ? [n + 1] : []));
          const filed = all.filter(([first]) => isIn(first?.at ?? 0)).length;
          expect(numbers).toEqual(alive.map((n) => `CR-2026-${n}`));
          expect([tally.changes, tally.filed]).toEqual([alive.length, filed]);
          seen.alive += alive.length;
          seen.older += alive.length - filed;
          seen.none += alive.length === 0 ? 1 : 0;
        }
      }),
      { numRuns: 15 },
    );
    for (const n of Object.values(seen)) expect(n).toBeGreaterThan(0);
  }, 120_000);

  it('come some at a time, in the order of their numbers, and tell which number is missing', async () => {
    const db = await open();
    const { history } = given(filesStandard);
    const all = Array.from({ length: 230 }, (_, i) => i + 1).filter((n) => n !== 150);
    for (const n of all) await lifeWriter(db, `c-${n}`, n)(history);
    const { tally, numbers } = await read(db, '2026', MONDAY_10);
    expect(numbers).toEqual(all.map((n) => `CR-2026-${n}`));
    expect([...tally.numbers]).toEqual([[2026, { first: 1, last: 230, missing: [150] }]]);
    expect([...tally.policies]).toEqual([[GUIDE.version, { n: 229, first: MONDAY_10, last: MONDAY_10 }]]);
  });
});

onBoth('the freezes of a period', (open) => {
  it('are those in force in it, and those to which something happened since', async () => {
    const db = await open();
    const world = makeTestWorld(db);
    await settle(world);
    const scope = { systems: [], environments: [], categories: [] };
    const declares = (id: string, from: number, to: number) =>
      handleFreeze(
        world,
        `${FREEZE}${id}`,
        {
          ...{ type: 'Declare' },
          freeze: {
            kind: 'hard',
            reason: id,
            scope,
            startsAt: MONDAY_10 + from * DAY,
            endsAt: MONDAY_10 + to * DAY,
          },
        },
        NADIA,
      );
    await declares('before', 1, 2);
    await declares('through', 1, 30);
    await declares('after', 40, 41);
    const range = { start: MONDAY_10 + 10 * DAY, end: MONDAY_10 + 20 * DAY };
    const ids = async () => [...(await freezeRecords(db, range)).keys()];
    expect(await ids()).toEqual([`${FREEZE}through`]);
    await world.clock.advanceTo(MONDAY_10 + 12 * DAY);
    await handleFreeze(world, `${FREEZE}after`, { type: 'End', words: 'Not needed.' }, NADIA);
    expect(await ids()).toEqual([`${FREEZE}through`, `${FREEZE}after`]);
  });
});
