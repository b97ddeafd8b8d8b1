import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type Bot, connectBot, DANA, openSlack } from './harness.ts';

let slack: LocalSlack;
const bots: Bot[] = [];

beforeEach(async () => {
  slack = await openSlack();
});
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
  await slack.close();
});

async function bot(write: (bot: Bot) => void): Promise<void> {
  bots.push(await connectBot(slack, write));
}

test('nobody connected: the person is told so', async () => {
  expect(await slack.as('dana').command('/change')).toEqual({
    ok: false,
    error: '/change failed because the app is not connected.',
  });
  expect(await slack.as('dana').command('/nonsense')).toMatchObject({
    error: '/nonsense is not a valid command.',
  });
});

test('an app that does not answer in three seconds has failed', async () => {
  await bot((app) => app.command('/change', async () => {}));
  const start = performance.now();
  expect(await slack.as('dana').command('/change')).toMatchObject({
    error: '/change failed because the app did not respond.',
  });
  expect(performance.now() - start).toBeGreaterThan(2900);
});

test('what an ack says is for the person alone, or for the channel', async () => {
  await bot((app) =>
    app.command('/change', async ({ ack, command }) => {
      await (command.text === 'all' ? ack({ response_type: 'in_channel', text: 'To all' }) : ack('To you'));
    }),
  );
  const dana = slack.as('dana');
  await dana.command('/change', { in: 'changes' });
  await dana.command('/change all', { in: 'changes' });
  expect(dana.ephemerals().map(({ text }) => text)).toEqual(['To you']);
  expect(
    slack
      .as('jonas')
      .messages('changes')
      .map(({ text }) => text),
  ).toEqual(['To all']);
});

test('a command arrives with mentions and special characters escaped', async () => {
  let text = '';
  await bot((app) =>
    app.command('/change', async ({ ack, command }) => {
      text = command.text;
      await ack();
    }),
  );
  await slack.as('dana').command('/change ask @jonas & @on-call about <b> in #changes.');
  expect(text).toBe(
    'ask <@U02JONAS002|jonas> &amp; <!subteam^S02ONCALL02|@on-call> about &lt;b&gt; in <#C02CHANGES2|changes>.',
  );
});

test('a duplicate reaches the app twice, and a delay once and late', async () => {
  const heard: number[] = [];
  await bot((app) =>
    app.command('/change', async ({ ack }) => {
      heard.push(performance.now());
      await ack();
    }),
  );
  const dana = slack.as('dana');
  await slack.act({ as: DANA, verb: 'fault', fault: { on: 'delivery', what: 'duplicate', times: 1 } });
  await dana.command('/change');
  await dana.command('/change');
  await expect.poll(() => heard.length).toBe(3);
  await slack.act({
    as: DANA,
    verb: 'fault',
    fault: { on: 'delivery', what: 'delay', milliseconds: 150, times: 1 },
  });
  const start = performance.now();
  await dana.command('/change');
  expect((heard[3] ?? 0) - start).toBeGreaterThan(140);
});

test('each delivery goes to one of the connected apps, in turn', async () => {
  const heard = [0, 0];
  for (const which of [0, 1])
    await bot((app) =>
      app.command('/change', async ({ ack }) => {
        heard[which] = (heard[which] ?? 0) + 1;
        await ack();
      }),
    );
  for (let n = 0; n < 4; n += 1) await slack.as('dana').command('/change');
  expect(heard).toEqual([2, 2]);
});

test('people and groups that change are told as events', async () => {
  const heard: string[] = [];
  await bot((app) => {
    app.event('user_change', async ({ event }) => {
      heard.push(`${event.user.name} deleted: ${event.user.deleted}`);
    });
    app.event('team_join', async ({ event }) => {
      heard.push(`${event.user.name} joined`);
    });
    app.event('subteam_members_changed', async ({ event }) => {
      heard.push(`+${event.added_users} -${event.removed_users}`);
    });
    app.event('app_home_opened', async ({ event }) => {
      heard.push(`${event.tab} of ${event.user}`);
    });
  });
  slack.setPerson('U02LEO00015', { deactivated: true });
  slack.setPerson('U02NEW00017', { name: 'nora', realName: 'Nora Berg' });
  slack.setGroup('S02ONCALL02', ['U02OLGA0012']);
  await slack.as('nora').openHome();
  await expect.poll(() => heard.length).toBe(4);
  expect(heard).toEqual([
    'leo deleted: true',
    'nora joined',
    '+U02OLGA0012 -U02MAYA0011',
    'home of U02NEW00017',
  ]);
  expect(await slack.as('leo').command('/change')).toMatchObject({ ok: false });
});

test('an app is asked to connect anew, and a ticket opens one socket', async () => {
  const socket = await rawSocket();
  const told = new Promise((resolve) => socket.on('message', (data) => resolve(JSON.parse(String(data)))));
  slack.refreshConnections();
  expect(await told).toEqual({ type: 'disconnect', reason: 'refresh_requested' });
  const again = new WebSocket(socket.url);
  const error = await new Promise<Error>((resolve) => again.once('error', resolve));
  expect(error.message).toContain('403');
  socket.close();
});

/** A websocket to the app's side, past its hello. */
async function rawSocket(): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${slack.appToken}` };
  const answer = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers });
  const { url } = (await answer.json()) as { url: string };
  const socket = new WebSocket(url);
  const hello = await new Promise((resolve) =>
    socket.once('message', (data) => resolve(JSON.parse(String(data)))),
  );
  expect(hello).toMatchObject({ type: 'hello', num_connections: 1 });
  return socket;
}
