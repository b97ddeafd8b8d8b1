import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { machineClock, windableClock } from '../../src/clock.ts';
import { setUpOnce } from '../../src/engine/setup.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { TRIXTECH } from '../../src/local-slack/company.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { parsePolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { projectFile } from '../../src/project-file.ts';
import { type Docket, startDocket } from '../../src/start.ts';

/** A Wednesday at ten in Berlin, in working time; the clock runs on from there and can be wound. */
export const START = Date.UTC(2026, 10, 25, 9, 0);

export const GUIDE = parsePolicy(readFileSync(projectFile('src/policy/guide.yml'), 'utf8'), 'guide.yml');

export interface Opened {
  slack: LocalSlack;
  docket: Docket;
}

export interface OpenOptions {
  /** Where it remembers; a new SQLite file when absent. */
  databaseUrl?: string;
  policy?: Policy;
  roles?: Record<string, string[]>;
  delivery?: 'socket' | 'http';
}

/** The whole of Docket on real Bolt against a local Slack, over the wire, for one test. */
export async function openDocket({
  databaseUrl,
  policy = GUIDE,
  roles = LOCAL_ROLES,
}: OpenOptions = {}): Promise<Opened> {
  const base = machineClock(() => Date.now());
  const clock = windableClock(base, START - base.now());
  const manifest = readFileSync(projectFile('manifest.yml'), 'utf8');
  const slack = await startLocalSlack({ clock, manifest, company: TRIXTECH, delivery: { mode: 'socket' } });
  const docket = await startDocket({
    databaseUrl: databaseUrl ?? temporaryDatabase(),
    policy,
    clock,
    newId: randomUUID,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    port: 0,
    slack: { botToken: slack.botToken, how: { appToken: slack.appToken }, apiUrl: slack.apiUrl },
  });
  await setUpOnce(docket.world, { roles });
  onTestFinished(async () => {
    await docket.stop();
    await slack.close();
  });
  return { slack, docket };
}

function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, 'docket.db')}`;
}
