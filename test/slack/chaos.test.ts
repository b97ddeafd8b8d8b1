import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { randomOf } from '../random-of.ts';
import { actAtRandom, fileOne, wind } from './chaos/people.ts';
import { findWrong, type Harm } from './chaos/proof.ts';
import { weatherOf } from './chaos/weather.ts';
import { openDocket, STANDING, temporaryDatabase } from './open-docket.ts';

/** More by `npm run chaos`; one again with the SEED that it has printed. */
const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const SEEDS = SEED === undefined ? Number(process.env.SEEDS ?? 6) : 1;
const FIRST = SEED ?? Number(process.env.FIRST ?? 1);
const ACTS = 25;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** A disk that is waited for at every commit would be most of the time; what it does is another test's matter. */
const IN_MEMORY = '/dev/shm';
const EVERY_MS = 1_000;

for (let seed = FIRST; seed < FIRST + SEEDS; seed++)
  it(`brings all to its final form through bad weather (SEED=${seed})`, { timeout: 120_000 }, () =>
    live(seed),
  );

async function live(seed: number): Promise<void> {
  const random = randomOf(seed);
  const weather = weatherOf(seed);
  let ids = 0;
  const opened = await openDocket({
    databaseUrl: temporaryDatabase(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir()),
    delivery: 'http',
    postEvery: EVERY_MS,
    newId: () => `id-${++ids}`,
    misbehaving: { base: STANDING, trouble: weather.trouble },
  });
  const harm: Harm = { archived: false, deleted: new Set() };
  const stage = { ...opened, random, harm, filed: 0 };
  const outageAt = random() < 0.5 ? Math.floor(random() * ACTS) : -1;
  weather.turns('bad');
  await fileOne(stage).catch(() => undefined);
  for (let n = 0; n < ACTS; n++) {
    if (n === outageAt) await outage(stage, weather);
    await actAtRandom(stage);
  }
  weather.turns('fair');
  await stage.slack.act({ as: 'U02DANA0001', verb: 'clearFaults' });
  await wind(stage, HOUR);
  await stage.docket.delivery.idle();
  let wrong = await findWrong(opened, harm);
  // Something may have come due in the very last second.
  for (let n = 0; n < 3 && wrong.length > 0; n++) {
    await wind(stage, MINUTE);
    await stage.docket.delivery.idle();
    wrong = await findWrong(opened, harm);
  }
  expect(wrong, `SEED=${seed}: ${wrong[0] ?? ''}`).toEqual([]);
  const bugs = opened.log.filter(
    (line) => line.includes('"level":50') && !(harm.archived && line.includes('given up')),
  );
  expect(bugs, `SEED=${seed}: Docket met a bug`).toEqual([]);
}

/** Four hours in which people go on and Slack carries nothing out. */
async function outage(stage: Parameters<typeof actAtRandom>[0], weather: ReturnType<typeof weatherOf>) {
  weather.turns('away');
  const until = stage.slack.clock.now() + 4 * HOUR * 1000;
  for (let n = 0; n < 8; n++) {
    await fileOne(stage).catch(() => undefined);
    await actAtRandom(stage);
  }
  await wind(stage, Math.max(0, until - stage.slack.clock.now()) / 1000);
  weather.turns('bad');
}
