import { expect, it } from 'vitest';
import { DANA, GRACE, MAYA, OLGA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, fills, says, windTo } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { approves, filed, headline, history, recorded, told } from './steps.ts';

it('takes an emergency to its end: its board is asked, reminded, escalated to, and reviews it late', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, grace] = [slack.as('dana'), slack.as('maya'), slack.as('grace')];
  const [nadia, priya, sam] = [slack.as('nadia'), slack.as('priya'), slack.as('sam')];
  const change = await filed(docket, DANA, 'emergency', { implementer: MAYA });
  const { number } = change;
  for (const who of ['maya', 'olga', 'klaus']) await approves(slack.as(who), 'Expedited approval');
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  await does(docket, change, step.finishes(MAYA));
  const finished = (await recorded(docket, number, 'Finished'))[0]?.at ?? 0;

  const card = await told(grace, 'please review this emergency by');
  expect(grace.read(card)).toMatch(
    /still open: verification, Change Advisory Board review by .*, retrospective by/,
  );
  expect(grace.read(card)).toContain('Payments are taken twice since 09:40.');
  expect(grace.read(card)).toContain('Switch it on again.');
  await does(docket, change, step.recordsTests(MAYA), step.verifies(OLGA), step.looksBack(DANA));
  await says(grace, card, 'Verified by @Olga Petrenko');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('Verified'));

  await windTo(slack, finished + 23 * HOUR); // it waits for the morning
  const reminder = await told(grace, 'is due by');
  expect(grace.read(reminder)).toContain('The review of the emergency');
  await windTo(slack, finished + 24 * HOUR);
  const late = await told(grace, 'is still to be recorded. One of you records it for all.');
  await told(nadia, 'Please see that it is held.');
  await told(priya, 'is still to be recorded.'); // she chairs the board
  await history(dana, number, 'The review by the Change Advisory Board was due');
  await windTo(slack, finished + 72 * HOUR);
  await docket.delivery.idle();
  expect(await recorded(docket, number, 'BoardReviewEscalated')).toHaveLength(3);
  expect((await recorded(docket, number, 'ChangeClosed')).length).toBe(0);

  const empty = await fills(grace, late, 'Review…', {
    'Was it right to carry it out as an emergency?': 'No, it could have waited for a normal change',
    'What the board found': 'Only the nightly job was affected.',
    'Action item 1': 'Write down what counts as an emergency.',
  });
  expect(empty.sent.errors).toEqual({
    'Action item 1': 'Please say what is to be done, who does it and by which day.',
  });
  await empty.form.fill({ 'Action item 1: who does it': 'sam', 'Action item 1: by which day': '2026-12-04' });
  expect(await empty.form.submit()).toMatchObject({ outcome: 'closed' });
  await says(grace, card, 'nothing more is needed from you');
  await dana.eventually(() => dana.read(top).includes('Closed (success)'));
  await history(dana, number, 'The emergency was not justified: it could have waited for a normal change');
  for (const hand of [dana, maya]) await told(hand, 'Only the nightly job was affected.');
  await told(sam, 'gave you an action item');
  expect(await recorded(docket, number, 'EmergencyReviewed')).toMatchObject([
    { by: GRACE, role: 'business_representative', justified: false },
  ]);

  await windTo(slack, finished + 10 * DAY);
  await docket.delivery.idle();
  expect(await recorded(docket, number, 'BoardReviewEscalated')).toHaveLength(3);
});
