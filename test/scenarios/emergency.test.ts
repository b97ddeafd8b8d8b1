import { expect, it } from 'vitest';
import { EMERGENCY, EMERGENCY_CHECKLIST } from '../slack/answers.ts';
import { carried, fills, toVerify } from '../slack/carrying-out.ts';
import { approves, asked, headline, history, told } from '../slack/steps.ts';
import { openCompany, reads, seesAtHome } from './people.ts';

const BEFORE = ['Critical functionality tests (manual)', 'Basic integration tests (automated)'];

it('takes an emergency from its declaration to closed, and shows everybody what concerns them', async () => {
  const { slack, docket, ...people } = await openCompany();
  const { dana, maya, olga, klaus, tomas, wei, grace, nadia, jonas, priya, sam } = people;

  // Dana declares it in one short form, which asks what is broken first.
  await dana.command('/change emergency Restart the payment workers', { in: 'incidents' });
  const form = await dana.opened('New change');
  const labels = form.labels().filter((each) => each in EMERGENCY);
  expect(labels.slice(0, 3)).toEqual(['Title', 'What is broken', 'The fix']);
  await form.fill({ ...EMERGENCY, Implementer: 'priya' });
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  await dana.modal().close();
  const number = 'CR-2026-001';

  // Everybody whose word it needs is asked at once; the board is not, and the change manager only hears of it.
  const top = await headline(sam, number);
  await reads(sam, top, 'Expedited approval: waiting for', 'High risk');
  const mine = await told(dana, number);
  for (const hand of [maya, olga, wei, klaus, tomas]) {
    const ask = await asked(hand, 'Expedited approval');
    const read = await reads(hand, ask, EMERGENCY['What is broken'], EMERGENCY['The fix']);
    expect(read.indexOf(EMERGENCY['What is broken'])).toBeLessThan(read.indexOf(EMERGENCY['The fix']));
    expect(read).toContain('[Approve]');
  }
  await seesAtHome(klaus, 'Waiting for you (1)', number);
  await told(nadia, `filed an emergency: ${number} ${EMERGENCY.Title}`);
  expect([...grace.dms(), ...jonas.dms(), ...sam.dms()]).toEqual([]);

  // Two engineers and the business agree, in any order, and Priya may start at once.
  await approves(klaus);
  await reads(sam, top, 'waiting for @Maya Cohen');
  await approves(maya);
  expect(priya.dms()).toEqual([]);
  await approves(olga);
  for (const hand of [wei, tomas]) {
    const ask = await hand.eventually(() => hand.dms().at(-1));
    expect(ask && (await reads(hand, ask, 'nothing more is needed'))).not.toContain('[Approve]');
  }
  await told(dana, `${number} ${EMERGENCY.Title} is approved.`);
  await reads(sam, top, 'Approved', '@Klaus Richter approved');
  const card = await carried(priya);
  await reads(priya, card, 'Yours to carry out.', 'Tests (2 to pass before the start)');
  await seesAtHome(priya, 'Yours to do (1)', 'Carry it out');

  // The minimal tests before, the fix, and the rest of the tests afterwards.
  await fills(priya, card, 'Record tests…', {
    ...{ 'Which tests?': BEFORE, 'How did they go?': 'Passed', 'Where were they run?': 'Development' },
  });
  await priya.tick(card, EMERGENCY_CHECKLIST);
  const start = await fills(priya, card, 'Start…', { 'How is it carried out?': 'Standard' });
  expect(start.sent).toMatchObject({ outcome: 'closed', errors: {} });
  await told(dana, 'started it (Standard)');
  await reads(sam, top, 'Being implemented by @Priya Raman');
  await reads(priya, card, 'You are carrying this out');
  await fills(priya, card, 'Finish…', { 'How did it go?': 'Success' });
  await told(dana, 'finished it: success');
  await reads(priya, card, 'record the tests that come afterwards');
  const after = { 'Which tests?': ['Post-implementation validation (manual)'], 'How did they go?': 'Passed' };
  await fills(priya, card, 'Record tests…', after);
  await reads(priya, card, 'It waits to be verified');

  // Verified by somebody else, and looked back on: still it does not close without its board.
  const check = await toVerify(olga, { slack, docket });
  await fills(olga, check, 'Verify…', { Remarks: 'Payments go through again.' });
  await fills(dana, mine, 'Retrospective…', {
    'How did the implementation go?': 'Quickly.',
    'Were the success criteria met?': 'Yes.',
    'Issues and their root causes': 'The workers ran out of memory.',
    'What went well': 'Three people agreed within minutes.',
    'What could be improved': 'An alert on memory.',
  });
  await history(sam, number, 'The workers ran out of memory.');
  await reads(sam, top, 'Verified by @Olga Petrenko');

  // Whoever sits on the board, but neither Dana nor Priya, says whether it was justified; then it closes.
  const review = await told(grace, 'please review this emergency by');
  await reads(grace, review, EMERGENCY['What is broken'], '[Review…]');
  await seesAtHome(grace, 'Review it for the board');
  expect(priya.dms().every((dm) => !priya.read(dm).includes('[Review…]'))).toBe(true);
  const { sent } = await fills(grace, review, 'Review…', {
    'Was it right to carry it out as an emergency?': 'Yes, it was justified',
    'What the board found': 'Payments were down for everybody.',
  });
  expect(sent).toMatchObject({ outcome: 'closed', errors: {} });
  await reads(grace, review, 'nothing more is needed from you');
  for (const hand of [dana, priya]) await told(hand, 'Payments were down for everybody.');
  await reads(sam, top, 'Closed (success)');
  await history(sam, number, `${number} is closed. Its report:`);
  await seesAtHome(dana, 'Your open changes (0)');
  expect(sam.dms()).toEqual([]);
}, 60_000);
