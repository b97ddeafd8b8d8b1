import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type Bot, connectBot, openSlack } from './harness.ts';

let slack: LocalSlack;
let bot: Bot;

const form = (hint: string) => ({
  type: 'modal' as const,
  callback_id: 'order',
  title: { type: 'plain_text' as const, text: 'Order tea' },
  submit: { type: 'plain_text' as const, text: 'Order' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'what',
      label: { type: 'plain_text' as const, text: 'What' },
      element: { type: 'plain_text_input' as const, action_id: 'what', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'kind',
      dispatch_action: true,
      label: { type: 'plain_text' as const, text: 'Kind' },
      element: {
        type: 'static_select' as const,
        action_id: 'kind',
        options: ['Green', 'Black'].map((text) => ({
          text: { type: 'plain_text' as const, text },
          value: text.toLowerCase(),
        })),
      },
    },
    { type: 'context' as const, elements: [{ type: 'mrkdwn' as const, text: hint }] },
  ],
});

beforeEach(async () => {
  slack = await openSlack();
  bot = await connectBot(slack, (app) => {
    app.command('/change', async ({ ack, command, client }) => {
      await ack();
      if (command.text.startsWith('echo')) return;
      await client.views.open({ trigger_id: command.trigger_id, view: form('Choose a kind.') });
    });
    app.action('kind', async ({ ack, body, client, action }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view || action.type !== 'static_select') return;
      const view = form(`*${action.selected_option.text.text}* it is.`);
      await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
    });
    app.view('order', async ({ ack, view, body, client }) => {
      const what = view.state.values.what?.what?.value ?? '';
      if (what === 'coffee') return ack({ response_action: 'errors', errors: { what: 'Tea only.' } });
      await ack();
      await client.chat.postMessage({
        channel: 'C02CHANGES2',
        text: `${body.user.name} wants ${what}`,
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: `<@${body.user.id}> wants *${what}*` } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'pour', text: { type: 'plain_text', text: 'Pour' }, value: what },
            ],
          },
        ],
      });
      return undefined;
    });
    app.action('pour', async ({ ack, body, client, respond }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.channel || !body.message) return;
      await client.chat.update({
        channel: body.channel.id,
        ts: body.message.ts,
        text: 'Poured.',
        blocks: [],
      });
      await respond('Enjoy.');
    });
  });
});

afterEach(async () => {
  await bot.stop();
  await slack.close();
});

test('a command opens a form, the form answers, a message is posted, its button redraws it', async () => {
  const dana = slack.as('dana');
  expect(await dana.command('/change tea', { in: 'changes' })).toEqual({ ok: true });
  const order = await dana.opened('Order tea');
  expect(order.text()).toContain('Choose a kind.');

  await order.fill({ What: 'coffee', Kind: 'Green' });
  await dana.eventually(() => order.text().includes('Green it is.'));
  expect(order.value('What')).toBe('coffee');

  expect(await order.submit()).toEqual({ outcome: 'errors', errors: { What: 'Tea only.' } });
  await order.fill({ What: 'sencha' });
  expect(await order.submit()).toMatchObject({ outcome: 'closed' });

  const tomas = slack.as('tomas');
  const [posted] = await tomas.eventually(() => tomas.messages('changes').slice(-1));
  if (!posted) throw new Error('nothing was posted');
  expect(tomas.read(posted)).toBe('@Dana Okafor wants sencha\n[Pour]');
  await tomas.press(posted, 'Pour');
  await tomas.eventually(() => tomas.read(posted) === 'Poured.');
  await tomas.eventually(() => tomas.ephemerals().some(({ text }) => text === 'Enjoy.'));
  expect(dana.ephemerals()).toEqual([]);
});
