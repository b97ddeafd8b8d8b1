import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { expect, test } from 'vitest';
import { machineClock, windableClock } from '../../src/clock.ts';
import { freePort } from '../../src/free-port.ts';
import { signature } from '../../src/local-slack/http-wire.ts';
import { NOON, openSlack } from './harness.ts';
import { plain } from './plain.ts';

const signingSecret = 'a-secret-for-tests';

test('a real Bolt over signed HTTP: verified, commanded, submitted to', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const slack = await openSlack({ delivery: { mode: 'http', url, signingSecret } });
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ token: slack.botToken, receiver, clientOptions: { slackApiUrl: slack.apiUrl } });
  app.command('/change', async ({ ack, command, client }) => {
    await ack({ text: 'Opening…' });
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'name',
        title: plain('Name'),
        submit: plain('Send'),
        blocks: [
          {
            type: 'input',
            block_id: 'name',
            label: plain('Name'),
            element: { type: 'plain_text_input', action_id: 'name' },
          },
        ],
      },
    });
  });
  app.view('name', async ({ ack, view }) => {
    const name = view.state.values.name?.name?.value;
    await (name === 'x' ? ack({ response_action: 'errors', errors: { name: 'Too short.' } }) : ack());
  });
  const up = slack.connected();
  await app.start(port);
  await up;

  const dana = slack.as('dana');
  expect(dana.snapshot().botConnected).toBe(true);
  expect(await dana.command('/change')).toEqual({ ok: true });
  const form = await dana.opened('Name');
  expect(dana.ephemerals().map(({ text }) => text)).toEqual(['Opening…']);
  await form.fill({ Name: 'x' });
  expect(await form.submit()).toEqual({ outcome: 'errors', errors: { Name: 'Too short.' } });
  await form.fill({ Name: 'xyz' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await app.stop();
  await slack.close();
});

test('an event that the app fails on comes three times more, at once, after one and after five minutes', async () => {
  const seen: { retry: string | undefined; reason: string | undefined; signed: boolean }[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const body = Buffer.concat(chunks).toString();
    const header = (name: string) => request.headers[name]?.toString();
    const stamp = header('x-slack-request-timestamp') ?? '';
    const signed = header('x-slack-signature') === signature(signingSecret, stamp, body);
    seen.push({ retry: header('x-slack-retry-num'), reason: header('x-slack-retry-reason'), signed });
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address object.
  const { port } = server.address() as AddressInfo;
  const base = machineClock(() => Date.now());
  const clock = windableClock(base, NOON - base.now());
  const slack = await openSlack({
    clock,
    delivery: { mode: 'http', url: `http://127.0.0.1:${port}`, signingSecret },
  });

  await slack.as('dana').openHome();
  await expect.poll(() => seen.length).toBe(2);
  const start = clock.now();
  const waitFor = (count: number) =>
    expect
      .poll(async () => {
        await clock.advanceTo(clock.now() + 30_000);
        return seen.length;
      })
      .toBe(count);
  await waitFor(3);
  await waitFor(4);
  expect(clock.now() - start).toBeGreaterThan(360_000);
  expect(seen.map(({ retry }) => retry)).toEqual([undefined, '1', '2', '3']);
  expect(seen[1]).toMatchObject({ reason: 'http_error', signed: true });
  await slack.close();
  server.close();
});
