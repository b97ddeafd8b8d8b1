import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED, bundled } from './bundle.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { median } from './middle.ts';
import { type Section, table } from './page.ts';

type ColdStarts = Record<'floor' | 'docket', { ms: number; mb: number }>;

/** How long Docket and a bare Bolt take until they are connected, and what they hold then. */
export async function coldStart(folder: string, times: number): Promise<Section> {
  const slack = await startFakeSlack();
  const { docket, floor } = await coldStarts(slack, folder, times);
  await slack.close();
  const line = (name: string, { ms, mb }: ColdStarts['floor']) => [name, ms.toFixed(0), mb.toFixed(0)];
  return {
    name: 'start',
    title: 'Cold start',
    lines: [
      `Of one bundled file each, from the start of the process to its websocket, with an empty database; medians of ${times}.`,
      '',
      ...table(['', 'start to connected, ms', 'resident, MB'], [line('Bolt', floor), line('Docket', docket)]),
      '',
      `Docket takes ${(docket.ms / floor.ms).toFixed(2)} times as long.`,
    ],
  };
}

const FILES = { floor: BUNDLED.floor, docket: BUNDLED.main } as const;

/** From the start of the process to its websocket, and what it then holds in memory. */
async function coldStarts(slack: FakeSlack, folder: string, times: number): Promise<ColdStarts> {
  const outdir = await bundled();
  const taken: Record<'floor' | 'docket', { ms: number; mb: number }[]> = { floor: [], docket: [] };
  const databaseUrl = `file:${join(folder, 'cold.db')}`;
  await start(join(outdir, FILES.docket), slack, databaseUrl); // the first one makes the tables
  for (let i = 0; i < times; i++)
    for (const which of ['floor', 'docket'] as const)
      taken[which].push(await start(join(outdir, FILES[which]), slack, databaseUrl));
  const middle = (all: { ms: number; mb: number }[]) => ({
    ms: median(all.map(({ ms }) => ms)),
    mb: median(all.map(({ mb }) => mb)),
  });
  return { floor: middle(taken.floor), docket: middle(taken.docket) };
}

async function start(
  main: string,
  slack: FakeSlack,
  databaseUrl: string,
): Promise<{ ms: number; mb: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn' },
      ...{ SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_APP_TOKEN: 'xapp-bench', SLACK_API_URL: slack.apiUrl },
      DATABASE_URL: databaseUrl,
    },
  });
  await slack.nextSocket();
  const ms = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 1000)); // what it does after that is part of what it holds
  const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  return { ms, mb: Number(kb) / 1024 };
}
