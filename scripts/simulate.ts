import { pgStores } from '../test/db/stores.ts';
import { figuresOf } from './simulate/figures.ts';
import { simulate } from './simulate/simulate.ts';

/**
 * `npm run simulate`: a company's year, in a quarter of an hour; `CHANGES=1000` of it in a minute and a half. `npm run simulate -- --replicas`: a quarter of it with two
 * processes on one PostgreSQL, of which one is killed again and again. Exits 1 when something that must always hold
 * did not.
 */
const withReplicas = process.argv.includes('--replicas');
const { SEED, DAYS, CHANGES, DRAW, LOOK } = process.env;
const seed = Number(SEED ?? Date.now() % 1_000_000);
const days = Number(DAYS ?? (withReplicas ? 91 : 365));
const changes = Number(CHANGES ?? (withReplicas ? 500 : 10_000));
const plan = { seed, days, changes, draws: DRAW === '1' };
process.stdout.write(`SEED=${seed}: ${changes} changes in ${days} days…\n`);

const seen = await (withReplicas ? onPostgres() : simulate(plan));
process.stdout.write(`${figuresOf(seen)}\n`);
// `LOOK=c-11`: all that became of that change; with a person's id all that they were sent.
if (LOOK) process.stdout.write(`${seen.storyOf(LOOK).join('\n')}\n`);
process.exitCode = seen.breaches.length > 0 ? 1 : 0;

async function onPostgres() {
  const stores = pgStores();
  await stores.start();
  try {
    return await simulate({ ...plan, replicas: { url: await stores.freshUrl(), count: 2, killsIn: 0.01 } });
  } finally {
    await stores.stop();
  }
}
