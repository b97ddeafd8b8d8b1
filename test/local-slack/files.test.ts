import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { CHANGES, client, DANA, MANIFEST, openSlack, refusal } from './harness.ts';

let slack: LocalSlack;
let web: WebClient;

beforeAll(async () => {
  slack = await openSlack();
  web = client(slack);
});
afterAll(() => slack.close());

/** A picture of one grey pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

async function announced(filename: string, length: number, more = {}, by = web) {
  const answer = await by.apiCall('files.getUploadURLExternal', { filename, length, ...more });
  return z.object({ upload_url: z.string(), file_id: z.string() }).parse(answer);
}

async function uploaded(filename: string, bytes: Buffer, more = {}, by = web): Promise<string> {
  const { upload_url: url, file_id: id } = await announced(filename, bytes.length, more, by);
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  expect(answer.status).toBe(200);
  return id;
}

const last = () => slack.as('dana').messages('changes').at(-1);

test('a file is announced, uploaded, shared with its words, and fetched', async () => {
  const id = await uploaded('list.csv', Buffer.from('a,b\n'));
  await web.files.completeUploadExternal({
    files: [{ id, title: 'The list' }],
    channel_id: CHANGES,
    initial_comment: 'Here it is',
  });
  const message = last();
  expect(message).toMatchObject({
    text: 'Here it is',
    files: [{ id, name: 'list.csv', title: 'The list', size: 4 }],
  });
  const answer = await fetch(new URL(message?.files?.[0]?.path ?? '', slack.url));
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename=list.csv');
  expect(await answer.text()).toBe('a,b\n');
  const { messages } = await web.conversations.history({ channel: CHANGES, limit: 1 });
  expect(messages?.[0]?.files).toMatchObject([{ id, name: 'list.csv', mimetype: 'text/csv' }]);
});

test('a picture is shown in place with what it is said to show, in a thread too', async () => {
  const { ts = '' } = await web.chat.postMessage({ channel: CHANGES, text: 'Report' });
  const id = await uploaded('week.png', PIXEL, { alt_txt: 'Five changes' });
  await web.files.completeUploadExternal({ files: [{ id }], channel_id: CHANGES, thread_ts: ts });
  const message = last();
  const [reply] = message ? slack.as('dana').thread(message) : [];
  expect(reply?.files).toMatchObject([{ title: 'week.png', picture: { alt: 'Five changes' } }]);
  const answer = await fetch(new URL(reply?.files?.[0]?.path ?? '', slack.url));
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('content-disposition')).toBeNull();
});

test('an image block shows a picture that was uploaded, and nothing else', async () => {
  const [picture, list] = [await uploaded('p.png', PIXEL), await uploaded('l.csv', Buffer.from('x'))];
  for (const id of [picture, list]) await web.files.completeUploadExternal({ files: [{ id }] });
  const show = (file: object) =>
    web.apiCall('chat.postMessage', {
      channel: CHANGES,
      text: 'x',
      blocks: [{ type: 'image', alt_text: 'x', slack_file: file }],
    });
  expect((await show({ id: picture })).ok).toBe(true);
  for (const wrong of [{ id: list }, { id: 'F0NOWHERE' }, {}, { id: picture, url: 'https://x.y' }])
    expect(await refusal(show(wrong))).toBe('invalid_blocks');
});

test('an upload is completed once', async () => {
  const id = await uploaded('once.md', Buffer.from('# x'));
  const complete = () => web.files.completeUploadExternal({ files: [{ id }], channel_id: CHANGES });
  await complete();
  expect(await refusal(complete())).toBe('file_not_found');
});

const completing = async (to: Record<string, unknown>) => {
  const id = await uploaded('x.md', Buffer.from('x'));
  return web.apiCall('files.completeUploadExternal', { files: [{ id }], ...to });
};

test.each([
  ['invalid_arguments', () => web.apiCall('files.getUploadURLExternal', { filename: 'x' })],
  ['alt_txt_too_large', () => announced('x.png', 1, { alt_txt: 'x'.repeat(1001) })],
  ['file_not_found', () => web.files.completeUploadExternal({ files: [{ id: 'F0NOWHERE' }] })],
  ['channel_not_found', () => completing({ channel_id: 'C0NOWHERE' })],
  ['channel_not_found', () => completing({ channel_id: DANA })],
  ['not_in_channel', () => completing({ channel_id: 'C02GENERAL1' })],
  ['posting_to_channel_denied', () => completing({ channel_id: 'C02OLDPROJ5' })],
  ['invalid_blocks', () => completing({ channel_id: CHANGES, blocks: [{ type: 'section' }] })],
])('refuses with %s', async (code, call) => {
  expect(await refusal(call())).toBe(code);
});

test('what was announced and never uploaded is no file, nor one of another length', async () => {
  const { upload_url: url, file_id: id } = await announced('x.md', 3);
  expect((await fetch(url, { method: 'POST', body: 'four' })).status).toBe(400);
  expect((await fetch(`${slack.url}upload/v1/0000`, { method: 'POST', body: 'x' })).status).toBe(404);
  expect(await refusal(web.files.completeUploadExternal({ files: [{ id }] }))).toBe('file_not_found');
});

test('the SDK’s own way is taken, which loses the alternative text', async () => {
  await web.filesUploadV2({ channel_id: CHANGES, file: PIXEL, filename: 'sdk.png', alt_text: 'Lost' });
  expect(last()?.files).toMatchObject([{ name: 'sdk.png', picture: { alt: '' } }]);
});

test('files need their scope, can fail on the way, and survive a restart', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'local-slack-')), 'slack.json');
  const narrow = await openSlack({ manifest: MANIFEST.replace('- files:write', '- reactions:read') });
  expect(await refusal(announced('x', 1, {}, client(narrow)))).toBe('missing_scope');
  await narrow.close();

  const first = await openSlack({ file });
  const by = client(first);
  const { upload_url: url, file_id: id } = await announced('kept.md', 4, {}, by);
  const post = () => fetch(url, { method: 'POST', body: 'kept' });
  const fault = { on: 'method', method: 'upload', answer: 'status', status: 503, times: 1 } as const;
  await first.act({ as: DANA, verb: 'fault', fault });
  expect([(await post()).status, (await post()).status]).toEqual([503, 200]);
  await by.files.completeUploadExternal({ files: [{ id }], channel_id: CHANGES });
  await first.close();

  const second = await openSlack({ file });
  const [kept] = second.as('dana').messages('changes').at(-1)?.files ?? [];
  expect(await (await fetch(new URL(kept?.path ?? '', second.url))).text()).toBe('kept');
  await second.close();
});
