import { expect, it } from 'vitest';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { plainText } from '../../src/slack/blocks/plain-text.ts';
import { OLGA } from '../change/company.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed } from './steps.ts';

it('names people in a form, where Slack shows no mentions', async () => {
  const { slack, docket } = await openDocket();
  await filed(docket, slack.as('dana').person.id, 'emergency', { implementer: slack.as('dana').person.id });
  const [olga, wei] = [slack.as('olga'), slack.as('wei')];
  await wei.press(await asked(wei), 'Reject…');
  const form = await wei.opened('Reject');
  await form.fill({ 'Why?': 'The backlog is not safe.' });
  await approves(olga);
  await docket.delivery.idle();
  expect((await form.submit()).errors).toEqual({
    'Why?': 'Olga Petrenko has already decided as Senior engineer.',
  });
});

it('says a name as it is, whatever is in it, and leaves alone what somebody typed', async () => {
  const { docket } = await openDocket();
  const { db } = docket.world;
  const { dm: _, ...olga } = (await findPerson(db, OLGA)) ?? expect.fail();
  await savePeople(db, [{ ...olga, realName: 'O$& *Cash* &amp; $1' }]);
  const sentence = `*<@${OLGA}>* has decided on \`x\` at <!date^${START / 1000}^{date_short}|then>.`;
  expect(await plainText({ db }, sentence, 'UTC')).toBe(
    'O$& *Cash* &amp; $1 has decided on x at Wednesday 25 November 2026 09:00 UTC+00:00.',
  );
  expect(await plainText({ db }, `&lt;@${OLGA}&gt; &amp; <@U0NOBODY>`, 'UTC')).toBe(`<@${OLGA}> & somebody`);
});

it('says a word that it does not know just as it was typed', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change <b>&co', { in: 'changes' });
  const [answer] = await dana.eventually(() => dana.ephemerals());
  expect(answer && dana.read(answer)).toMatch(/I do not know .?<b>&co/);
});
