import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { CHANGES, DANA, openSlack } from './harness.ts';

let slack: LocalSlack;

beforeAll(async () => {
  slack = await openSlack();
});
afterAll(() => slack.close());

const act = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${slack.url}local/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('the page is served', async () => {
  const answer = await fetch(slack.url);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toContain('/page.js');
  const [script, style] = await Promise.all(['page.js', 'page.css'].map((file) => fetch(slack.url + file)));
  expect(script?.headers.get('content-type')).toContain('javascript');
  expect(await script?.text()).toContain('createRoot');
  expect(await style?.text()).not.toContain('@import');
});

test('a person acts, others see it, and are told that something changed', async () => {
  const stream = await fetch(`${slack.url}local/events?as=${DANA}`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  const said = await act({ as: 'U02JONAS002', verb: 'say', channel: CHANGES, text: 'Hi @dana & all' });
  expect(await said.json()).toEqual({ ok: true });
  expect((await reader?.read())?.value).toContain('data: changed');
  await reader?.cancel();
  const state = await (await fetch(`${slack.url}local/state?as=${DANA}`)).json();
  expect(state).toMatchObject({
    me: { name: 'dana' },
    messages: [{ user: 'U02JONAS002', text: `Hi <@${DANA}> &amp; all` }],
    commands: [{ command: '/change' }],
    botConnected: false,
  });
});

test('what cannot be done is answered with a sentence', async () => {
  expect(await (await act({ as: 'U0NOBODY', verb: 'read', channel: CHANGES })).json()).toEqual({
    ok: false,
    error: 'There is nobody with that id.',
  });
  const gone = {
    as: DANA,
    verb: 'press',
    place: { kind: 'view', viewId: 'V0' },
    blockId: 'b',
    actionId: 'a',
  };
  expect(await (await act(gone)).json()).toEqual({ ok: false, error: 'That is no longer there.' });
  expect((await act({ hello: 1 })).status).toBe(400);
  const stranger = await (await fetch(`${slack.url}local/state?as=U0NOBODY`)).json();
  expect(stranger).toMatchObject({ me: { id: DANA } });
  expect(await (await act({ as: DANA, verb: 'say', channel: 'C0NOWHERE', text: 'hi' })).json()).toMatchObject(
    {
      error: 'You are not in that channel.',
    },
  );
});

test('what is no JSON is refused as such', async () => {
  const headers = { 'content-type': 'application/json' };
  const broken = await fetch(`${slack.apiUrl}api.test`, { method: 'POST', headers, body: '{' });
  expect([broken.status, await broken.json()]).toEqual([400, { ok: false, error: 'invalid_json' }]);
});

test('another site cannot act, by its origin or by a rebound name', async () => {
  expect((await act({ as: DANA, verb: 'openHome' }, { origin: 'https://evil.example' })).status).toBe(403);
  const status = await new Promise((resolve) => {
    const rebound = request(slack.url, { headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    rebound.end();
  });
  expect(status).toBe(403);
});
