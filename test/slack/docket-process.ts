import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { projectFile } from '../../src/project-file.ts';
import type { openSlack } from './open-docket.ts';

type Slack = Awaited<ReturnType<typeof openSlack>>;

export interface DocketProcess {
  /** All that it has written so far. */
  out(): string;
  err(): string;
  /** Waits until it has written something that matches. */
  says(words: RegExp): Promise<void>;
  /** Resolves with its exit code once it is gone; null when a signal ended it. */
  gone: Promise<number | null>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
}

/**
 * Bundles Docket for the tests of a file, as `npm start` does, and gives what runs it: a process of its own,
 * configured by nothing but its environment.
 */
export function buildDocket(): (env: Record<string, string>) => DocketProcess {
  let folder = '';
  beforeAll(() => {
    mkdirSync(projectFile('dist'), { recursive: true });
    folder = mkdtempSync(projectFile('dist/test-'));
    execFileSync(process.execPath, ['scripts/build.mjs', folder], { cwd: projectFile('.') });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (env) => run(join(folder, 'main.js'), env);
}

function run(main: string, env: Record<string, string>): DocketProcess {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [main], {
    cwd: projectFile('.'),
    env: { PATH, PORT: '0', ...env },
  });
  const written = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    written.out += data;
  });
  child.stderr.on('data', (data) => {
    written.err += data;
  });
  const gone = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  return {
    out: () => written.out,
    err: () => written.err,
    gone,
    kill: (signal) => void child.kill(signal),
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => words.test(written.out) && resolve();
        child.stdout.on('data', look);
        child.on('close', () =>
          reject(new Error(`It ended before it said ${words}:\n${written.out}${written.err}`)),
        );
        look();
      }),
  };
}

/** What a process needs to find a local Slack, in Socket Mode. */
export function environment(slack: Slack, databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    // A local Slack hides nothing, and those who load it file far more than one change a second.
    SLACK_POST_EVERY_MS: '0',
  };
}

/** A real workspace starts with empty roles; an admin fills them. */
export async function fillRoles(slack: Slack): Promise<void> {
  const sam = slack.as('sam');
  await sam.command('/change setup');
  const form = await sam.opened('Set up Docket');
  await form.fill({
    'Development lead': ['lucia'],
    'On-call engineer': ['maya'],
    'Senior engineer: user groups': ['@senior-engineers'],
    'Department head': ['klaus'],
    'Designated approver': ['tomas'],
  });
  await form.submit();
  await sam.modal().close();
}
