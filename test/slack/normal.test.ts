import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import { DANA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { approves, asked, filed, headline, history, recorded, says, told, wasAsked } from './steps.ts';

it('asks compliance where it applies, and not security', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal', { reviews: ['compliance'] });
  await approves(slack.as('nadia'), 'Validation');
  await approves(slack.as('priya'), 'Technical review');
  await approves(slack.as('tomas'), 'Business review');
  await approves(slack.as('henrik'), 'Compliance review');
  await history(slack.as('sam'), number, 'Change Advisory Board: asked');
  expect(wasAsked(slack.as('amira'), 'Security review')).toBe(false);
});

it('ends with the reason when the board votes against it', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal');
  for (const name of ['nadia', 'priya', 'tomas']) await approves(slack.as(name));
  for (const name of ['lucia', 'wei', 'grace', 'amira']) {
    const voter = slack.as(name);
    expect(
      await says(voter, await asked(voter, 'Change Advisory Board'), 'Reject…', 'Not before the season.'),
    ).toMatchObject({ outcome: 'closed' });
  }
  const dana = slack.as('dana');
  const note = await told(
    dana,
    `rejected ${number} Split the bookings table by month.\n> Not before the season.`,
  );
  expect(dana.read(note)).toContain('[Copy…]'); // what was typed need not be typed again
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('⛔ Rejected by @Amira Haddad'));
  expect(await recorded(docket, number, 'ChangeRejected')).toHaveLength(1);
});

it('lets an approver ask and the requester answer while the change stays where it is', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia);
  await says(nadia, card, 'Ask…', 'Who watches the replica?');
  const question = await told(dana, '@Nadia Rossi asks about');
  await says(dana, question, 'Answer…', 'Maya, all night.');
  await told(nadia, '> Maya, all night.');
  await nadia.eventually(
    () =>
      nadia.read(card).includes('Who watches the replica?') && nadia.read(card).includes('Maya, all night.'),
  );
  await history(dana, number, 'Maya, all night.');
  await approves(nadia);
});

it('says of several open questions which one is answered', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas, olga] = [slack.as('dana'), slack.as('jonas'), slack.as('olga')];
  const { number } = await filed(docket, DANA, 'standard');
  await says(jonas, await asked(jonas), 'Ask…', 'Which keys?');
  const first = await told(dana, '@Jonas Weber asks about');
  await says(olga, await asked(olga), 'Ask…', 'Who tells the partners?');
  const second = await told(dana, '@Olga Petrenko asks about');
  const which = 'Which question do you answer?';

  // On a card of several questions none of them is meant; on the message of one, that one is.
  await dana.command(`/change answer ${number}`);
  const unsure = await dana.opened('Answer');
  expect(unsure.text()).toContain('@Jonas Weber asks:\n> Which keys?\n@Olga Petrenko asks:');
  expect(unsure.value(which)).toBeNull();
  await unsure.fill({ 'Your answer': 'Those of the gateway.' });
  expect((await unsure.submit()).outcome).toBe('errors');
  await unsure.close();

  await dana.press(second, 'Answer…');
  const sure = await dana.opened('Answer');
  expect(sure.value(which)).toMatchObject({ text: { text: 'Olga Petrenko: Who tells the partners?' } });
  await sure.fill({ 'Your answer': 'I do.' });
  expect(await sure.submit()).toMatchObject({ outcome: 'closed' });
  await told(olga, '> I do.');

  await dana.press(first, 'Answer…');
  const last = await dana.opened('Answer');
  expect(last.labels()).toEqual(['Your answer']);
  await last.fill({ 'Your answer': 'Those of the gateway.' });
  await last.submit();
  await told(jonas, '> Those of the gateway.');
});

it('shows the question to who answers it, and says on the press that it has been answered', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  await says(nadia, await asked(nadia), 'Ask…', 'Who watches the replica?');
  const question = await told(dana, '@Nadia Rossi asks about');
  await dana.press(question, 'Answer…');
  const form = await dana.opened('Answer');
  expect(form.text()).toContain('Who watches the replica?');
  await form.fill({ 'Your answer': 'Maya, all night.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await dana.press(question, 'Answer…');
  await answered(dana, `No question about ${number} is open: all have been answered.`);

  await says(nadia, await asked(nadia), 'Ask…', 'And who is on call?');
  const second = await told(dana, 'by month:\n> And who is on call?');
  await dana.command(`/change withdraw ${number}`);
  await dana.press(second, 'Answer…');
  await answered(dana, `${number} is withdrawn now; the question needs no answer any more.`);
  expect(dana.snapshot().modals).toEqual([]);
});

function answered(hand: Hand, sentence: string): Promise<unknown> {
  return hand.eventually(() => hand.ephemerals().some((message) => hand.read(message) === sentence));
}
