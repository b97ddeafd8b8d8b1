import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { examine, type Patient } from '../src/doctor.ts';
import { setUp } from '../src/engine/setup.ts';
import { checkMessage, checkView } from '../src/local-slack/limits.ts';
import { CATEGORIES } from '../src/policy/schema.ts';
import { projectFile } from '../src/project-file.ts';
import { sampleDrawings } from '../src/slack/doctor/sample-drawings.ts';
import { sampleFacts, sampleLife } from '../src/slack/doctor/sample-lives.ts';
import { DANA } from './change/company.ts';
import { MONDAY_10 } from './change/proposals.ts';
import { GUIDE, openDocket, openSlack, temporaryDatabase } from './slack/open-docket.ts';
import { filed } from './slack/steps.ts';

const guide = projectFile('src/policy/guide.yml');

async function examined(more: Partial<Patient>): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await examine({
    ...{ databaseUrl: temporaryDatabase(), policyFile: guide, policyName: 'guide.yml', shipped: guide },
    ...{
      manifestFile: projectFile('manifest.yml'),
      now: () => Date.now(), // the doctor compares this machine's clock with Slack's, so it gets the real one
      say: (line) => void lines.push(line),
    },
    ...more,
  });
  return { code, said: lines.join('\n') };
}

const accessOf = (slack: Awaited<ReturnType<typeof openSlack>>) => ({
  ...{ botToken: slack.botToken, how: { appToken: slack.appToken }, apiUrl: slack.apiUrl },
});

it('finds a Docket that runs well, down to every message that Slack is asked about', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, url } = await openDocket({ databaseUrl });
  const { said } = await examined({ databaseUrl, slack: accessOf(slack), publicUrl: url });
  expect(said.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(said).toContain('✓ Socket Mode works');
  expect(said).toContain('✓ Docket is in #changes');
  expect(said).toContain(`✓ Docket answers at ${url}`);
  expect(said).toMatch(/✓ Slack takes all \d{3} messages and windows/);
  expect(said).toContain('All is well.');
}, 60_000);

it('asks once more where a connection is lost on the way, of the hundreds of times that it asks', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack } = await openDocket({ databaseUrl });
  let asked = 0;
  const bumpy = createServer(async (request, response) => {
    asked += 1;
    if (asked % 5 === 0) return void request.socket.destroy();
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(new URL(request.url ?? '', slack.apiUrl), {
      ...{ method: 'POST', body: await text(request), headers: { authorization, 'content-type': type } },
    });
    const [scopes, date] = ['x-oauth-scopes', 'date'].map((name) => answer.headers.get(name) ?? '');
    response.writeHead(answer.status, { 'x-oauth-scopes': scopes, date }).end(await answer.text());
  });
  await once(bumpy.listen(0, '127.0.0.1'), 'listening');
  const address = bumpy.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { said } = await examined({
    databaseUrl,
    slack: { ...accessOf(slack), apiUrl: `http://127.0.0.1:${port}${new URL(slack.apiUrl).pathname}` },
  });
  bumpy.close();
  expect(asked).toBeGreaterThan(100);
  expect(said.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
}, 120_000);

it('shows Slack what there is now, also where the board meets elsewhere, and leaves all of it as it was', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket } = await openDocket({ databaseUrl });
  await filed(docket, DANA, 'normal');
  await docket.delivery.idle();
  await setUp(docket.world, { roles: {}, board: 'C02INCIDENT' }, 'docket');
  const { db } = docket.world;
  const all = async () => {
    const { events, outbox, drafts } = db.t;
    return Promise.all([events, outbox, drafts].map((table) => db.alone((q) => q.select().from(table))));
  };
  const before = await all();
  const { said } = await examined({ databaseUrl, slack: accessOf(slack) });
  expect(said.split('\n').filter((line) => line.startsWith('✗'))).toEqual(['✗ Docket is not in #incidents']);
  expect(await all()).toEqual(before);
}, 60_000);

it('names what is wrong, each with the next step, and exits with 1', async () => {
  const slack = await openSlack({ mode: 'socket' });
  const access = accessOf(slack);
  const alone = await examined({
    slack: access,
    now: () => Date.now() + 60_000,
    publicUrl: 'http://127.0.0.1:1',
  });
  expect(alone.code).toBe(1);
  expect(alone.said).toMatch(/✗ Nobody holds: Change manager.*\n {4}→ .*\/change setup/);
  expect(alone.said).toMatch(/✗ The clock is \d+ s off Slack's\n {4}→ .*NTP/);
  expect(alone.said).toMatch(/✗ PUBLIC_URL does not lead to Docket: nothing answers/);
  const wrong = await examined({ slack: { ...access, botToken: 'xoxb-wrong' } });
  expect(wrong.said).toContain(
    '✗ Slack does not take SLACK_BOT_TOKEN: invalid_auth\n    → Slack does not know the token.',
  );
  const half = await examined({ slack: { ...access, how: { appToken: 'xapp-wrong' } } });
  expect(half.said).toContain('✗ Slack does not take SLACK_APP_TOKEN: invalid_auth');
  const away = await examined({ slack: { ...access, apiUrl: 'http://127.0.0.1:1/api/' } });
  expect(away.said).toContain('✗ Slack cannot be reached');
  await slack.act({
    as: DANA,
    verb: 'fault',
    fault: { on: 'method', method: 'blocks.validate', answer: 'error', code: 'invalid_view', times: 1 },
  });
  expect((await examined({ slack: access })).said).toMatch(/✗ Slack would not take ".*": "invalid_view"/);
}, 60_000);

it('looks at what it can where the database or the policy is wrong', async () => {
  const file = temporaryDatabase();
  writeFileSync(file.slice('file:'.length), 'This is no database. '.repeat(500));
  const damaged = await examined({ databaseUrl: file });
  expect(damaged).toMatchObject({
    code: 1,
    said: expect.stringMatching(/✗ .*is damaged or is not a SQLite database/),
  });
  expect(damaged.said).toContain('✓ The policy');
  const policyFile = `${file.slice('file:'.length)}.yml`;
  writeFileSync(policyFile, 'version: mine\nzone: Mars/Olympus\n');
  const policy = await examined({ policyFile, policyName: 'mine.yml' });
  expect(policy).toMatchObject({
    code: 1,
    said: expect.stringContaining('\n  mine.yml:2: zone: name an IANA zone'),
  });
  expect(policy.said).toContain('✗ The policy cannot be used:');
  expect(policy.said).toContain('✓ The database can be written');
});

it('draws whole lives for Slack to look at: each category until it is closed', () => {
  const facts = sampleFacts(GUIDE);
  for (const category of CATEGORIES)
    expect(sampleLife(facts, category, MONDAY_10).at(-1)?.change.status, category).toBe('closed');
  for (const { name, shown } of sampleDrawings(GUIDE, [], MONDAY_10))
    expect('type' in shown ? checkView(shown) : checkMessage(shown), name).toEqual([]);
});
