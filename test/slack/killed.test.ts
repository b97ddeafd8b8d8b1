import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Fault } from '../../src/local-slack/protocol.ts';
import { DANA } from '../change/company.ts';
import { onPostgres } from '../db/both.ts';
import { EMERGENCY, NORMAL } from './answers.ts';
import { buildDocket, environment, fillRoles } from './docket-process.ts';
import { answered } from './drafting.ts';
import { openSlack, temporaryDatabase } from './open-docket.ts';
import { headline, typed } from './steps.ts';

const runDocket = buildDocket();

type Slack = Awaited<ReturnType<typeof openSlack>>;

it('delivers once, after a kill between commit and delivery, what Slack had refused and what it had taken', {
  timeout: 60_000,
}, async () => {
  const slack = await openSlack({ mode: 'socket' });
  const env = environment(slack, temporaryDatabase());
  const first = runDocket(env);
  await first.says(/Docket is running/);
  await fillRoles(slack);
  const dana = slack.as('dana');
  const form = await typed(dana, 'emergency', EMERGENCY);
  // The first post arrives, but its answer does not; nothing after it arrives at all.
  await fault(slack, { on: 'method', method: 'chat.postMessage', answer: 'lost', times: 1 });
  await fault(slack, { on: 'method', method: 'chat.postMessage', answer: 'status', status: 503 });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  await dana.eventually(
    () => new Set(slack.calls('chat.postMessage').map(({ answer }) => answer)).size === 2,
  );
  first.kill('SIGKILL');
  expect(await first.gone).toBeNull();
  await slack.act({ as: DANA, verb: 'clearFaults' });

  const second = runDocket(env);
  await second.says(/Docket is running/);
  const asked = ['maya', 'olga', 'wei', 'klaus', 'tomas'].map((name) => slack.as(name));
  for (const person of [dana, ...asked]) await person.eventually(() => person.dms().length > 0, 30_000);
  const top = await headline(dana, 'CR-2026-001');
  await dana.eventually(() => dana.thread(top).length === 1, 30_000);
  expect(dana.messages('changes')).toHaveLength(1);
  for (const person of [dana, ...asked]) expect(person.dms()).toHaveLength(1);
  expect(slack.calls('chat.postMessage').filter(({ answer }) => answer === 'lost')).toHaveLength(1);
  second.kill('SIGTERM');
  expect(await second.gone).toBe(0);
  expect(second.out()).not.toContain('xoxb-');
});

it('brings half a form back after a kill, with everything that was typed', { timeout: 60_000 }, async () => {
  const slack = await openSlack({ mode: 'socket' });
  const databaseUrl = temporaryDatabase();
  const env = environment(slack, databaseUrl);
  const first = runDocket(env);
  await first.says(/Docket is running/);
  const dana = slack.as('dana');
  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  const { Title, Description, 'Business justification': why, 'Affected systems': systems } = NORMAL;
  await form.fill({ Title, Description, 'Business justification': why, 'Affected systems': systems });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  await form.fill({ 'User impact': NORMAL['User impact'] });
  await expect.poll(() => keptIn(databaseUrl)).toContain(NORMAL['User impact']);
  first.kill('SIGKILL');
  await first.gone;
  await form.close();

  const second = runDocket(env);
  await second.says(/Docket is running/);
  await dana.eventually(() => dana.snapshot().botConnected);
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  await dana.press(list, 'Resume');
  const again = await dana.opened('New change 2/5');
  expect(again.value('User impact')).toBe(NORMAL['User impact']);
  await again.press('Back');
  await dana.eventually(() => again.title() === 'New change 1/5');
  expect([again.value('Title'), again.value('Description'), again.value('Business justification')]).toEqual([
    ...[Title, Description, why],
  ]);
  second.kill('SIGTERM');
  expect(await second.gone).toBe(0);
});

/** The drafts in a file, as another program reads them. */
function keptIn(databaseUrl: string): string {
  const other = new Database(databaseUrl.slice('file:'.length), { readonly: true });
  try {
    return JSON.stringify(other.prepare('select proposal from drafts').all());
  } finally {
    other.close();
  }
}

it('finishes what was acknowledged before it stops', async () => {
  const slack = await openSlack({ mode: 'socket' });
  const docket = runDocket(environment(slack, temporaryDatabase()));
  await docket.says(/Docket is running/);
  await fault(slack, { on: 'method', method: 'views.open', answer: 'delay', milliseconds: 500, times: 1 });
  const dana = slack.as('dana');
  expect(await dana.command('/change new')).toEqual({ ok: true });
  docket.kill('SIGTERM');
  await dana.opened('New change');
  expect(await docket.gone).toBe(0);
});

onPostgres('a stop', (_open, urls) => {
  it('answers the submission that is under way', async () => {
    const slack = await openSlack({ mode: 'socket' });
    const databaseUrl = await urls.fresh();
    const docket = runDocket(environment(slack, databaseUrl));
    await docket.says(/Docket is running/);
    await fillRoles(slack);
    const dana = slack.as('dana');
    const form = await typed(dana, 'emergency', EMERGENCY);
    const holder = new pg.Client(databaseUrl);
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table changes in access exclusive mode');
    const sent = form.submit();
    await expect
      .poll(async () => (await holder.query('select 1 from pg_locks where not granted')).rowCount)
      .toBeGreaterThan(0);
    docket.kill('SIGTERM');
    await docket.says(/finishing what is under way/);
    await holder.query('commit');
    expect(await sent).toMatchObject({ outcome: 'updated' });
    expect(dana.modal().text()).toContain('CR-2026-001');
    expect(await docket.gone).toBe(0);
    await holder.end();
  });
});

function fault(slack: Slack, what: Fault) {
  return slack.act({ as: DANA, verb: 'fault', fault: what });
}
