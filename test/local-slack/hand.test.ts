import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type Bot, CHANGES, connectBot, MANIFEST, openSlack } from './harness.ts';
import { plain } from './plain.ts';

const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const options = ['Red', 'Green', 'Blue'].map(option);
const SHORTCUTS = `  shortcuts:
    - { name: Keep this, type: message, callback_id: keep, description: Keeps a message }
    - { name: Ask, type: global, callback_id: ask, description: Asks }
`;

const all: ModalView = {
  type: 'modal',
  callback_id: 'all',
  title: plain('Everything'),
  submit: plain('Send'),
  blocks: [
    ['Words', { type: 'plain_text_input' }],
    ['One', { type: 'static_select', options, initial_option: option('Blue') }],
    ['Several', { type: 'multi_static_select', options }],
    ['Ticks', { type: 'checkboxes', options }],
    ['Radio', { type: 'radio_buttons', options }],
    ['Who', { type: 'users_select' }],
    ['Team', { type: 'multi_users_select' }],
    ['Where', { type: 'conversations_select' }],
    ['Day', { type: 'datepicker' }],
    ['Time', { type: 'timepicker' }],
    ['Start', { type: 'datetimepicker' }],
  ].map(([label, element]) => ({
    type: 'input' as const,
    block_id: String(label),
    label: plain(String(label)),
    // Each is one of Slack's elements; put together from parts, TypeScript cannot see which.
    element: { action_id: 'value', ...(element as object) } as never,
  })),
};

let slack: LocalSlack;
let bot: Bot;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  slack = await openSlack({ manifest: MANIFEST.replace('  shortcuts:\n', SHORTCUTS) });
  bot = await connectBot(slack, (app) => {
    app.command('/change', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: all });
    });
    app.view('all', async ({ ack, view }) => {
      await ack();
      heard.push(
        JSON.stringify(Object.values(view.state.values).map(({ value }) => Object.values(value ?? {})[1])),
      );
    });
    app.shortcut('keep', async ({ ack, shortcut }) => {
      await ack();
      if (shortcut.type === 'message_action') heard.push(`keep ${shortcut.message.text}`);
    });
    app.shortcut('ask', async ({ ack }) => {
      await ack();
      heard.push('ask');
    });
    app.action(/.*/, async ({ ack, action, body }) => {
      await ack();
      const values = body.type === 'block_actions' ? body.state?.values : {};
      const held = action.type === 'static_select' ? action.selected_option.value : action.type;
      heard.push(`${'action_id' in action ? action.action_id : ''} ${held} ${Object.keys(values ?? {})}`);
    });
  });
});
afterEach(async () => {
  await bot.stop();
  await slack.close();
});

test('every kind of field is filled by what it says', async () => {
  const dana = slack.as('dana');
  await dana.command('/change', { in: '#changes' });
  const form = await dana.opened();
  expect(form.value('One')).toMatchObject({ value: 'blue' });
  await form.fill({
    Words: 'hello',
    One: 'Red',
    Several: ['Red', 'Blue'],
    Ticks: ['Green'],
    Radio: 'green',
    Who: 'jonas',
    Team: ['Wei Zhang', '@olga'],
    Where: '#changes',
    Day: '2026-02-03',
    Time: '22:30',
    Start: 1_766_000_000,
  });
  expect(form.text()).toContain('Team: Wei Zhang, Olga Petrenko');
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  const [red, green, blue] = options;
  expect(JSON.parse(heard[0] ?? '')).toEqual([
    'hello',
    red,
    [red, blue],
    [green],
    green,
    'U02JONAS002',
    ['U02WEI00008', 'U02OLGA0012'],
    CHANGES,
    '2026-02-03',
    '22:30',
    1_766_000_000,
  ]);
});

test('what does not exist is refused with what does', async () => {
  const dana = slack.as('dana');
  expect(() => dana.modal()).toThrow('dana has no modal open');
  expect(() => slack.as('nobody')).toThrow('nobody called nobody');
  await expect(dana.command('/change', { in: 'secrets' })).rejects.toThrow('no channel secrets');
  await dana.command('/change');
  const form = await dana.opened('Everything');
  await expect(form.fill({ Wrods: 'x' })).rejects.toThrow('There is no field "Wrods" among: Words, One');
  await expect(form.fill({ One: 'Pink' })).rejects.toThrow(
    'There is no option "Pink" among: Red, Green, Blue',
  );
  await expect(form.fill({ Who: 'zoe' })).rejects.toThrow('nobody called zoe');
  await expect(form.press('Explode')).rejects.toThrow('There is no button "Explode"');
});

test('buttons are found by their words, near something, in cards, containers and menus', async () => {
  const button = (action_id: string) => ({ type: 'button' as const, action_id, text: plain('Open') });
  const row = (name: string) => ({ type: 'section' as const, text: plain(name), accessory: button(name) });
  const menu = { type: 'overflow' as const, action_id: 'menu', options: [option('Later'), option('Never')] };
  await bot.client.chat.postMessage({
    channel: CHANGES,
    text: 'x',
    blocks: [
      row('first'),
      row('second'),
      { type: 'container', title: plain('More'), child_blocks: [row('inside')] },
      { type: 'card', title: { type: 'mrkdwn', text: 'A card' }, actions: [button('card')] },
      {
        type: 'actions',
        elements: [
          menu,
          { type: 'static_select', action_id: 'colour', placeholder: plain('Colour'), options },
        ],
      },
    ],
  });
  const dana = slack.as('dana');
  const [message] = dana.messages('changes');
  if (!message) throw new Error('nothing was posted');
  await dana.press(message, 'Open');
  for (const near of ['second', 'inside', 'A card']) await dana.press(message, 'Open', near);
  await dana.press(message, 'Never');
  await dana.pick(message, 'Colour', 'Green');
  expect(heard.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'first button',
    'second button',
    'inside button',
    'card button',
    'menu overflow',
    'colour green',
  ]);
});

test('shortcuts are chosen by their names', async () => {
  const dana = slack.as('dana');
  await dana.say('Worth keeping', { in: 'changes' });
  const [message] = dana.messages('changes');
  expect(await dana.shortcut('Keep this', message)).toEqual({ ok: true });
  expect(await dana.shortcut('Ask')).toEqual({ ok: true });
  expect(await dana.shortcut('Keep this')).toMatchObject({ ok: false });
  expect(heard).toEqual(['keep Worth keeping', 'ask']);
});
