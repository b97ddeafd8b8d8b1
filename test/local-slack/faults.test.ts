import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../src/local-slack/protocol.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { CHANGES, client, DANA, openSlack } from './harness.ts';

let slack: LocalSlack;
let web: WebClient;

beforeAll(async () => {
  slack = await openSlack();
  web = client(slack);
});
afterAll(() => slack.close());

const fault = (one: Fault) => slack.act({ as: DANA, verb: 'fault', fault: one });
const post = (text: string) => web.chat.postMessage({ channel: CHANGES, text });
const posted = () =>
  slack
    .as('dana')
    .messages('changes')
    .map(({ text }) => text);
const method = { on: 'method' as const, method: 'chat.postMessage', times: 1 };

test('a method can be rate limited, broken, refused, slow or lost, as often as asked', async () => {
  await fault({ ...method, answer: 'ratelimited', retryAfterSeconds: 7 });
  await expect(post('limited')).rejects.toMatchObject({ retryAfter: 7 });
  await fault({ ...method, answer: 'status', status: 503 });
  await expect(post('broken')).rejects.toMatchObject({ statusCode: 503 });
  await fault({ ...method, answer: 'error', code: 'is_archived' });
  await expect(post('refused')).rejects.toMatchObject({ data: { error: 'is_archived' } });
  expect(posted()).toEqual([]);

  await fault({ ...method, answer: 'delay', milliseconds: 120 });
  const start = performance.now();
  await post('slow');
  expect(performance.now() - start).toBeGreaterThan(110);

  await fault({ ...method, answer: 'lost' });
  await expect(post('lost')).rejects.toThrow();
  expect(posted()).toEqual(['slow', 'lost']);
  expect(slack.calls().slice(-1)).toMatchObject([{ method: 'chat.postMessage', answer: 'lost' }]);
});

test('a fault without a count stays until it is cleared, and * meets every method', async () => {
  await fault({ on: 'method', method: '*', answer: 'status', status: 500 });
  await expect(post('x')).rejects.toThrow();
  await expect(web.auth.test()).rejects.toThrow();
  await slack.act({ as: DANA, verb: 'clearFaults' });
  await expect(web.auth.test()).resolves.toMatchObject({ ok: true });
});
