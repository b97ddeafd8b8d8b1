import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { startFakeSlack } from '../../scripts/bench/fake-slack.ts';
import { machineClock } from '../../src/clock.ts';
import { setUpOnce } from '../../src/engine/setup.ts';
import { freePort } from '../../src/free-port.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { type Docket, startDocket } from '../../src/start.ts';
import { DANA, SAM } from '../change/company.ts';
import { GUIDE, openDocket, temporaryDatabase } from './open-docket.ts';
import { formOf, post, pressOf } from './signed.ts';
import { filed, recordOf } from './steps.ts';

/** Run with FUZZ=2000 for as many of each. */
const RUNS = Number(process.env.FUZZ ?? 150);

/** What the actions, forms, commands and events of Slack look like; Sam, who sends them, may do nothing with it. */
function documented(change: Parameters<typeof targetOf>[0]): fc.Arbitrary<object> {
  const target = targetOf(change);
  const person = { user: { id: SAM, team_id: 'T1' }, team: { id: 'T1', domain: 'd' }, api_app_id: 'A1' };
  const buttons = [
    'approve',
    'reject',
    'withdraw',
    'start',
    'prepare',
    'list-more',
    'home-new',
    'new-change:title',
  ];
  const forms = [
    'reject-form',
    'ask-form',
    'new-change',
    'edit-change',
    'setup',
    'set-risk-form',
    'finish-form',
  ];
  const fields = {
    words: 'No.',
    title: 'x',
    level: { type: 'static_select', selected_option: { value: 'low' } },
  };
  const trigger = () => ({ trigger_id: randomUUID() });
  return fc.oneof(
    fc.constantFrom(...buttons).map((action) => pressOf(SAM, action, target)),
    fc.constantFrom(...forms).map((form) => formOf(SAM, form, { target, id: change.id }, fields)),
    fc
      .constantFrom('withdraw', 'start', 'edit', 'show', 'list', 'help', 'nonsense')
      .map((word) => ({ command: '/change', text: `${word} ${change.number}`, user_id: SAM, ...trigger() })),
    fc
      .constantFrom('shortcut', 'message_action', 'view_closed', 'block_suggestion', 'workflow_step_edit')
      .map((type) => ({ type, callback_id: 'change-from-message', ...person, ...trigger() })),
    fc
      .constantFrom('app_home_opened', 'user_change', 'team_join', 'subteam_updated', 'message')
      .map((type) => ({
        ...{ type: 'event_callback', event_id: randomUUID(), team_id: 'T1' },
        event: {
          type,
          user: SAM,
          tab: 'home',
          channel: 'D1',
          ts: '1.1',
          text: 'hello',
          subteam: { id: 'S1' },
        },
      })),
  );
}

const junk = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e300, '', '\u0000', '__proto__', 'x'.repeat(5000), [], {}, [[]], {
    id: null,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same with some of it taken out, or something else in its place. */
function damaged(change: Parameters<typeof targetOf>[0]): fc.Arbitrary<unknown> {
  const hit = fc.record({ at: fc.nat(200), what: fc.oneof(fc.constant(undefined), junk) });
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(documented(change), fc.array(hit, { maxLength: 3 })).map(apply) },
    { weight: 1, arbitrary: junk },
  );
}

// A copy of what comes in: without it, a second hit inside of it would alter what is given out next, or close a circle.
function apply([body, hits]: [object, { at: number; what?: unknown }[]]): unknown {
  const copy = structuredClone(body);
  for (const { at, what } of hits) {
    const places = placesIn(copy);
    const [holder, key] = places[at % places.length] ?? [{}, ''];
    if (what === undefined) Reflect.deleteProperty(holder, key);
    else Reflect.set(holder, key, structuredClone(what));
  }
  return copy;
}

function placesIn(value: object): [object, string][] {
  return Object.entries(value).flatMap(([key, inner]): [object, string][] => [
    [value, key],
    ...(typeof inner === 'object' && inner !== null ? placesIn(inner) : []),
  ]);
}

/** Nothing may end the process: what nobody catches is kept here. */
function uncaught(): unknown[] {
  const errors: unknown[] = [];
  const keep = (error: unknown) => void errors.push(error);
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, keep);
    onTestFinished(() => void process.off(event, keep));
  }
  return errors;
}

/** Attempts at what is forbidden are on record, and nothing else of what Sam sent. */
async function untouched(docket: Docket, number: string, before: number): Promise<void> {
  const events = await recordOf(docket, number);
  expect(events.slice(before).filter(({ type, by }) => type !== 'Refused' || by !== SAM)).toEqual([]);
}

it('answers over signed HTTP whatever is signed, crashes of nothing, and does nothing without the right to it', {
  timeout: 300_000,
}, async () => {
  const errors = uncaught();
  const { docket, url } = await openDocket({ delivery: 'http' });
  const change = await filed(docket, DANA, 'normal');
  const before = (await recordOf(docket, change.number)).length;
  const encoded = (body: unknown, asJson: boolean) =>
    asJson
      ? post(url, JSON.stringify(body) ?? '', { type: 'application/json' })
      : post(url, new URLSearchParams(formOfBody(body)).toString());
  await fc.assert(
    fc.asyncProperty(damaged(change), fc.boolean(), async (body, asJson) => {
      const { status } = await encoded(body, asJson);
      expect([200, 400]).toContain(status);
      expect(errors).toEqual([]);
    }),
    { numRuns: RUNS, timeout: 10_000, endOnFailure: true },
  );
  await untouched(docket, change.number, before);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

function formOfBody(body: unknown): Record<string, string> {
  const isCommand = typeof body === 'object' && body !== null && 'command' in body;
  if (!isCommand) return { payload: JSON.stringify(body) ?? '' };
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]));
}

it('goes on over Socket Mode whatever comes, and does nothing without the right to it', {
  timeout: 300_000,
}, async () => {
  const errors = uncaught();
  const slack = await startFakeSlack();
  onTestFinished(() => slack.close());
  const docket = await startDocket({
    ...{ databaseUrl: temporaryDatabase(), policy: GUIDE, port: await freePort(), newId: randomUUID },
    ...{ clock: machineClock(() => Date.now()), log: pino({ level: 'silent' }) },
    slack: { botToken: 'xoxb-t', how: { appToken: 'xapp-t' }, apiUrl: slack.apiUrl },
  });
  onTestFinished(() => docket.stop());
  await setUpOnce(docket.world, { roles: LOCAL_ROLES });
  // A night in a week, in Berlin, when every change may be carried out.
  const night = (Math.floor(Date.now() / 86_400_000) + 7) * 86_400_000 + 22 * 3_600_000;
  const later = { startsAt: night, endsAt: night + 3_600_000 };
  const change = await filed(docket, DANA, 'normal', later);
  const before = (await recordOf(docket, change.number)).length;
  const socket = await slack.nextSocket();
  const waiting = new Map<string, () => void>();
  socket.on('message', (data) => waiting.get(String(JSON.parse(String(data)).envelope_id))?.());
  const acked = (id: string) => new Promise<void>((resolve) => waiting.set(id, resolve));
  const type = fc.constantFrom('interactive', 'slash_commands', 'events_api', 'never_heard_of');
  await fc.assert(
    fc.asyncProperty(damaged(change), type, async (payload, kind) => {
      socket.send(JSON.stringify({ envelope_id: randomUUID(), type: kind, payload }));
      const whole = { command: '/change', text: 'help', user_id: SAM, trigger_id: randomUUID() };
      const id = randomUUID();
      const answered = acked(id);
      socket.send(JSON.stringify({ envelope_id: id, type: 'slash_commands', payload: whole }));
      await answered;
      expect(errors).toEqual([]);
    }),
    { numRuns: RUNS, timeout: 10_000, endOnFailure: true },
  );
  for (const nonsense of ['', '{', 'null', '[]', '5', '{"type":"hello"}', '{"envelope_id":null}'])
    socket.send(nonsense);
  await docket.delivery.idle();
  await untouched(docket, change.number, before);
  expect(errors).toEqual([]);
});
