import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freePort } from '../../src/free-port.ts';
import { BUNDLED, bundled } from './bundle.ts';
import type { FakeSlack } from './fake-slack.ts';
import { overHttp, overSocket, type Send, SIGNING_SECRET } from './load.ts';

export type Way = 'signed HTTP' | 'Socket Mode';
/** Whether what a click sets off in Slack is carried out too. */
export type Delivery = 'off' | 'on';

/** A process that is clicked on. It stands still while another one is measured. */
export interface Target {
  /** For one turn: connections that idled are closed by whoever listens. */
  send(): Send;
  run(): void;
  rest(): void;
  /** How long its event loop has been computing, in milliseconds: what others do on the machine is not in it. */
  computed(): number;
  /** How many events of a type its record has. */
  events(type: string): number;
  stop(): Promise<void>;
}

export interface Start {
  slack: FakeSlack;
  way: Way;
  folder: string;
  /** Absent for the floor. */
  docket?: { file: string; delivery: Delivery };
  profile?: boolean;
}

export async function startTarget({ slack, way, folder, docket, profile }: Start): Promise<Target> {
  const port = await freePort();
  const own = join(folder, `${port}.db`);
  if (docket) copyFileSync(docket.file, own);
  const script = join(await bundled(), docket ? BUNDLED.clicked : BUNDLED.floor);
  const child = spawn(
    process.execPath,
    [...(profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []), script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...{
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          BENCH_PORT: String(port),
          SLACK_API_URL: slack.apiUrl,
        },
        ...(way === 'Socket Mode'
          ? { SLACK_APP_TOKEN: 'xapp-bench' }
          : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
        ...(docket && { DATABASE_URL: `file:${own}`, DELIVERY: docket.delivery }),
      },
    },
  );
  await says(child, 'ready');
  const socket = way === 'Socket Mode' ? overSocket(await slack.nextSocket()) : undefined;
  // Whoever stands still for seconds misses the pings of a websocket and connects anew, so there both only idle.
  const stands = socket === undefined;
  const signal = (which: 'SIGCONT' | 'SIGSTOP') => stands && child.kill(which);
  signal('SIGSTOP');
  return {
    send: () => socket ?? overHttp(port),
    run: () => void signal('SIGCONT'),
    rest: () => void signal('SIGSTOP'),
    computed: () => Number(readFileSync(`/proc/${child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    events(type) {
      const sqlite = new Database(own, { readonly: true });
      const row = sqlite
        .prepare<[string], { n: number }>('select count(*) n from events where type = ?')
        .get(type);
      sqlite.close();
      return row?.n ?? 0;
    },
    async stop() {
      signal('SIGCONT');
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill(profile ? 'SIGTERM' : 'SIGKILL');
      await gone;
    },
  };
}

/** Waits until a process has written a word. */
export function says(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (data) => {
      if (String(data).includes(word)) resolve();
    });
    child.once('close', (code) => reject(new Error(`it ended with ${code} before it said ${word}`)));
  });
}
