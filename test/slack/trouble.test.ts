import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { setUp } from '../../src/engine/setup.ts';
import type { Fault } from '../../src/local-slack/protocol.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { DANA } from '../change/company.ts';
import { EMERGENCY, STANDARD } from './answers.ts';
import { openDocket, temporaryDatabase } from './open-docket.ts';
import { approves, asked, filed, files, headline, recorded, says, told, typed } from './steps.ts';

const BUSY =
  'That was not saved, because my database is in trouble just now. Please try again in a minute; your admin has the details.';

it('opens its form at once while the database is locked, says that it was not saved, and keeps what was typed', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket } = await openDocket({ databaseUrl });
  const dana = slack.as('dana');
  const release = lock(databaseUrl);
  const before = performance.now();
  const form = await typed(dana, 'emergency', EMERGENCY);
  expect(performance.now() - before).toBeLessThan(3000);
  const sent = await form.submit();
  expect(sent).toEqual({ outcome: 'errors', errors: { Category: BUSY } });
  expect(form.value('Title')).toBe(EMERGENCY.Title);
  expect(form.value('The fix')).toBe(EMERGENCY['The fix']);

  release();
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(dana.modal().text()).toContain('CR-2026-001');
  await headline(dana, 'CR-2026-001');
  expect(await recorded(docket, 'CR-2026-001', 'Submitted')).toHaveLength(1);
});

it('says to one who presses a button that it was not saved, and the button still works afterwards', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket } = await openDocket({ databaseUrl });
  const jonas = slack.as('jonas');
  const { number } = await filed(docket, DANA, 'standard');
  const card = await asked(jonas);
  await docket.delivery.idle();
  const release = lock(databaseUrl);
  await jonas.press(card, 'Approve');
  await jonas.eventually(() => jonas.ephemerals().some(({ text }) => text === BUSY));
  release();
  await approves(jonas);
  expect(await recorded(docket, number, 'Decided')).toHaveLength(1);
});

it('waits as long as Slack asks, and posts once', async () => {
  const { slack, docket } = await openDocket();
  await fault(slack, {
    on: 'method',
    method: 'chat.postMessage',
    answer: 'ratelimited',
    retryAfterSeconds: 60,
    times: 3,
  });
  const { number } = await filed(docket, DANA, 'standard');
  const dana = slack.as('dana');
  await dana.eventually(
    () => slack.calls('chat.postMessage').filter(({ answer }) => answer === 'ratelimited').length === 3,
  );
  await docket.delivery.idle();
  const [refused] = slack.calls('chat.postMessage');
  await slack.act({ as: DANA, verb: 'windTo', at: (refused?.at ?? 0) + 61_000 });
  await headline(dana, number);
  await docket.delivery.idle();
  expect(dana.messages('changes')).toHaveLength(1);
  expect(dana.dms()).toHaveLength(1);
  for (const name of ['jonas', 'olga', 'wei', 'lucia']) expect(slack.as(name).dms()).toHaveLength(1);
  const early = slack
    .calls('chat.postMessage')
    .filter(
      ({ at, args }) =>
        args.channel === refused?.args.channel && at > (refused?.at ?? 0) && at < (refused?.at ?? 0) + 60_000,
    );
  expect(early).toEqual([]);
});

it('keeps everything while Slack is down, and delivers it once when Slack is back', async () => {
  const { slack, docket, log } = await openDocket();
  await fault(slack, { on: 'method', method: '*', answer: 'status', status: 503 });
  const { number } = await filed(docket, DANA, 'standard');
  const dana = slack.as('dana');
  await dana.eventually(() => slack.calls('chat.postMessage').length > 0);
  await docket.delivery.idle();
  for (let hour = 0; hour < 3; hour++)
    await slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + 20 * 60_000 });
  await slack.act({ as: DANA, verb: 'clearFaults' });
  await slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + 5 * 60_000 });
  await headline(dana, number);
  await approves(slack.as('jonas'));
  await told(dana, 'is approved.');
  await docket.delivery.idle();
  expect(dana.messages('changes')).toHaveLength(1);
  // Her card, that it is approved, and, since she carries it out herself, the card for that.
  expect(dana.dms()).toHaveLength(3);
  expect(log.some((line) => line.includes('"level":50'))).toBe(false);
});

it.each<Fault>([
  { on: 'method', method: 'views.open', answer: 'status', status: 503, times: 1 },
  { on: 'method', method: 'views.open', answer: 'ratelimited', retryAfterSeconds: 5, times: 1 },
  { on: 'method', method: 'views.open', answer: 'error', code: 'internal_error', times: 1 },
])('says that Slack is in trouble where it opens no window, and calls it no bug: $answer', async (answer) => {
  const { slack, log } = await openDocket();
  const dana = slack.as('dana');
  await fault(slack, answer);
  await dana.command('/change new emergency', { in: 'changes' });
  const [sorry] = await dana.eventually(() => dana.ephemerals());
  expect(sorry?.text).toBe(
    'Slack is in trouble just now and did not do what I asked of it. Please try again in a minute.',
  );
  expect(log.filter((line) => line.includes('a bug'))).toEqual([]);
  await typed(dana, 'emergency', EMERGENCY);
});

it.each([
  ['is_archived', 'C02OLDPROJ5'],
  ['channel_not_found', 'C0NOWHERE99'],
  ['not_in_channel', 'C02GENERAL1'],
])('goes on without its channel (%s), and tells the operator', async (code, announceIn) => {
  const { slack, docket, log } = await openDocket();
  await setUp(docket.world, { announceIn }, 'docket');
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await told(dana, `${number} Rotate the TLS certificates is approved.`);
  expect(log.some((line) => line.includes(code))).toBe(true);
});

it('comes back by itself after Slack has dropped every connection', async () => {
  const { slack, docket } = await openDocket();
  await fault(slack, {
    ...{ on: 'method', method: 'apps.connections.open', answer: 'status', status: 503, times: 1 },
  });
  slack.refreshConnections();
  const dana = slack.as('dana');
  await dana.eventually(() => !dana.snapshot().botConnected);
  expect(await dana.command('/change help')).toEqual({
    ok: false,
    error: '/change failed because the app is not connected.',
  });
  await filed(docket, DANA, 'standard');
  await dana.eventually(() => dana.snapshot().botConnected, 10_000);
  await approves(slack.as('jonas'));
});

const NASTY = [
  '<!channel> <!here> <!everyone>',
  '<@U02KLAUS010> <#C02GENERAL1> <!subteam^S02ONCALL02>',
  '*bold* _italic_ ~struck~ `code` ```block``` **twice** 2*3*4 payment_workers',
  '<https://evil.example|https://good.example>',
  '> not a quote\n• not a list\n&lt;!channel&gt; &amp;',
  'x'.repeat(400),
  '👩‍👩‍👧‍👦 déjà vu ﷽ שלום‎ مرحبا \u202eesrever',
  ':rotating_light: @channel @here #general',
].join('\n');

it('shows what people write as they wrote it, and pings nobody', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  const number = await files(dana, 'standard', {
    ...STANDARD,
    Title: NASTY.split('\n').slice(0, 3).join(' ').slice(0, 150),
    Description: NASTY,
    'Rollback steps': NASTY,
  });
  const card = await asked(jonas);
  for (const line of NASTY.split('\n').slice(0, 6)) expect(jonas.read(card)).toContain(line);
  await says(jonas, card, 'Ask…', NASTY);
  await says(dana, await told(dana, 'asks about'), 'Answer…', NASTY);
  await told(jonas, 'answered your question');
  await says(jonas, card, 'Reject…', NASTY);
  await told(dana, `rejected ${number}`);
  await docket.delivery.idle();

  const seen = ['dana', 'jonas'].flatMap((name) => slack.as(name).snapshot().messages);
  expect(seen.length).toBeGreaterThan(10);
  for (const { text, blocks } of seen) {
    const raw = text + JSON.stringify(blocks);
    expect(raw).not.toMatch(/<!(channel|here|everyone|subteam)|<#C|<https:\/\/evil/);
    expect(raw).not.toContain('<@U02KLAUS010>');
  }
  await dana.command(`/change show ${number}`);
  await dana.eventually(() => dana.ephemerals().length > 0);
  const shown = dana.ephemerals()[0];
  if (shown) await dana.press(shown, 'Full record');
  expect((await dana.opened(number)).text()).toContain(
    '> *bold* _italic_ ~struck~ `code` ```block``` **twice** 2*3*4 payment_workers\n> <https://evil.example|',
  );
});

/** Holds the write lock of the database, as another program would, until the returned function is called. */
function lock(databaseUrl: string): () => void {
  const other = new Database(
    databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice(5),
  );
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return () => other.exec('COMMIT');
}

function fault(slack: LocalSlack, what: Fault) {
  return slack.act({ as: DANA, verb: 'fault', fault: what });
}
