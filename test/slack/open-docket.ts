import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type Clock, machineClock, windableClock } from '../../src/clock.ts';
import { setUpOnce } from '../../src/engine/setup.ts';
import type { Backups } from '../../src/engine/world.ts';
import { freePort } from '../../src/free-port.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { TRIXTECH } from '../../src/local-slack/company.ts';
import { type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/server.ts';
import { parsePolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { projectFile } from '../../src/project-file.ts';
import { type Docket, startDocket } from '../../src/start.ts';
import { START } from './answers.ts';

export { START };

export const GUIDE = parsePolicy(readFileSync(projectFile('src/policy/guide.yml'), 'utf8'), 'guide.yml');
export const MANIFEST = readFileSync(projectFile('manifest.yml'), 'utf8');
export const SIGNING_SECRET = 'secret-of-the-tests';

export interface Opened {
  slack: Awaited<ReturnType<typeof openSlack>>;
  docket: Docket;
  /** Where Docket itself listens, without a slash at the end. */
  url: string;
  /** What the operator reads: warnings and errors, one JSON line each. */
  log: string[];
}

export interface OpenOptions {
  /** Where it remembers; a new SQLite file when absent. */
  databaseUrl?: string;
  policy?: Policy;
  roles?: Record<string, string[]>;
  delivery?: 'socket' | 'http';
  /** Where its nightly backups go; none are made when absent. */
  backups?: Backups;
  /** A Slack that is there already, for a further replica. */
  slack?: Awaited<ReturnType<typeof openSlack>>;
  /** How Slack misbehaves, and the clock that lies under its own. */
  misbehaving?: OpenSlack;
  newId?: () => string;
  /** Milliseconds between two new messages in one channel. */
  postEvery?: number;
}

/** The whole of Docket on real Bolt against a local Slack, over the wire, for one test. */
export async function openDocket(options: OpenOptions = {}): Promise<Opened> {
  const {
    databaseUrl = temporaryDatabase(),
    policy = GUIDE,
    roles = LOCAL_ROLES,
    newId = randomUUID,
  } = options;
  const signed = options.delivery === 'http';
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const overHttp = { mode: 'http', url: `${url}/slack/events`, signingSecret: SIGNING_SECRET } as const;
  const slack =
    options.slack ?? (await openSlack(signed ? overHttp : { mode: 'socket' }, options.misbehaving));
  const { log, lines } = listeningLog();
  // What the requests are signed by.
  const machineNow = () => slack.clock.now() - slack.clock.ahead();
  const docket = await startDocket({
    ...{ databaseUrl, policy, clock: slack.clock, newId, log, port, publicUrl: url },
    ...(options.backups && { backups: options.backups }),
    slack: {
      botToken: slack.botToken,
      how: signed ? { signingSecret: SIGNING_SECRET, now: machineNow } : { appToken: slack.appToken },
      apiUrl: slack.apiUrl,
      ...(options.postEvery !== undefined && { postEvery: options.postEvery }),
    },
  });
  onTestFinished(() => docket.stop());
  slack.settle(() => docket.delivery.idle());
  await setUpOnce(docket.world, { roles });
  await slack.connected();
  return { slack, docket, url, log: lines };
}

/** For the clock under Slack's own: it stands still, so that nothing happens but what is wound to. */
export const STANDING: Clock = { now: () => START, alarm: () => () => {} };

export interface OpenSlack extends Pick<LocalSlackOptions, 'trouble'> {
  /** The machine's clock when absent. */
  base?: Clock;
}

/**
 * A local Slack on its own, at the hour at which the tests begin, and the clock that it goes by. `settle` says
 * what winding the clock waits for at each alarm.
 */
export async function openSlack(delivery: LocalSlackOptions['delivery'], more: OpenSlack = {}) {
  const { base = machineClock(() => Date.now()), trouble } = more;
  let idle = async () => {};
  const clock = windableClock(base, START - base.now(), () => idle());
  const slack = await startLocalSlack({
    ...{ clock, manifest: MANIFEST, company: TRIXTECH, delivery },
    ...(trouble && { trouble }),
  });
  onTestFinished(() => slack.close());
  const settle = (wait: () => Promise<void>) => {
    idle = wait;
  };
  return { ...slack, clock, settle };
}

export function temporaryDatabase(under = tmpdir()): string {
  const folder = mkdtempSync(join(under, 'docket-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, 'docket.db')}`;
}

/** Keeps what the operator is told; with LOG_LEVEL set it is printed too. */
function listeningLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    if (process.env.LOG_LEVEL) process.stderr.write(line);
  };
  return { log: pino({ level: process.env.LOG_LEVEL ?? 'warn' }, { write }), lines };
}
