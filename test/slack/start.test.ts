import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/free-port.ts';
import { buildDocket } from './docket-process.ts';
import { openSlack, temporaryDatabase } from './open-docket.ts';

const runDocket = buildDocket();
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

it.each([
  {
    what: 'production without tokens',
    env: { NODE_ENV: 'production' },
    sentence: 'SLACK_BOT_TOKEN is missing. In production Docket needs a real Slack',
  },
  {
    what: 'a database of another kind',
    env: { DATABASE_URL: 'mysql://root:secret@db/docket' },
    sentence: 'DATABASE_URL must begin with file: or postgres://.',
  },
  {
    what: 'a database that does not answer',
    env: { ...SLACK, DATABASE_URL: 'postgres://docket:secret@127.0.0.1:1/docket' },
    sentence: '127.0.0.1:1',
  },
  {
    what: 'a policy that is not there',
    env: { POLICY_FILE: '/nowhere/policy.yml' },
    sentence: 'POLICY_FILE names /nowhere/policy.yml, which cannot be read.',
  },
  {
    what: 'a Slack that does not answer',
    env: { ...SLACK, SLACK_API_URL: 'http://127.0.0.1:1/api' },
    sentence: 'Slack cannot be reached. Check the network, and SLACK_API_URL if it is set.',
  },
])('stops with a sentence: $what', async ({ env, sentence }) => {
  await stops({ DATABASE_URL: temporaryFile('docket.db', 'file:'), ...env }, sentence);
});

it('stops with the line and the reason when the policy is wrong', async () => {
  const file = temporaryFile('policy.yml');
  writeFileSync(file, 'version: mine\ncompany: ACME\nzone: Mars/Olympus\n');
  await stops({ POLICY_FILE: file }, 'policy.yml:3: zone: name an IANA zone, for example Europe/Berlin');
});

it('stops with a sentence when Slack does not know the token, and when its port is taken', async () => {
  const slack = await openSlack({ mode: 'socket' });
  const [database, apiUrl] = [temporaryDatabase(), slack.apiUrl];
  const known = { DATABASE_URL: database, SLACK_API_URL: apiUrl, SLACK_APP_TOKEN: slack.appToken };
  await stops({ ...known, SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'Slack does not know the token.');

  const port = await freePort();
  const other = createServer().listen(port);
  onTestFinished(() => void other.close());
  const taken = `Port ${port} is taken by another program. Choose another with PORT`;
  await stops({ ...known, SLACK_BOT_TOKEN: slack.botToken, PORT: String(port) }, taken);
  const signed = {
    ...known,
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: 'x',
    SLACK_BOT_TOKEN: slack.botToken,
  };
  await stops({ ...signed, PORT: String(port) }, taken);
});

async function stops(env: Record<string, string>, sentence: string): Promise<void> {
  const docket = runDocket(env);
  expect(await docket.gone).toBe(1);
  expect(docket.err()).toContain('Docket cannot start.');
  expect(docket.err()).toContain(sentence);
  expect(docket.err()).not.toMatch(/secret|xoxb-|xapp-|\n\s+at /);
}

function temporaryFile(name: string, scheme = ''): string {
  return scheme + join(mkdtempSync(join(tmpdir(), 'docket-')), name);
}
