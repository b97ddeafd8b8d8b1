import { expect, it } from 'vitest';
import { LOOKED_BACK, NORMAL, NORMAL_CHECKLIST, NORMAL_TESTS, SUCCESS } from '../slack/answers.ts';
import { carried, fills, toVerify } from '../slack/carrying-out.ts';
import { approves, asked, files, headline, history, recordOf, told, wasAsked } from '../slack/steps.ts';
import { openCompany, reads, seesAtHome } from './people.ts';

const BOARD = 'Change Advisory Board';
/** What an approver is not shown on the card, but in the full record. */
const IN_THE_RECORD = [
  ...(['Contingency plan', 'Required resources', 'Communication plan'] as const),
  ...(['Rollback validation', 'Database changes'] as const),
];

it('takes a normal change from draft to closed, and shows everybody what concerns them', async () => {
  const { slack, windToWindow, docket, ...people } = await openCompany();
  const { dana, maya, nadia, priya, tomas, amira, lucia, wei, grace, jonas, henrik, sam } = people;

  // Dana files it in five screens; the change manager has it first.
  const answers = { ...NORMAL, Implementer: 'maya', 'Reviews that apply': ['Security review'] };
  const number = await files(dana, 'normal', answers);
  const top = await headline(sam, number);
  await reads(sam, top, 'Validation: waiting for @Nadia Rossi', '○ Security review (to come)');
  expect(sam.read(top)).not.toContain('Compliance');
  const mine = await told(dana, number);
  await seesAtHome(dana, 'Your open changes (1)', 'waiting for @Nadia Rossi');
  const first = await asked(nadia, 'Validation');
  const onCard = Object.entries(NORMAL).filter(([label]) => !IN_THE_RECORD.some((each) => each === label));
  const sentences = onCard.map(([, answer]) => String(answer)).filter((answer) => answer.endsWith('.'));
  await reads(nadia, first, 'Many users (+3)', ...sentences.map((text) => text.split('\n')[0] ?? ''));
  await nadia.press(first, 'Full record');
  const record = (await nadia.opened(number)).text();
  for (const label of IN_THE_RECORD) expect(record).toContain(String(NORMAL[label]).split('\n')[0]);
  await nadia.modal().close();
  await seesAtHome(nadia, 'Waiting for you (1)');
  expect([...priya.dms(), ...maya.dms()]).toEqual([]);

  // One after the other: each is asked when it is their turn, and not before.
  await approves(nadia, 'Validation');
  await reads(sam, top, 'Technical review: waiting for @Priya Raman');
  await approves(priya, 'Technical review');
  await reads(sam, top, 'Business review: waiting for @Tomáš Novák');
  await approves(tomas, 'Business review');
  await asked(amira, 'Security review');
  expect(wasAsked(amira, BOARD)).toBe(false);
  await seesAtHome(amira, 'Waiting for you (1)');
  await approves(amira, 'Security review');
  await reads(sam, top, '✓ Security review (passed) → ● Change Advisory Board (open)');

  // The board votes before anybody meets; with the fourth for it nothing can turn it any more.
  for (const voter of [lucia, wei, priya]) await approves(voter, BOARD);
  const last = await asked(tomas, BOARD);
  await reads(tomas, last, '3 for, 0 against, 0 abstained; 3 of 6 have voted, the quorum is 4');
  expect(sam.read(top)).not.toContain('Approved');
  await approves(tomas, BOARD);
  for (const hand of [amira, grace]) {
    const open = await hand.eventually(() => hand.dms().findLast((dm) => hand.read(dm).startsWith(BOARD)));
    expect(open && (await reads(hand, open, 'nothing more is needed'))).not.toContain('[Approve]');
  }
  await told(dana, `${number} ${NORMAL.Title} is approved.`);
  await reads(dana, mine, 'Approved', '[Cancel the change…]');
  await reads(sam, top, '✅ Approved');
  await docket.delivery.idle();
  await history(sam, number, '@Tomáš Novák approved as Product manager (Change Advisory Board).');
  const notes = sam.thread(top).flatMap((note) => sam.read(note).split('\n'));
  expect(notes[0]).toMatch(/^Validation: asked @Nadia Rossi, until/);
  expect(notes.filter((note) => note.includes('approved as'))).toEqual([
    '@Nadia Rossi approved as Change manager (Validation).',
    '@Priya Raman approved as DevOps lead (Technical review).',
    '@Tomáš Novák approved as Product manager (Business review).',
    '@Amira Haddad approved as Security team lead (Security review).',
    '@Lucía Moreno approved as Development lead (Change Advisory Board).',
    '@Wei Zhang approved as Infrastructure architect (Change Advisory Board).',
    '@Priya Raman approved as DevOps lead (Change Advisory Board).',
    '@Tomáš Novák approved as Product manager (Change Advisory Board).',
  ]);
  expect((await recordOf(docket, number)).filter(({ type }) => type === 'StageOpened')).toHaveLength(5);
  expect([...henrik.dms(), ...jonas.dms(), ...sam.dms()]).toEqual([]);

  // Maya carries it out: seven tests, six ticks, and each step seen by all.
  const card = await carried(maya);
  await reads(maya, card, 'Yours to carry out.', 'Tests (7 to pass before the start)');
  await reads(maya, card, 'On-call contact: @Maya Cohen');
  await seesAtHome(maya, 'Yours to do (1)', 'Carry it out');
  await fills(maya, card, 'Record tests…', { 'Which tests?': NORMAL_TESTS, 'How did they go?': 'Passed' });
  await maya.tick(card, NORMAL_CHECKLIST);
  await windToWindow(number);
  await fills(maya, card, 'Start…', { 'How is it carried out?': 'Blue-green' });
  await told(dana, 'started it (Blue-green)');
  await reads(sam, top, 'Being implemented by @Maya Cohen', '○ Green environment deployed');
  await reads(maya, card, 'You are carrying this out.');
  await maya.tick(card, ['Green environment deployed', 'Green environment tested']);
  await reads(sam, top, '✓ Green environment tested,', '○ Traffic switched to green');
  await fills(maya, card, 'Finish…', SUCCESS);
  await told(dana, 'finished it: success');
  await reads(dana, mine, 'Implemented (success)', '[Retrospective…]');
  await seesAtHome(dana, 'Look back on it');

  // Priya, who has approved it, verifies it; that alone does not close it.
  const check = await toVerify(priya, { slack, docket });
  expect(await reads(priya, check, NORMAL['Success criteria'])).toContain('[Verify…]');
  for (const [hand, message] of [
    [maya, card],
    [dana, mine],
  ] as const)
    expect(hand.read(message)).not.toContain('[Verify…]');
  await fills(priya, check, 'Verify…', { Remarks: 'All seen; the documentation follows.' });
  await reads(priya, check, 'nothing more is needed from you here');
  for (const hand of [dana, maya]) await told(hand, 'verified it.');
  await reads(sam, top, 'Verified by @Priya Raman');

  // They look back within 48 hours, and it is closed.
  const { sent } = await fills(dana, mine, 'Retrospective…', LOOKED_BACK);
  expect(sent).toMatchObject({ outcome: 'closed', errors: {} });
  await reads(sam, top, 'Closed (success)');
  await history(sam, number, 'Announce it earlier.');
  await history(sam, number, `${number} is closed. Its report:`);
  await told(sam, 'gave you an action item');
  await seesAtHome(sam, 'Your action items (1)', 'Announce upgrades three days ahead: @Sam Tanaka');
  await seesAtHome(dana, 'Your open changes (0)');
  expect(dana.read(mine)).not.toMatch(/\[(Retrospective|Verify|Finish|Cancel)/);
}, 120_000);
