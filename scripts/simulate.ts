import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { projectFile } from '../src/project-file.ts';
import { pgStores } from '../test/db/stores.ts';
import { figuresOf } from './simulate/figures.ts';
import { simulate } from './simulate/simulate.ts';

/**
 * `npm run simulate`: ten thousand changes in a company's year, its departments side by side: each has a Docket of its
 * own on a core of its own. `DEPARTMENTS=1` plays all of it as one; `CHANGES=1000` less of it. `npm run simulate --
 * --replicas`: a quarter of a year with two processes on one PostgreSQL, of which one is killed again and again. Exits
 * 1 when something that must always hold did not.
 */
const withReplicas = process.argv.includes('--replicas');
const { SEED, DAYS, CHANGES, DEPARTMENTS, DRAW, LOOK } = process.env;
const seed = Number(SEED ?? Date.now() % 1_000_000);
const days = Number(DAYS ?? (withReplicas ? 91 : 365));
const changes = Number(CHANGES ?? (withReplicas ? 500 : 10_000));
const departments = Number(DEPARTMENTS ?? (withReplicas || LOOK ? 1 : Math.min(availableParallelism(), 8)));

if (departments > 1) await sideBySide();
else await one();

async function one(): Promise<void> {
  process.stdout.write(`SEED=${seed}: ${changes} changes in ${days} days…\n`);
  const seen = await (withReplicas ? onPostgres() : simulate(plan()));
  process.stdout.write(`${figuresOf(seen)}\n`);
  // `LOOK=c-11`: all that became of that change; with a person's id all that they were sent.
  if (LOOK) process.stdout.write(`${seen.storyOf(LOOK).join('\n')}\n`);
  process.exitCode = seen.breaches.length > 0 ? 1 : 0;
}

/** The same once for each department, with a share of the changes and a seed of its own. */
async function sideBySide(): Promise<void> {
  const began = performance.now();
  const all = Array.from({ length: departments }, async (_, n) => {
    const share = Math.floor((changes * (n + 1)) / departments) - Math.floor((changes * n) / departments);
    const script = ['--import', 'tsx', '--max-semi-space-size=64', projectFile('scripts/simulate.ts')];
    const child = spawn(process.execPath, script, {
      env: { ...process.env, DEPARTMENTS: '1', CHANGES: String(share), SEED: String(seed + n) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
    process.stdout.write(await text(child.stdout));
    return gone;
  });
  const codes = await Promise.all(all);
  const held = codes.every((code) => code === 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(
    `${changes} changes in ${departments} departments, ${seconds} seconds in all: ${held ? 'everything held.' : 'not everything held.'}\n`,
  );
  process.exitCode = held ? 0 : 1;
}

function plan() {
  return { seed, days, changes, draws: DRAW === '1' };
}

async function onPostgres() {
  const stores = pgStores();
  await stores.start();
  try {
    return await simulate({ ...plan(), replicas: { url: await stores.freshUrl(), count: 2, killsIn: 0.01 } });
  } finally {
    await stores.stop();
  }
}
