import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type Bot, CHANGES, connectBot, DANA, openSlack } from './harness.ts';

let slack: LocalSlack;
let bot: Bot;
let url = '';

beforeEach(async () => {
  slack = await openSlack();
  bot = await connectBot(slack, (app) => {
    app.command('/change', async ({ ack, command }) => {
      url = command.response_url;
      await ack();
    });
    app.action('go', async ({ ack, body }) => {
      if (body.type === 'block_actions') url = body.response_url;
      await ack();
    });
  });
});
afterEach(async () => {
  await bot.stop();
  await slack.close();
});

const answer = async (body: object): Promise<number> => {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
};

test('five answers to a command, to the person or to all', async () => {
  const dana = slack.as('dana');
  await dana.command('/change', { in: 'changes' });
  expect(await answer({ text: 'only you' })).toBe(200);
  expect(await answer({ text: 'all', response_type: 'in_channel' })).toBe(200);
  expect(await answer({ text: '' })).toBe(400);
  for (const text of ['four', 'five']) expect(await answer({ text })).toBe(200);
  expect(await answer({ text: 'six' })).toBe(404);
  expect(dana.ephemerals().map(({ text }) => text)).toEqual(['only you', 'four', 'five']);
  expect(dana.messages('changes').map(({ text }) => text)).toEqual(['all']);
});

test('no answer after half an hour', async () => {
  await slack.as('dana').command('/change');
  await slack.act({ as: DANA, verb: 'windTo', at: slack.snapshot(DANA).now + 31 * 60_000 });
  expect(await answer({ text: 'late' })).toBe(404);
});

test('the message whose button was pressed can be replaced and taken away', async () => {
  const elements = [
    { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } },
  ];
  await bot.client.chat.postMessage({ channel: CHANGES, text: 'x', blocks: [{ type: 'actions', elements }] });
  const dana = slack.as('dana');
  const [message] = dana.messages('changes');
  if (!message) throw new Error('nothing was posted');
  await dana.press(message, 'Go');
  expect(await answer({ text: 'Gone soon', replace_original: true })).toBe(200);
  expect(dana.read(message)).toBe('Gone soon');
  expect(await answer({ delete_original: true })).toBe(200);
  expect(dana.messages('changes')).toEqual([]);
});
