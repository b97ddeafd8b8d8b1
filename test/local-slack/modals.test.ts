import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type Bot, client, connectBot, DANA, openSlack, refusal } from './harness.ts';
import { plain } from './plain.ts';

const button = (text: string) => ({ type: 'button' as const, action_id: text, text: plain(text) });

function modal(title: string, more: Partial<ModalView> = {}): ModalView {
  const blocks: ModalView['blocks'] = [{ type: 'actions', elements: [button('go'), button('stop')] }];
  return { type: 'modal', callback_id: title, title: plain(title), blocks, ...more };
}

const field = (id: string, element: object, more: object = {}) =>
  // The tests make every kind of element, and what is wrong with one is for local Slack to say.
  ({
    type: 'input',
    block_id: id,
    label: plain(id),
    element: { action_id: id, ...element },
    ...more,
  }) as never;

let slack: LocalSlack;
let bot: Bot;
/** What the app does when a command, a button or a form reaches it. */
let onCommand: (trigger: string) => Promise<unknown>;
let onButton: (trigger: string, view: ViewOutput) => Promise<unknown>;
let onSubmit: () => object | undefined;
let closed: { title: string; cleared: boolean }[];
let outcome: Promise<unknown>;

beforeEach(async () => {
  [closed, onSubmit] = [[], () => undefined];
  slack = await openSlack();
  bot = await connectBot(slack, (app) => {
    app.command('/change', async ({ ack, command }) => {
      await ack();
      await onCommand(command.trigger_id);
    });
    app.action(/.*/, async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions' && body.view) outcome = onButton(body.trigger_id, body.view);
    });
    app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ ack }) => {
      // Bolt's type of an answer is narrower than what a test wants to try.
      await ack(onSubmit() as never);
    });
    app.view({ type: 'view_closed', callback_id: /.*/ }, async ({ ack, view, body }) => {
      await ack();
      if (body.type === 'view_closed') closed.push({ title: view.title.text, cleared: body.is_cleared });
    });
  });
});
afterEach(async () => {
  await bot.stop();
  await slack.close();
});

async function open(view: ModalView) {
  onCommand = (trigger_id) => bot.client.views.open({ trigger_id, view });
  const dana = slack.as('dana');
  await dana.command('/change');
  return { dana, form: await dana.opened(view.title.text) };
}

test('a trigger opens one modal only, and none after three seconds', async () => {
  const results: string[] = [];
  onCommand = async (trigger_id) => {
    for (const title of ['A', 'B'])
      results.push(await refusal(bot.client.views.open({ trigger_id, view: modal(title) })));
  };
  const dana = slack.as('dana');
  await dana.command('/change');
  await dana.eventually(() => results.length === 2);
  expect(results).toEqual(['ok', 'exchanged_trigger_id']);

  await slack.act({ as: DANA, verb: 'fault', fault: { on: 'delivery', what: 'expiredTrigger', times: 1 } });
  await dana.command('/change');
  await dana.eventually(() => results.length === 4);
  expect(results[2]).toBe('expired_trigger_id');
});

test('modals stack three high, and close one by one', async () => {
  const { dana } = await open(modal('1'));
  onButton = (trigger_id, view) =>
    bot.client.views.push({ trigger_id, view: modal(`${Number(view.title.text) + 1}`) });
  for (const title of ['2', '3']) {
    await dana.modal().press('go');
    await dana.opened(title);
  }
  await dana.modal().press('go');
  expect(await refusal(outcome)).toBe('push_limit_reached');
  await dana.modal().close();
  expect(dana.modal().title()).toBe('2');
});

test('closing is told where it was asked for, and clears the stack where it should', async () => {
  const { dana } = await open(modal('under', { notify_on_close: true }));
  onButton = (trigger_id) =>
    bot.client.views.push({
      trigger_id,
      view: modal('over', { notify_on_close: true, clear_on_close: true }),
    });
  await dana.modal().press('go');
  await (await dana.opened('over')).close();
  expect(() => dana.modal()).toThrow('no modal open');
  await dana.eventually(() => closed.length === 2);
  expect(closed).toEqual([
    { title: 'over', cleared: true },
    { title: 'under', cleared: true },
  ]);
});

test('what was typed survives an update where the field is the same, and a stale hash is refused', async () => {
  const text = { type: 'plain_text_input' };
  const submit = plain('Send');
  const { dana, form } = await open(
    modal('F', { submit, blocks: [field('keep', text), field('drop', text)] }),
  );
  await form.fill({ keep: 'kept', drop: 'dropped' });
  const { id } = form;
  const next = modal('F', { submit, blocks: [field('keep', text), field('other', text)] });
  const answer = await bot.client.views.update({ view_id: id, view: next });
  expect(answer.view?.state).toMatchObject({ values: { keep: { keep: { value: 'kept' } } } });
  expect([form.value('keep'), form.value('other')]).toEqual(['kept', null]);
  expect(await refusal(bot.client.views.update({ view_id: id, view: next, hash: 'old' }))).toBe(
    'hash_conflict',
  );
  expect(
    await refusal(client(slack).views.update({ view_id: id, view: modal('F', { blocks: next.blocks }) })),
  ).toBe('invalid_arguments');
  expect(dana.modal().text()).toContain('keep: kept');
});

test('the client itself refuses what is missing, too long, no number or no address', async () => {
  const blocks = [
    field('title', { type: 'plain_text_input', min_length: 3 }),
    field('count', { type: 'number_input', is_decimal_allowed: false, max_value: '10' }),
    field('mail', { type: 'email_text_input' }),
    field('link', { type: 'url_text_input' }, { optional: true }),
    field('when', { type: 'datetimepicker', initial_date_time: 1_766_000_000 }),
    field('who', { type: 'users_select' }),
  ];
  const { form } = await open(modal('F', { submit: plain('Send'), blocks }));
  await form.fill({ title: 'ab', count: '11', mail: 'nobody', link: 'no link' });
  expect(await form.submit()).toEqual({
    outcome: 'errors',
    errors: {
      title: 'Please use at least 3 characters.',
      count: 'Please enter a number that is at most 10.',
      mail: 'Please enter a valid email address.',
      link: 'Please enter a valid URL.',
      who: 'Please complete this required field.',
    },
  });
  await form.fill({ link: 'javascript:alert(1)' });
  expect((await form.submit()).errors).toMatchObject({ link: 'Please enter a valid URL.' });
  await form.fill({ title: 'abc', count: '9', mail: 'a@b.cd', link: null, who: 'jonas' });
  expect(form.value('when')).toBe(1_766_000_000);
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
});

test('an answer to a form can update it, push on it, clear all, or be nonsense', async () => {
  const blocks = [field('title', { type: 'plain_text_input', initial_value: 'x' })];
  const { dana, form } = await open(modal('F', { submit: plain('Send'), blocks }));
  onSubmit = () => ({ response_action: 'errors', errors: { nowhere: 'No such block.' } });
  expect(await form.submit()).toMatchObject({
    outcome: 'trouble',
    trouble: expect.stringContaining('trouble'),
  });
  expect(dana.snapshot().modals[0]?.trouble).toContain('Try again');
  onSubmit = () => ({ response_action: 'update', view: modal('G', { submit: plain('Send'), blocks }) });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.title()).toBe('G');
  onSubmit = () => ({ response_action: 'push', view: modal('H') });
  expect(await form.submit()).toMatchObject({ outcome: 'pushed' });
  await dana.modal().close();
  onSubmit = () => ({ response_action: 'clear' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  expect(dana.snapshot().modals).toEqual([]);
});

test('a view that is too large, or takes an external id that is in use, is refused', async () => {
  const refusals: string[] = [];
  const text = plain('x'.repeat(3000));
  const large = modal('L', {
    blocks: Array.from({ length: 90 }, () => ({ type: 'section' as const, text })),
  });
  onCommand = async (trigger_id) => {
    for (const view of [large, modal('E', { external_id: 'one' }), modal('F', { external_id: 'one' })])
      refusals.push(await refusal(bot.client.views.open({ trigger_id, view })));
  };
  const dana = slack.as('dana');
  await dana.command('/change');
  await dana.eventually(() => refusals.length === 3);
  expect(refusals).toEqual(['view_too_large', 'ok', 'duplicate_external_id']);
  const renewed = await bot.client.views.update({
    external_id: 'one',
    view: modal('G', { external_id: 'one' }),
  });
  expect(renewed.view?.title?.text).toBe('G');
});

test('the home is published for one person and its buttons work', async () => {
  const view = {
    type: 'home' as const,
    blocks: ['One', 'Two'].map((text) => ({
      type: 'section' as const,
      text: plain(text),
      accessory: { ...button('Show'), action_id: `show-${text}` },
    })),
  };
  let pressed = '';
  onButton = async (_trigger, { type }) => {
    pressed = type;
  };
  const dana = slack.as('dana');
  expect(() => dana.home()).toThrow('no home');
  await bot.client.views.publish({ user_id: DANA, view });
  await dana.home().press('Show', 'Two');
  await outcome;
  expect(pressed).toBe('home');
  expect(dana.home().text()).toBe('One\n[Show]\nTwo\n[Show]');
});

test('a text field that asks for every character tells the app as it is typed, with all that the form holds', async () => {
  const config = { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } };
  const told: unknown[] = [];
  onButton = async (_, view) => void told.push(view.state.values);
  const blocks = [
    field('plan', { type: 'plain_text_input', ...config }, { dispatch_action: true }),
    field('note', { type: 'plain_text_input' }),
  ];
  const { dana, form } = await open(modal('F', { submit: plain('Send'), blocks }));
  await form.fill({ note: 'kept to itself' });
  await form.fill({ plan: 'Upgrade' });
  await dana.eventually(() => told.length === 1);
  expect(told[0]).toMatchObject({
    plan: { plan: { value: 'Upgrade' } },
    note: { note: { value: 'kept to itself' } },
  });
});
