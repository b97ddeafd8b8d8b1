import { expect, it } from 'vitest';
import { draftsOf } from '../../src/db/drafts.ts';
import { DANA, MAYA, NADIA, OLGA } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, ready } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { answered, answeredInThread } from './spoken.ts';
import { asked, filed, headline, recorded } from './steps.ts';

it('shows who is mentioned in the thread of a change its case, to be decided with one click', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal');
  await filed(docket, DANA, 'normal', { title: 'Another one' });
  const top = await headline(nadia, number);
  const shown = await answeredInThread(nadia, top, '@Docket approve', 'This is what you would approve');
  expect(shown.threadTs).toBe(top.ts);
  expect(nadia.read(shown)).toContain('Searches of the last year take 4 seconds.');
  expect(nadia.read(shown)).toContain(number);
  expect(await recorded(docket, number, 'Decided')).toEqual([]);
  await answered(nadia, () => nadia.press(shown, 'Approve'), `✅ You approved ${number}`);
  expect(await recorded(docket, number, 'Decided')).toMatchObject([{ by: NADIA, verdict: 'approve' }]);
});

it('tells somebody who may not decide why, by the rule that says so', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(dana, number);
  for (const words of ['@docket, please approve', 'approve @docket', '@Docket LGTM 👍']) {
    const said = await answeredInThread(dana, top, words, 'You filed this change');
    expect(dana.read(said)).toContain('[Withdraw]');
    expect(dana.read(said)).not.toContain('[Approve]');
  }
});

it('opens a form by a button, since a message opens none, with what was said already filled in', async () => {
  const { slack, docket } = await openDocket();
  const maya = slack.as('maya');
  const { number } = await ready(slack, docket, MAYA);
  const top = await headline(maya, number);
  const start = await answeredInThread(maya, top, '@Docket START', 'only after a click');
  await maya.press(start, 'Start…');
  const form = await maya.opened('Start');
  await form.fill({ 'How is it carried out?': 'Canary' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });

  const note = await answeredInThread(
    maya,
    top,
    '@Docket note A pod hung & came back.',
    'only after a click',
  );
  await maya.press(note, 'Note…');
  const noting = await maya.opened('Note');
  expect(noting.value('What happened, and what did you do?')).toBe('A pod hung & came back.');
  await noting.submit();
  expect(await recorded(docket, number, 'Noted')).toMatchObject([{ words: 'A pod hung & came back.' }]);
});

it('begins nothing before the click: one draft, also of a copy, whatever was said', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(dana, number);
  const begun = async () => (await draftsOf(docket.world.db, DANA)).map(({ draft }) => draft.proposal.title);
  for (const [words, title] of [
    ['new normal Rotate the API keys', 'Rotate the API keys'],
    [`new like ${number}`, 'Split the bookings table by month'],
  ] as const) {
    const before = await begun();
    const offer = await answeredInThread(dana, top, `@Docket ${words}`, 'only after a click');
    expect(await begun()).toEqual(before);
    await dana.press(offer, 'New change 1/5…');
    const form = await dana.opened('New change 1/5');
    expect(form.value('Title')).toBe(title);
    await form.close();
    expect(await begun()).toEqual([title, ...before]);
  }
});

it('knows the change of a thread for words that may be about others as well', async () => {
  const { slack, docket } = await openDocket();
  const [dana, priya] = [slack.as('dana'), slack.as('priya')];
  const { number } = await filed(docket, DANA, 'normal');
  await filed(docket, DANA, 'normal', { title: 'Another one' });
  const top = await headline(dana, number);
  await answeredInThread(dana, top, '@Docket export', `I am writing all of ${number}`);
  await answeredInThread(dana, top, '@Docket export mine', 'I am writing 2 changes');
  await answeredInThread(priya, top, '@Docket cab now', 'The meeting is open');
  await priya.eventually(() =>
    priya.messages('cab').some((m) => priya.read(m).includes('1 ◀ | Split the bookings table by month')),
  );
});

it('gives in the thread of a change that has been carried out its own report, and the week’s by its name', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await ready(slack, docket, DANA);
  const top = await headline(dana, change.number);
  await answeredInThread(dana, top, '@Docket report', 'week');
  await does(docket, change, step.starts(DANA), step.finishes(DANA), step.verifies(OLGA));
  const own = await answeredInThread(dana, top, '@Docket report', 'The implementation report of');
  expect(dana.read(own)).toContain(change.number);
  expect(dana.read(own)).toContain('Result: success');
  expect(dana.read(own)).not.toContain('undefined');
  const week = await answeredInThread(dana, top, '@Docket report week', 'week');
  expect(dana.read(week)).not.toContain('The implementation report of');
});

it('knows the change of a thread that is proposed for the catalogue there, also after the click', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await ready(slack, docket, DANA);
  await does(docket, change, step.starts(DANA), step.finishes(DANA), step.verifies(OLGA));
  const top = await headline(dana, change.number);
  const offer = await answeredInThread(dana, top, '@Docket catalogue propose', 'only after a click');
  await dana.press(offer, 'For the catalogue…');
  expect((await dana.opened('For the catalogue')).text()).toContain(change.number);
});

it('knows the change of a direct message by its thread, and answers words there without its name', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia);
  const here = { in: 'Docket', thread: card };
  const shown = await answered(nadia, () => nadia.say('approve', here), 'This is what you would approve');
  expect(nadia.read(shown)).toContain(number);
  await answered(nadia, () => nadia.say('@Docket show', here), number);
  await answered(nadia, () => nadia.say('Looks good!', here), 'This is what you would approve');
  await answered(nadia, () => nadia.say('lgtm', { in: 'Docket' }), '1 change waits for your decision');
  await answered(nadia, () => nadia.say('list', { in: 'Docket' }), 'Open changes');
  expect(await recorded(docket, number, 'Decided')).toEqual([]);
});

it('guesses at a word that it does not know, and takes a number where one is named', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'normal');
  const other = await filed(docket, DANA, 'normal', { title: 'Another one' });
  const top = await headline(dana, number);
  const guess = await answeredInThread(dana, top, '@Docket aprove', 'I do not know');
  expect(dana.read(guess)).toContain('Did you mean `approve`?');
  await answeredInThread(dana, top, `@Docket show ${other.number}`, 'Another one');
  await answered(dana, () => dana.say('@Docket show', { in: 'changes' }), 'Please say which change');
  await answeredInThread(dana, top, '@Docket withdraw 3 days too early', 'is withdrawn');
  expect(await recorded(docket, number, 'Withdrawn')).toMatchObject([{ words: '3 days too early' }]);
});

it('heeds a message once, however often Slack delivers it', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(dana, number);
  await slack.act({ as: DANA, verb: 'fault', fault: { on: 'delivery', what: 'duplicate', times: 2 } });
  await answeredInThread(dana, top, '@Docket withdraw', 'is withdrawn');
  await slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + HOUR });
  await answeredInThread(dana, top, '@Docket list', 'Open changes');
  expect(dana.ephemerals().filter((one) => dana.read(one).includes('is withdrawn'))).toHaveLength(1);
  expect(await recorded(docket, number, 'Withdrawn')).toHaveLength(1);
});
