import { expect, it } from 'vitest';
import { MAYA } from '../change/company.ts';
import * as step from '../change/steps.ts';
import { carried, does, fills, ready, says } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { headline, history, told } from './steps.ts';

it('hands a change that runs to somebody else: by whoever carries it out, and by the change manager', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, nadia, sam, wei] = ['dana', 'maya', 'nadia', 'sam', 'wei'].map((name) => slack.as(name));
  if (!dana || !maya || !nadia || !sam || !wei) throw new Error('Somebody is missing.');
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, step.starts(MAYA), step.ticks(MAYA, 0));
  const mayas = await carried(maya);
  await says(maya, mayas, '[Hand over…]');
  const given = { 'Who goes on with it?': 'sam', 'What do they need to know, or why?': 'My shift is over.' };
  expect((await fills(maya, mayas, 'Hand over…', given)).sent).toMatchObject({
    outcome: 'closed',
    errors: {},
  });

  const sams = await carried(sam);
  await says(sam, sams, 'You are carrying this out.');
  expect(sam.read(sams)).toContain('☑ Deployed to staging');
  await told(sam, 'handed it over to @Sam');
  await told(dana, 'My shift is over.');
  await says(maya, mayas, 'nothing more is needed from you here');
  expect(maya.read(mayas)).not.toContain('[Finish…]');
  await history(dana, change.number, 'handed it over to @Sam');
  await says(dana, await headline(dana, change.number), 'Being implemented by @Sam');

  // Sam cannot go on: the change manager gives it to Wei, and says why.
  await nadia.command(`/change handover ${change.number}`);
  const form = await nadia.opened('Hand over');
  await form.fill({ 'Who goes on with it?': 'wei' });
  expect((await form.submit()).errors).toEqual({
    'What do they need to know, or why?': 'Please say why it is handed over.',
  });
  await form.fill({ 'What do they need to know, or why?': 'Sam has lost the line.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await says(wei, await carried(wei), '[Finish…]');
  await told(sam, 'handed it over from @Sam');
});
