import { expect, it } from 'vitest';
import { STANDARD, STANDARD_CHECKLIST, SUCCESS } from '../slack/answers.ts';
import { cannotStart, carried, fills, toVerify } from '../slack/carrying-out.ts';
import { asked, headline, history, told } from '../slack/steps.ts';
import { openCompany, reads, seesAtHome } from './people.ts';

const TESTS = [
  'Unit tests (automated)',
  'Integration tests (automated)',
  'Basic functionality tests (manual)',
];
const STEPS = ['Deployed to staging', 'Validated in staging', 'Deployed to production', 'Final validation'];
const VERIFIED = [
  ...['Change implemented as designed', 'All success criteria met', 'No unexpected side effects'],
  ...['Monitoring systems functioning', 'Documentation updated', 'Stakeholders notified'],
];

it('takes a standard change from draft to closed, and shows everybody what concerns them', async () => {
  const { slack, docket, windToWindow, ...people } = await openCompany();
  const { dana, maya, jonas, olga, nadia, sam } = people;

  // Dana begins it, is called away, and finds it again among her drafts.
  await dana.command('/change new Rotate the API keys', { in: 'changes' });
  const begun = await dana.opened('New change');
  expect(begun.value('Title')).toBe('Rotate the API keys');
  await begun.fill({ Description: STANDARD.Description });
  await docket.delivery.idle();
  await begun.close();
  await seesAtHome(dana, 'Your drafts (1)', 'Rotate the API keys');
  await dana.home().press('Resume');
  const form = await dana.opened('New change');
  expect(form.value('Description')).toBe(STANDARD.Description);
  await form.fill({ ...STANDARD, Implementer: 'maya' });
  await dana.eventually(() => form.text().includes('Low risk'));
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  const number = 'CR-2026-001';
  expect(dana.modal().text()).toContain(`${number} Rotate the API keys is filed.`);
  await dana.modal().close();

  // Filed: the peers are asked with the whole case, and nobody else hears of it but in #changes.
  const top = await headline(sam, number);
  await reads(sam, top, 'Peer review: waiting for', '● Peer review (open)');
  const mine = await told(dana, number);
  await reads(dana, mine, '[Withdraw]');
  await seesAtHome(dana, 'Your open changes (1)', number);
  expect(dana.home().text()).not.toContain('Your drafts');
  const ask = await asked(jonas, 'Peer review');
  const whole = [
    STANDARD.Description,
    'Why low risk',
    STANDARD['Success criteria'],
    STANDARD['Rollback steps'],
  ];
  await reads(jonas, ask, ...whole, '[Approve] [Reject…] [Ask…] [Full record]');
  await seesAtHome(jonas, 'Waiting for you (1)', number);
  const other = await asked(olga, 'Peer review');
  expect([...maya.dms(), ...nadia.dms(), ...sam.dms()]).toEqual([]);

  // Jonas approves with one click. Both cards lose their buttons, and Maya is asked to carry it out.
  expect(await jonas.press(ask, 'Approve')).toEqual({ ok: true });
  for (const [hand, card] of [
    [jonas, ask],
    [olga, other],
  ] as const)
    expect(await reads(hand, card, 'nothing more is needed from you here')).not.toContain('[Approve]');
  await told(dana, `${number} Rotate the API keys is approved.`);
  await reads(dana, mine, 'Approved', '[Cancel the change…]');
  await reads(sam, top, 'Approved', 'Peer review: @Jonas Weber approved');
  await history(sam, number, 'Automatic check passed: Risk is low');
  await history(sam, number, '@Jonas Weber approved as Peer reviewer (Peer review).');
  await seesAtHome(jonas, 'Waiting for you (0)');
  const card = await carried(maya);
  await reads(maya, card, 'Yours to carry out.', 'Tests (3 to pass before the start)');
  await seesAtHome(maya, 'Yours to do (1)', 'Carry it out', '[Record tests…] [Open]');

  // Nothing starts before its tests; Maya records them, ticks the checklist and starts when the window opens.
  await cannotStart(maya, card, /must pass before the start: Unit tests/);
  const results = {
    'Where were they run?': 'Staging',
    'Link to the results': 'https://ci.example.com/runs/7',
  };
  await fills(maya, card, 'Record tests…', {
    'Which tests?': TESTS,
    'How did they go?': 'Passed',
    ...results,
  });
  await history(sam, number, '@Maya Cohen recorded tests. Passed: Unit tests (automated)');
  await maya.tick(card, STANDARD_CHECKLIST);
  await windToWindow(number);
  await fills(maya, card, 'Start…', { 'How is it carried out?': 'Standard' });
  await reads(maya, card, 'You are carrying this out.', '[Finish…]', '[Roll back…]');
  await told(dana, 'started it (Standard)');
  await reads(dana, mine, 'Being implemented by @Maya Cohen');
  await reads(sam, top, 'Being implemented by @Maya Cohen', '○ Deployed to staging');
  await seesAtHome(maya, 'You are carrying it out');

  // Everybody follows the steps. When she is done, Jonas, who has approved it, is asked to check the result.
  await maya.tick(card, STEPS);
  await reads(sam, top, '✓ Deployed to staging,', '✓ Final validation,');
  await fills(maya, card, 'Finish…', SUCCESS);
  await told(dana, 'finished it: success');
  await reads(sam, top, 'Implemented (success)');
  const check = await toVerify(jonas, { slack, docket });
  await reads(jonas, check, STANDARD['Success criteria'], '✓ Passed in Staging, @Maya Cohen', '[Verify…]');
  await seesAtHome(jonas, 'Verify the result');
  for (const [hand, message] of [
    [maya, card],
    [dana, mine],
  ] as const)
    expect(hand.read(message)).not.toContain('[Verify…]');

  // Jonas verifies it, and it closes by itself, with its report for everybody.
  await fills(jonas, check, 'Verify…', { 'Tick what you have checked and found right': VERIFIED });
  for (const hand of [dana, maya]) await told(hand, 'verified it.');
  expect(await reads(sam, top, 'Closed (success)')).not.toContain('[Verify…]');
  await history(sam, number, `${number} is closed. Its report:`);
  await seesAtHome(dana, 'Your open changes (0)');
  await dana.press(mine, 'Report');
  const report = (await dana.opened('Implementation report')).text();
  for (const words of [
    'Result: success',
    'Approved by @Jonas Weber',
    'Implemented by @Maya Cohen',
    'Verified by @Jonas',
  ])
    expect(report).toContain(words);
  expect([...nadia.dms(), ...sam.dms()]).toEqual([]);
}, 60_000);
