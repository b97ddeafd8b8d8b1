import { expect, it } from 'vitest';
import { openDocket } from './open-docket.ts';
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

it('says a word that it does not know just as it was typed', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change <b>&co', { in: 'changes' });
  const [answer] = await dana.eventually(() => dana.ephemerals());
  expect(answer && dana.read(answer)).toMatch(/I do not know .?<b>&co/);
});
