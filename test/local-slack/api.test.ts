import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { CHANGES, client, DANA, MANIFEST, openSlack, refusal } from './harness.ts';

let slack: LocalSlack;
let web: WebClient;

beforeAll(async () => {
  slack = await openSlack();
  web = client(slack);
});
afterAll(() => slack.close());

test('auth.test says who the app is, and the scopes come in a header', async () => {
  const answer = await web.auth.test();
  expect(answer).toMatchObject({ ok: true, team: 'Trixtech', user: 'docket' });
  expect(answer.response_metadata?.scopes).toContain('chat:write');
});

test('tokens are refused in Slack’s words', async () => {
  expect(await refusal(client(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
  expect(await refusal(client(slack, '').auth.test())).toBe('not_authed');
  expect(await refusal(web.apps.connections.open())).toBe('not_allowed_token_type');
  expect(await refusal(web.apiCall('chat.shout'))).toBe('unknown_method');
});

test('a method without its scope says which one it needs', async () => {
  const narrow = await openSlack({ manifest: MANIFEST.replace('- users:read', '- reactions:read') });
  const answer: unknown = await client(narrow)
    .users.list({})
    .catch((error) => error.data);
  expect(answer).toMatchObject({ error: 'missing_scope', needed: 'users:read' });
  await narrow.close();
  expect(await refusal(web.conversations.join({ channel: CHANGES }))).toBe('missing_scope');
});

test('a message is posted, threaded, found again by its metadata, updated and deleted', async () => {
  const metadata = { event_type: 'sent', event_payload: { key: 'row-1' } };
  const { ts = '' } = await web.chat.postMessage({ channel: CHANGES, text: 'One', metadata });
  await web.chat.postMessage({ channel: CHANGES, text: 'Two', thread_ts: ts });
  const history = await web.conversations.history({ channel: CHANGES, include_all_metadata: true });
  expect(history.messages?.map(({ text }) => text)).toEqual(['One']);
  expect(history.messages?.[0]).toMatchObject({ metadata, reply_count: 1, bot_id: expect.any(String) });
  const thread = await web.conversations.replies({ channel: CHANGES, ts });
  expect(thread.messages?.map(({ text }) => text)).toEqual(['One', 'Two']);
  expect(thread.messages?.[0]?.metadata).toBeUndefined();

  await web.chat.update({ channel: CHANGES, ts, text: 'Uno' });
  expect(slack.as('dana').messages('changes')[0]).toMatchObject({ text: 'Uno', edited: true });
  const { permalink } = await web.chat.getPermalink({ channel: CHANGES, message_ts: ts });
  expect(permalink).toBe(`https://trixtech.slack.com/archives/${CHANGES}/p${ts.replace('.', '')}`);
  await web.chat.delete({ channel: CHANGES, ts });
  expect(await refusal(web.chat.update({ channel: CHANGES, ts, text: 'x' }))).toBe('message_not_found');
});

test('a person’s id opens their direct messages', async () => {
  const { channel } = await web.chat.postMessage({ channel: DANA, text: 'Hello' });
  const opened = await web.conversations.open({ users: DANA });
  expect(opened.channel?.id).toBe(channel);
  expect(slack.as('dana').dms().at(-1)?.text).toBe('Hello');
  expect(slack.as('jonas').dms()).toEqual([]);
});

test('history pages forward, and its ends are exclusive unless asked', async () => {
  const sent: string[] = [];
  for (const text of ['a', 'b', 'c'])
    sent.push((await web.chat.postMessage({ channel: DANA, text })).ts ?? '');
  const { channel } = await web.conversations.open({ users: DANA });
  const id = channel?.id ?? '';
  const oldest = sent[0] ?? '';
  const after = await web.conversations.history({ channel: id, oldest });
  expect(after.messages?.map(({ text }) => text)).toEqual(['c', 'b']);
  const from = await web.conversations.history({ channel: id, oldest, inclusive: true, limit: 2 });
  expect(from).toMatchObject({ has_more: true });
  const cursor = from.response_metadata?.next_cursor ?? '';
  const rest = await web.conversations.history({ channel: id, oldest, inclusive: true, limit: 2, cursor });
  expect(rest.messages?.map(({ text }) => text)).toEqual(['a']);
});

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

test.each([
  ['channel_not_found', () => web.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' })],
  ['channel_not_found', () => web.chat.postMessage({ channel: '#changes', text: 'x' })],
  ['not_in_channel', () => web.chat.postMessage({ channel: 'C02GENERAL1', text: 'x' })],
  ['is_archived', () => web.chat.postMessage({ channel: 'C02OLDPROJ5', text: 'x' })],
  ['no_text', () => web.chat.postMessage({ channel: CHANGES, text: '' })],
  ['msg_too_long', () => web.chat.postMessage({ channel: CHANGES, text: 'x'.repeat(40_001) })],
  [
    'msg_blocks_too_long',
    () =>
      web.chat.postMessage({ channel: CHANGES, text: 'x', blocks: Array(5).fill(section('y'.repeat(2900))) }),
  ],
  ['invalid_blocks', () => web.chat.postMessage({ channel: CHANGES, text: 'x', blocks: [section('')] })],
  [
    'invalid_metadata_format',
    () => web.apiCall('chat.postMessage', { channel: CHANGES, text: 'x', metadata: { key: 1 } }),
  ],
  ['invalid_blocks_format', () => web.apiCall('chat.postMessage', { channel: CHANGES, blocks: 'no json' })],
  ['invalid_arguments', () => web.apiCall('chat.postMessage', { text: 'x' })],
  ['user_not_in_channel', () => web.chat.postEphemeral({ channel: 'C02CABBOARD', user: DANA, text: 'x' })],
  ['channel_not_found', () => web.chat.postMessage({ channel: 'U02EVA00016', text: 'x' })],
  ['user_disabled', () => web.conversations.open({ users: 'U02EVA00016' })],
  ['user_not_found', () => web.conversations.open({ users: 'U0NOBODY' })],
  ['user_not_found', () => web.users.info({ user: 'U0NOBODY' })],
  ['not_in_channel', () => web.conversations.history({ channel: 'C02GENERAL1' })],
  ['thread_not_found', () => web.conversations.replies({ channel: CHANGES, ts: '1.000001' })],
  ['no_such_subteam', () => web.usergroups.users.list({ usergroup: 'S0NONE' })],
  ['invalid_cursor', () => web.users.list({ cursor: 'bm90IGEgY3Vyc29y' })],
  ['missing_scope', () => web.conversations.list({ types: 'im' })],
  ['invalid_trigger_id', () => web.views.open({ trigger_id: '1.2.3', view: modal() })],
  ['not_found', () => web.views.update({ view_id: 'V0', view: modal() })],
  ['invalid_arguments', () => web.views.publish({ user_id: DANA, view: modal() as never })],
])('refuses with %s', async (code, call) => {
  expect(await refusal(call())).toBe(code);
});

function modal() {
  return {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'T' },
    blocks: [section('hello')],
  };
}

test('the bot cannot alter what a person wrote', async () => {
  const dana = slack.as('dana');
  await dana.say('Mine', { in: 'changes' });
  const ts = dana.messages('changes').at(-1)?.ts ?? '';
  expect(await refusal(web.chat.update({ channel: CHANGES, ts, text: 'x' }))).toBe('cant_update_message');
  expect(await refusal(web.chat.delete({ channel: CHANGES, ts }))).toBe('cant_delete_message');
});

test('bad blocks are named with their place', async () => {
  const call = web.chat.postMessage({ channel: CHANGES, text: 'x', blocks: [section('')] });
  const answer: unknown = await call.catch((error) => error.data);
  expect(answer).toMatchObject({
    response_metadata: {
      messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    },
  });
  const checked: unknown = await web
    .apiCall('blocks.validate', { blocks: [section('')] })
    .catch((error) => error.data);
  expect(checked).toMatchObject({
    error: 'invalid_blocks',
    errors: [{ pointer: '/blocks/0/text/text', code: 'failed_constraint' }],
  });
});

test('people and groups are listed, page by page', async () => {
  const names: string[] = [];
  for await (const part of web.paginate('users.list', { limit: 5 })) {
    // The SDK's generic paginator does not know the answer of the method it calls.
    names.push(...((part as { members?: { name: string }[] }).members ?? []).map(({ name }) => name));
  }
  expect(names).toHaveLength(17);
  const { user } = await web.users.info({ user: 'U02PRIYA003' });
  expect(user).toMatchObject({ tz: 'Asia/Kolkata', tz_offset: 19_800, is_admin: false, deleted: false });
  const { usergroups } = await web.usergroups.list({ include_users: true });
  expect(usergroups?.[0]).toMatchObject({
    handle: 'peer-reviewers',
    users: expect.arrayContaining(['U02JONAS002']),
  });
});

test('calls are kept with their arguments and answers, without the token', async () => {
  await web.chat.postMessage({ channel: CHANGES, text: 'Seen', blocks: [section('Seen')] });
  expect(slack.calls('chat.postMessage').at(-1)).toMatchObject({
    args: { text: 'Seen', blocks: [{ type: 'section' }] },
    answer: 'ok',
  });
  expect(JSON.stringify(slack.calls())).not.toContain('xoxb');
});
