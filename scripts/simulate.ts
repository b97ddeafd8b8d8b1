import { execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { projectFile } from '../src/project-file.ts';
import { pgStores } from '../test/db/stores.ts';
import type { Plan } from './simulate/simulate.ts';
import { playAndTell } from './simulate/tell.ts';

/**
 * `npm run simulate`: ten thousand changes in a company's year, its departments side by side: each has a Docket of its
 * own on a core of its own. `DEPARTMENTS=1` plays all of it as one; `CHANGES=1000` less of it. `npm run simulate --
 * --replicas`: a quarter of a year with two processes on one PostgreSQL, of which one is killed again and again. Exits
 * 1 when something that must always hold did not.
 */
const withReplicas = process.argv.includes('--replicas');
const { SEED, DAYS, CHANGES, DEPARTMENTS, DRAW, LOOK } = process.env;
const plan: Plan = {
  seed: Number(SEED ?? Date.now() % 1_000_000),
  days: Number(DAYS ?? (withReplicas ? 91 : 365)),
  changes: Number(CHANGES ?? (withReplicas ? 500 : 10_000)),
  draws: DRAW === '1',
};
const departments = Number(DEPARTMENTS ?? (withReplicas || LOOK ? 1 : Math.min(availableParallelism(), 8)));

if (withReplicas) await onPostgres();
else if (departments > 1) await sideBySide();
else await playAndTell(plan);

/** The same once for each department, with a share of the changes and a seed of its own. */
async function sideBySide(): Promise<void> {
  const began = performance.now();
  const { seed, changes } = plan;
  // One file starts sooner than hundreds that are compiled on the way, and runs a little faster.
  const folder = projectFile('dist/simulate');
  execFileSync(process.execPath, [
    projectFile('scripts/build.mjs'),
    folder,
    `department=${projectFile('scripts/simulate/department.ts')}`,
  ]);
  const all = Array.from({ length: departments }, async (_, n) => {
    const share = Math.floor((changes * (n + 1)) / departments) - Math.floor((changes * n) / departments);
    const theirs: Plan = { ...plan, changes: share, seed: seed + n };
    const script = ['--max-semi-space-size=64', `${folder}/department.js`, JSON.stringify(theirs)];
    const child = spawn(process.execPath, script, {
      // glibc then asks for huge pages: a database of some hundreds of megabytes in memory is a tenth faster by them.
      env: { ...process.env, GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' },
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

async function onPostgres(): Promise<void> {
  const stores = pgStores();
  await stores.start();
  try {
    await playAndTell({ ...plan, replicas: { url: await stores.freshUrl(), count: 2, killsIn: 0.01 } });
  } finally {
    await stores.stop();
  }
}
