import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { DANA } from '../change/company.ts';
import { STANDARD } from './answers.ts';
import { openDocket } from './open-docket.ts';
import { interact, post, pressOf } from './signed.ts';
import { approves, asked, files, headline, recorded, says, told } from './steps.ts';

it('holds the same conversation over signed HTTP', async () => {
  const { slack, docket } = await openDocket({ delivery: 'http' });
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  const number = await files(dana, 'standard', STANDARD);
  await says(jonas, await asked(jonas), 'Ask…', 'Which keys?');
  await says(dana, await told(dana, 'asks about'), 'Answer…', 'Those of the gateway.');
  await told(jonas, 'Those of the gateway.');
  await approves(jonas);
  await told(dana, `${number} Rotate the API keys is approved.`);
  await jonas.openHome();
  await jonas.eventually(() => jonas.home().text().includes('Waiting for you (0)'));
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('✅ Approved and scheduled'));
  expect(await recorded(docket, number, 'Decided')).toHaveLength(1);
});

it('refuses what Slack did not sign, or signed more than five minutes ago', async () => {
  const { url } = await openDocket({ delivery: 'http' });
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const type = 'application/json';
  expect(await post(url, challenge, { type })).toEqual({ status: 200, text: '{"challenge":"abc"}' });
  expect((await post(url, challenge, { type, secret: 'another' })).status).toBe(401);
  expect((await post(url, challenge, { type, age: 310 })).status).toBe(401);
  expect((await post(url, challenge, { type, age: -310 })).status).toBe(401);
  expect((await interact(url, pressOf(DANA, 'approve', 'x|'), { secret: '' })).status).toBe(401);
  expect((await fetch(`${url}/slack/events`, { method: 'POST', body: challenge })).status).toBe(401);
  const strange = {
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
    'x-slack-signature': `v0=${'é'.repeat(64)}`,
  };
  expect(
    (await fetch(`${url}/slack/events`, { method: 'POST', body: challenge, headers: strange })).status,
  ).toBe(401);
});

it('says over HTTP that it is alive and ready, and nothing else', async () => {
  const { url } = await openDocket({ delivery: 'http' });
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: true, database: true, slack: true });
  expect((await fetch(`${url}/slack/events`)).status).toBe(404);
  expect((await fetch(`${url}/nothing`, { method: 'POST', body: 'x' })).status).toBe(404);
});

it.each([
  'socket',
  'http',
] as const)('outlives whoever asks for what is no address (%s)', async (delivery) => {
  const { url } = await openDocket({ delivery });
  const { hostname: host, port } = new URL(url);
  for (const address of ['//', '/%', '*', 'http://['])
    expect(await statusOf(request({ host, port, path: address }))).toMatch(/^40[04]$/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it('stops although somebody holds a connection open and asks for nothing', async () => {
  const { url, docket } = await openDocket({ delivery: 'http' });
  const held = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void held.destroy());
  held.on('error', () => {});
  await new Promise((resolve) => held.on('connect', resolve));
  await docket.stop();
}, 8_000);

it('is not ready when the database is gone', async () => {
  const { url, docket, slack } = await openDocket();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  // An answer of the database holds for a second.
  await slack.clock.advanceTo(slack.clock.now() + 1_000);
  await docket.world.db.close();
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ ok: false, database: false, slack: true });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it('is not ready while Slack is not connected', async () => {
  const { url, slack } = await openDocket();
  await slack.close();
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: false, database: true, slack: false });
});

function statusOf(asked: ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    asked.on('response', (response) => resolve(String(response.resume().statusCode)));
    asked.on('error', reject).end();
  });
}
