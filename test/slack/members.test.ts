import { expect, it } from 'vitest';
import { savePeople } from '../../src/db/people.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { DANA } from '../change/company.ts';
import { heard } from './heard.ts';
import { openDocket } from './open-docket.ts';
import { formOf, interact, post, pressOf } from './signed.ts';
import { filed, told } from './steps.ts';

const NOBODY = {
  guest: 'U02LEO00015',
  'somebody who has left': 'U02EVA00016',
  'a bot': 'U02ROBOT001',
  'somebody of another company': 'U0STRANGER1',
  'somebody whom Slack does not know': 'U0UNKNOWN99',
};
const REFUSED = /[Oo]nly members of this workspace can use Docket/;

it('lets nobody who is not a member say, press, send or see anything at all', {
  timeout: 120_000,
}, async () => {
  const { slack, docket, url, log } = await openDocket({ delivery: 'http' });
  const { db } = docket.world;
  const stranger = { zone: 'UTC', isAdmin: false, isBot: false, isGuest: false, deactivated: false };
  await savePeople(db, [
    { ...stranger, id: NOBODY['somebody of another company'], name: 'x', realName: 'X', isGuest: true },
    { ...stranger, id: NOBODY['a bot'], name: 'bot', realName: 'Bot', isBot: true },
  ]);
  const change = await filed(docket, DANA, 'emergency');
  await told(slack.as('maya'), change.number);
  await docket.delivery.idle();
  const { buttons, forms, shortcuts, words } = heard(docket);
  expect([words.length > 30, buttons.length > 20, forms.length > 15, shortcuts.length]).toEqual([
    true,
    true,
    true,
    2,
  ]);
  const state = async () => [
    (await db.q.select().from(db.t.events)).filter(({ type }) => type !== 'Refused'),
    await db.q.select().from(db.t.drafts),
    (await db.q.select().from(db.t.outbox)).filter(({ kind }) => kind !== 'redraw').map(({ id }) => id),
  ];
  const before = await state();
  const target = targetOf(change);
  for (const [who, by] of Object.entries(NOBODY)) {
    const shown = slack.calls('views.open').length;
    const published = slack.calls('views.publish').length;
    const said = [];
    for (const { name: word } of words) {
      const text = `${word} ${change.number}`;
      const body = { command: '/change', text, user_id: by, trigger_id: `${by}.${word}` };
      said.push((await post(url, new URLSearchParams(body).toString())).text);
    }
    for (const form of forms)
      said.push((await interact(url, formOf(by, form, { target }, { words: 'x' }))).text);
    expect(
      said.filter((text) => !REFUSED.test(text)),
      who,
    ).toEqual([]);
    for (const button of buttons) await interact(url, pressOf(by, button, target));
    for (const callback_id of shortcuts)
      await interact(url, {
        type: 'shortcut',
        callback_id,
        user: { id: by },
        trigger_id: `${by}.${callback_id}`,
      });
    const opened = slack.calls('views.open').slice(shown);
    const others = opened.map(({ args }) => JSON.stringify(args.view)).filter((view) => !REFUSED.test(view));
    // The rules' own answer to an approval, which they have put on record.
    expect(others, who).toEqual([expect.stringContaining(' is for: ')]);
    expect(slack.calls('views.publish').length, who).toBe(published);
  }
  await docket.delivery.idle();
  expect(await state()).toEqual(before);
  expect(log.filter((line) => line.includes('was turned away')).length).toBeGreaterThan(500);
  expect(log.filter((line) => line.includes('a bug'))).toEqual([]);
});

it('answers a guest in private and at Home, and says nothing where they only talk to others', async () => {
  const { slack, docket } = await openDocket();
  const change = await filed(docket, DANA, 'emergency');
  const leo = slack.as('leo');
  await leo.openHome();
  await leo.eventually(() => REFUSED.test(leo.home().text()));
  await leo.command('/change list');
  await leo.eventually(() => leo.ephemerals().some((message) => REFUSED.test(leo.read(message))));
  expect(
    leo
      .ephemerals()
      .map((message) => leo.read(message))
      .join(),
  ).not.toContain(change.number);
});

it('asks Slack who somebody is of whom no event has told', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  await db.atomically((q) => [q.delete(db.t.people)]);
  const sam = slack.as('sam');
  await sam.command('/change list');
  await sam.eventually(() => sam.ephemerals().length > 0);
  expect(
    sam
      .ephemerals()
      .map((message) => sam.read(message))
      .join(),
  ).not.toMatch(REFUSED);
  expect(slack.calls('users.info')).toHaveLength(1);
});
