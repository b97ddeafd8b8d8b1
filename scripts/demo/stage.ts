import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { machineClock, type WindableClock, windableClock } from '../../src/clock.ts';
import { setUpOnce } from '../../src/engine/setup.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { TRIXTECH } from '../../src/local-slack/company.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { parsePolicy } from '../../src/policy/load.ts';
import { projectFile } from '../../src/project-file.ts';
import { type Docket, startDocket } from '../../src/start.ts';
import type { Teller } from './teller.ts';

/** Wednesday 25 November 2026, 10:00 in Berlin. */
export const START = Date.UTC(2026, 10, 25, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** All that a scene needs: a Slack, Docket in it, the clock of both, and who tells it. */
export interface Stage {
  slack: LocalSlack;
  docket: Docket;
  clock: WindableClock;
  tell: Teller;
}

/** Runs `scenes` in a workspace that is thrown away afterwards: real Bolt, real database, over the wire. */
export async function onStage(tell: Teller, scenes: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-demo-'));
  const base = machineClock(() => performance.timeOrigin + performance.now());
  let running: Docket | undefined;
  // Winding waits at every alarm until what it set off is done, so that nothing happens later than it was due.
  const clock = windableClock(base, START - base.now(), async () => running?.delivery.idle());
  const manifest = await readFile(projectFile('manifest.yml'), 'utf8');
  const slack = await startLocalSlack({ clock, manifest, company: TRIXTECH, delivery: { mode: 'socket' } });
  try {
    const docket = await startDocket({
      ...{ databaseUrl: `file:${join(folder, 'docket.db')}`, clock, newId: randomUUID, port: 0 },
      policy: parsePolicy(await readFile(projectFile('src/policy/guide.yml'), 'utf8'), 'guide.yml'),
      log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
      slack: { botToken: slack.botToken, how: { appToken: slack.appToken }, apiUrl: slack.apiUrl },
    });
    running = docket;
    try {
      await setUpOnce(docket.world, { roles: LOCAL_ROLES });
      await slack.connected();
      await scenes({ slack, docket, clock, tell });
    } finally {
      await docket.stop();
    }
  } finally {
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets a while pass of which there is nothing to tell. */
export async function pause({ slack, clock }: Stage, minutes: number): Promise<void> {
  await slack.act({ as: slack.as('dana').person.id, verb: 'windTo', at: clock.now() + minutes * MINUTE });
}

/** Winds the clock of the workspace to an instant, and tells it. */
export async function windTo({ slack, tell, clock }: Stage, at: number, words: string): Promise<void> {
  await slack.act({ as: slack.as('dana').person.id, verb: 'windTo', at });
  tell.happens(clock.now(), `⏩ ${words}`);
  tell.line();
}
