import { expect, it } from 'vitest';
import { DANA, MAYA, OLGA } from '../change/company.ts';
import { finishes, starts, verifies } from '../change/steps.ts';
import { does, fills, ready, says, windToMorning } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { headline, history, recorded, told } from './steps.ts';

async function closed() {
  const { slack, docket } = await openDocket();
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, starts(MAYA), finishes(MAYA), verifies(OLGA));
  await windToMorning(slack, docket);
  return { slack, docket, change };
}

it('asks whoever wanted a change once how content they are, and takes a click, a correction and words', async () => {
  const { slack, docket, change } = await closed();
  const [dana, maya] = [slack.as('dana'), slack.as('maya')];
  const ask = await told(dana, 'do what you needed?');
  expect(dana.read(ask)).toContain('[1 Not at all] [2 Little] [3 Fairly] [4 Well] [5 Very well]');
  expect(await dana.press(ask, '4 Well')).toEqual({ ok: true });
  await says(dana, ask, '4 of 5. Thank you.');
  expect(await dana.press(ask, 'Say more…')).toEqual({ ok: true });
  const form = await dana.opened('How content are you?');
  await form.fill({
    'How well did it do what you needed?': '3 Fairly',
    'Anything you would like to add': 'Sign-in took long at first.',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await says(dana, ask, '3 of 5. Thank you.');
  expect(dana.read(ask)).toContain('Sign-in took long at first.');
  await docket.delivery.idle();
  expect(
    maya
      .dms()
      .map((dm) => maya.read(dm))
      .join(),
  ).not.toContain('do what you needed?');
  expect(await recorded(docket, change.number, 'Rated')).toMatchObject([
    { score: 4 },
    { score: 3, by: DANA },
  ]);
});

it('lets anybody log a defect by a word or a button, and auditors what they found', async () => {
  const { slack, docket, change } = await closed();
  const [sam, henrik, dana] = [slack.as('sam'), slack.as('henrik'), slack.as('dana')];
  await sam.command(`/change defect ${change.number} Searches fail since then.`, { in: 'changes' });
  const form = await sam.opened('Log a defect');
  expect(form.value('What is wrong?')).toBe('Searches fail since then.');
  await form.fill({
    'How bad is it?': 'Major: people notice it',
    'Where is more about it?': 'https://tickets.example.com/9',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await history(sam, change.number, 'logged a major defect');
  await told(dana, 'logged a major defect');

  await sam.command(`/change finding ${change.number} Nobody may know.`, { in: 'changes' });
  const finding = await sam.opened('Audit finding');
  await finding.fill({ 'How bad is it?': 'Minor: can wait' });
  expect(JSON.stringify((await finding.submit()).errors)).toContain(
    'logged by the change manager or the auditor',
  );
  await henrik.command(`/change finding ${change.number} The tests have no evidence.`, { in: 'changes' });
  const audit = await henrik.opened('Audit finding');
  await audit.fill({ 'How bad is it?': 'Minor: can wait' });
  expect(await audit.submit()).toMatchObject({ outcome: 'closed' });
  await history(sam, change.number, 'logged a minor audit finding');
  const card = await headline(sam, change.number);
  const { sent } = await fills(sam, card, 'Log a defect…', {
    'What is wrong?': 'Sign-in is slow.',
    'How bad is it?': 'Minor: can wait',
  });
  expect(sent).toMatchObject({ outcome: 'closed' });
  await history(sam, change.number, 'Sign-in is slow.');
  expect(await recorded(docket, change.number, 'FindingLogged')).toMatchObject([
    { of: 'defect', severity: 'major', link: 'https://tickets.example.com/9' },
    { of: 'audit', severity: 'minor' },
    { of: 'defect', severity: 'minor', words: 'Sign-in is slow.' },
  ]);
});
