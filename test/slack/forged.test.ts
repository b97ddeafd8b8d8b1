import { expect, it } from 'vitest';
import { targetOf } from '../../src/slack/ids.ts';
import { DANA, NADIA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { formOf, interact, post, pressOf } from './signed.ts';
import { approves, filed, recordOf } from './steps.ts';

const JSON_TYPE = { type: 'application/json' };
const LONG = 'x'.repeat(500_000);

/** Everything here is signed as Slack signs, and Slack would never send it. */
it('survives whatever a correct signature carries, without an effect', async () => {
  const { slack, docket, url } = await openDocket({ delivery: 'http' });
  const change = await filed(docket, DANA, 'normal');
  const before = await recordOf(docket, change.number);
  const target = targetOf(change);
  const press = (value: unknown) => pressOf(NADIA, 'approve', value);
  const reject = (metadata: unknown, words: unknown = 'No.') =>
    formOf(NADIA, 'reject-form', metadata, { words });

  const answers = await Promise.all([
    ...['null', '5', '"x"', '[]', 'true', '{', ''].map((body) =>
      post(url, `payload=${encodeURIComponent(body)}`),
    ),
    ...['null', '5', '[1]', '{', ''].map((body) => post(url, body, JSON_TYPE)),
    post(url, `payload=${'x'.repeat(5 * 1024 * 1024)}`),
    ...[{}, { type: 'block_actions' }, { type: 'block_actions', actions: null, user: null }].map((p) =>
      interact(url, p),
    ),
    ...[{ type: 'view_submission' }, { type: 'view_submission', view: null }].map((p) => interact(url, p)),
    ...[{ type: 'event_callback' }, { type: 'event_callback', event: null }].map((p) =>
      post(url, JSON.stringify(p), JSON_TYPE),
    ),
    ...[null, 7, {}, [], '', '|', '../../x|0', `${change.id}|${LONG}`, LONG, `${target}|`].map((v) =>
      interact(url, press(v)),
    ),
    ...['', '{', 'null', '[]', { target: 5 }, { target: LONG }, { question: [] }, {}].map((m) =>
      interact(url, reject(m)),
    ),
    ...[7, null, {}, [], { type: 'plain_text_input', value: 7 }].map((w) =>
      interact(url, reject({ target }, w)),
    ),
    interact(url, formOf(NADIA, 'reject-form', { target }, {})),
    interact(url, formOf(DANA, 'edit-change', 'nobody|', { title: 'x' })),
    interact(url, formOf(DANA, 'new-change', { id: '../../x' }, { title: LONG })),
    interact(
      url,
      formOf(
        DANA,
        'new-change',
        { id: 'fresh' },
        { startsAt: { type: 'datetimepicker', selected_date_time: 1e300 } },
      ),
    ),
    interact(url, pressOf(NADIA, 'list-more', '{"kind":"open"}')),
    interact(url, pressOf(NADIA, 'no-such-button', 'x')),
    interact(url, formOf(NADIA, 'no-such-form', '', {})),
    post(url, new URLSearchParams({ command: '/change', text: `show ${LONG}`, user_id: NADIA }).toString()),
  ]);
  expect(
    answers.map(({ status }) => status).filter((status) => ![200, 400, 401, 404, 413, 500].includes(status)),
  ).toEqual([]);

  expect(await recordOf(docket, change.number)).toEqual(before);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await approves(slack.as('nadia'), 'Validation');
});

it('answers at once to a body that is no object: Bolt alone would end the process', async () => {
  const { url } = await openDocket({ delivery: 'http' });
  expect((await post(url, 'payload=null')).status).toBe(400);
  expect((await post(url, 'null', JSON_TYPE)).status).toBe(400);
  expect((await post(url, '[]', JSON_TYPE)).status).toBe(400);
  expect((await post(url, 'ssl_check=1')).status).toBe(200);
});

it('says so where a button or a form is not one of its own, instead of letting Slack wait', async () => {
  const { url } = await openDocket({ delivery: 'http' });
  expect((await interact(url, pressOf(NADIA, 'no-such-button', 'x'))).status).toBe(200);
  const form = await interact(url, formOf(NADIA, 'no-such-form', '', {}));
  expect(JSON.parse(form.text)).toMatchObject({ response_action: 'push' });
  expect(form.text).toContain('This is not one of mine any more.');
  expect(await interact(url, { type: 'block_suggestion', user: { id: NADIA } })).toEqual({
    status: 200,
    text: '',
  });
  expect((await interact(url, { type: 'never_heard_of', user: { id: NADIA } })).status).toBe(400);
});

/** What a form or a button of Docket's could be made to carry; none of it is what Docket puts there. */
const BROKEN = [
  '',
  '{',
  'null',
  '5',
  '[]',
  '{}',
  '{"id":7}',
  '{"target":null}',
  'freeze/../x',
  LONG.slice(0, 3000),
];
const FORMS = [
  ...[
    'new-change',
    'edit-change',
    'reject-form',
    'vote-form',
    'freeze-form',
    'freeze-confirm',
    'freeze-end-form',
  ],
  ...[
    'schedule-form',
    'schedule-confirm',
    'delegate',
    'approve-selected',
    'setup',
    'meeting-note-form',
    'export',
  ],
];
const BUTTONS = [
  ...[
    'search-more',
    'list-more',
    'calendar-turn:Later',
    'calendar-picture',
    'freeze-alter:0',
    'freeze-end:0',
  ],
  ...['schedule-at:0', 'report-csv', 'meeting-minutes-file', 'form-take-window:0', 'action-done', 'approve'],
];

it('calls nothing a bug that comes back to it broken: each is answered with what to do', async () => {
  const { url, log } = await openDocket({ delivery: 'http' });
  const answers = await Promise.all(
    BROKEN.flatMap((carried) => [
      ...FORMS.map((form) => interact(url, formOf(NADIA, form, carried, {}))),
      ...BUTTONS.map((button) => interact(url, pressOf(NADIA, button, carried))),
    ]),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  for (const { text } of answers) expect(text).not.toContain('a bug');
  expect(log.filter((line) => line.includes('a bug'))).toEqual([]);
}, 60_000);
