import { expect, it, onTestFinished } from 'vitest';
import type { Outcome } from '../../src/engine/settle-delivery.ts';
import type { Fault } from '../../src/local-slack/protocol.ts';
import { outcomeOf } from '../../src/slack/wire/errors.ts';
import { NotMine } from '../../src/slack/wire/post-once.ts';
import { type Sending, sendFile } from '../../src/slack/wire/send-file.ts';
import { CHANGES, client, DANA, openSlack } from '../local-slack/harness.ts';

const FILE = {
  channel: CHANGES,
  name: 'week-2026-W03.png',
  title: 'Week 3',
  alt: 'Five changes, all of them successful',
  comment: 'The *week*',
  bytes: Buffer.from('a picture'),
};

async function open() {
  const slack = await openSlack();
  onTestFinished(() => slack.close());
  const web = client(slack);
  const send = (more: Partial<Sending> = {}): Promise<Outcome> =>
    sendFile(web, { ...FILE, resumed: false, ...more }).then(() => ({ end: 'done' }), outcomeOf);
  const fault = (method: string, answer: object) =>
    slack.act({ as: DANA, verb: 'fault', fault: { on: 'method', method, times: 1, ...answer } as Fault });
  const files = () =>
    slack
      .as('dana')
      .messages('changes')
      .flatMap((message) => message.files ?? []);
  return { slack, web, send, fault, files };
}

it('shares a file in a channel, with its title, its words and what it shows', async () => {
  const { slack, send, files } = await open();
  expect(await send()).toEqual({ end: 'done' });
  expect(slack.as('dana').messages('changes')).toMatchObject([{ text: 'The *week*' }]);
  expect(files()).toMatchObject([
    { name: 'week-2026-W03.png', title: 'Week 3', picture: { alt: 'Five changes, all of them successful' } },
  ]);
});

it('shares it in a thread, and in somebody’s direct messages', async () => {
  const { slack, web, send } = await open();
  const { ts = '' } = await web.chat.postMessage({ channel: CHANGES, text: 'Report' });
  await send({ thread: ts });
  const [top] = slack.as('dana').messages('changes');
  expect(top && slack.as('dana').thread(top)).toMatchObject([{ files: [{ title: 'Week 3' }] }]);
  const { channel } = await web.conversations.open({ users: DANA });
  await send({ channel: channel?.id ?? '' });
  expect(slack.as('dana').dms()).toMatchObject([{ files: [{ title: 'Week 3' }] }]);
});

it('brings those that come with it in the same message, once also where an answer was lost', async () => {
  const { slack, send, fault, files } = await open();
  const also = [{ name: 'table-1.csv', title: 'The table', bytes: Buffer.from('a,b') }];
  await fault('files.completeUploadExternal', { answer: 'lost' });
  expect(await send({ also })).toMatchObject({ end: 'unknown' });
  expect(await send({ also, resumed: true })).toEqual({ end: 'done' });
  expect(slack.as('dana').messages('changes')).toHaveLength(1);
  expect(files().map(({ name }) => name)).toEqual(['week-2026-W03.png', 'table-1.csv']);
});

const STEPS = ['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'];

it.each(STEPS)('is told by %s to wait, as long as Slack says, and is not sent twice', async (step) => {
  const { send, fault, files } = await open();
  await fault(step, { answer: 'ratelimited', retryAfterSeconds: 7 });
  expect(await send()).toMatchObject({ end: 'later', after: 7000 });
  expect(files()).toEqual([]);
  expect(await send()).toEqual({ end: 'done' });
  expect(files()).toHaveLength(1);
});

it.each(STEPS)('does not know after a lost answer of %s; looking first, it is there once', async (step) => {
  const { send, fault, files } = await open();
  await fault(step, { answer: 'lost' });
  expect(await send()).toMatchObject({ end: 'unknown' });
  expect(await send({ resumed: true })).toEqual({ end: 'done' });
  expect(files()).toHaveLength(1);
});

it('is not sent any more by who was held up until another replica has taken it over', async () => {
  const { web, send, files } = await open();
  const late = sendFile(web, { ...FILE, resumed: false, mine: async () => false });
  await expect(late).rejects.toThrow(NotMine);
  expect(files()).toEqual([]);
  expect(await send({ mine: async () => true })).toEqual({ end: 'done' });
  expect(files()).toHaveLength(1);
});

it('looks for its own: neither another file nor a word about it will do', async () => {
  const { slack, send, files } = await open();
  await send({ name: 'week-2026-W02.png' });
  await slack.as('dana').say('week-2026-W03.png', { in: 'changes' });
  await send({ resumed: true });
  expect(files().map(({ name }) => name)).toEqual(['week-2026-W02.png', 'week-2026-W03.png']);
});

it('looks for it behind hundreds of messages that came after it', async () => {
  const { slack, web, send, fault, files } = await open();
  await fault('files.completeUploadExternal', { answer: 'lost' });
  await send();
  const [sent] = slack.as('dana').messages('changes');
  for (let n = 0; n < 250; n++) await web.chat.postMessage({ channel: CHANGES, text: `another ${n}` });
  expect(await send({ resumed: true, at: Number(sent?.ts) * 1000 })).toEqual({ end: 'done' });
  expect(files()).toHaveLength(1);
});

it('looks in the thread where it was to be', async () => {
  const { slack, web, send, fault } = await open();
  const { ts = '' } = await web.chat.postMessage({ channel: CHANGES, text: 'Report' });
  await fault('files.completeUploadExternal', { answer: 'lost' });
  await send({ thread: ts });
  await send({ thread: ts, resumed: true });
  const [top] = slack.as('dana').messages('changes');
  expect(top && slack.as('dana').thread(top)).toHaveLength(1);
});

it('gives up where nobody can be reached, and waits where the permission is missing', async () => {
  const { send, fault } = await open();
  expect(await send({ channel: 'C0NOWHERE' })).toMatchObject({ end: 'never', why: 'channel_not_found' });
  await fault('files.getUploadURLExternal', { answer: 'error', code: 'missing_scope' });
  expect(await send()).toMatchObject({ end: 'later', why: 'missing_scope' });
});
