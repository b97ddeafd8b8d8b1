import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import { DAY, HOUR, MINUTE } from '../change/proposals.ts';
import { STANDARD, STANDARD_CHECKLIST, SUCCESS } from '../slack/answers.ts';
import { carried, fills, says, toVerify, WINDOW, windTo } from '../slack/carrying-out.ts';
import { openDocket } from '../slack/open-docket.ts';
import { approves, files, headline, history, recorded, told } from '../slack/steps.ts';

const TESTS = [
  'Unit tests (automated)',
  'Integration tests (automated)',
  'Basic functionality tests (manual)',
];

/** A standard change of Dana's that Maya carries out: filed, approved and made ready, as people do it. */
async function approved() {
  const { slack, docket } = await openDocket();
  const [dana, maya, jonas] = [slack.as('dana'), slack.as('maya'), slack.as('jonas')];
  const [nadia, sam] = [slack.as('nadia'), slack.as('sam')];
  const number = await files(dana, 'standard', { ...STANDARD, Implementer: 'maya' });
  const top = await headline(sam, number);
  const mine = await told(dana, number);
  expect(sam.read(top)).toContain('Peer review: waiting for');
  expect(dana.read(mine)).toContain('[Withdraw]');
  expect([...maya.dms(), ...nadia.dms(), ...sam.dms()]).toEqual([]);

  const ask = await approves(jonas);
  expect(jonas.read(ask)).toContain('nothing more is needed from you here');
  await told(dana, 'is approved.');
  await says(sam, top, 'Approved');
  await says(dana, mine, '[Cancel the change…]');
  const card = await carried(maya);
  expect(maya.read(card)).toContain('Yours to carry out.');
  return { slack, docket, number, top, mine, card, dana, maya, jonas, nadia, sam };
}

/** The same, its window open and Maya at work. */
async function started() {
  const all = await approved();
  const { slack, docket, number, top, mine, card, dana, maya, sam } = all;
  await fills(maya, card, 'Record tests…', {
    ...{ 'Which tests?': TESTS, 'How did they go?': 'Passed', 'Where were they run?': 'Staging' },
  });
  await maya.tick(card, STANDARD_CHECKLIST);
  await windTo(slack, WINDOW - HOUR);
  await told(maya, 'Everything is ready for the start.');
  await windTo(slack, WINDOW);
  await docket.delivery.idle();
  await fills(maya, card, 'Start…', { 'How is it carried out?': 'Standard' });
  await says(maya, card, 'You are carrying this out.');
  await told(dana, 'started it (Standard)');
  await says(sam, top, 'Being implemented by @Maya Cohen');
  await says(dana, mine, 'Being implemented by @Maya Cohen');
  expect(dana.read(mine)).not.toMatch(/Finish…|Cancel/);
  await history(sam, number, 'started it (Standard)');
  await windTo(slack, WINDOW + 30 * MINUTE);
  return all;
}

/** From its end on: verified by Jonas, who approved it, looked back on by Dana, closed, each as the people see it. */
async function closes(all: Awaited<ReturnType<typeof started>>, outcome: string, words: string) {
  const { docket, number, top, mine, card, dana, maya, jonas, nadia, sam } = all;
  await told(dana, words);
  await told(dana, 'Please look back by');
  await says(maya, card, 'It waits to be verified by somebody else.');
  await says(maya, card, '[Retrospective…]');
  await says(sam, top, `> ${words}`);
  await history(sam, number, words);
  expect(nadia.dms()).toEqual([]);

  // It is half past eleven at night, and Jonas sleeps.
  await docket.delivery.idle();
  expect(jonas.dms().filter((dm) => jonas.read(dm).includes('Please check the result'))).toEqual([]);
  const check = await toVerify(jonas, all);
  expect(jonas.read(check)).toContain(`> ${words}`);
  await fills(jonas, check, 'Verify…', { Remarks: 'The old key is in use, and payments go through.' });
  await says(jonas, check, 'nothing more is needed from you here');
  for (const hand of [dana, maya]) await told(hand, 'verified it.');
  await says(sam, top, 'Verified by @Jonas Weber');

  await says(dana, mine, '[Retrospective…]');
  await fills(dana, mine, 'Retrospective…', {
    'How did the implementation go?': 'We stopped half-way.',
    'Were the success criteria met?': 'No.',
    'Issues and their root causes': 'The key belonged to another account.',
    'What went well': 'We noticed at once.',
    'What could be improved': 'Try the key before.',
  });
  await says(sam, top, `Closed (${outcome})`);
  await says(dana, mine, `Closed (${outcome})`);
  await history(sam, number, `${number} is closed. Its report:`);
  await history(sam, number, 'The key belonged to another account.');
  expect(dana.read(mine)).not.toMatch(/\[(Retrospective|Verify|Finish|Cancel)/);
  await dana.press(mine, 'Report');
  expect((await dana.opened('Implementation report')).text()).toContain(`Result: ${outcome}`);
  expect((await recorded(docket, number, 'Refused')).length).toBe(0);
}

const ENDS = {
  failed: ['Finish…', { 'How did it go?': 'Failed', 'What happened?': 'The gateway refused it.' }],
  partial: [
    'Finish…',
    {
      ...SUCCESS,
      ...{
        'How did it go?': 'Partial: some of it is still to be done',
        'What happened?': 'One key is left.',
      },
    },
  ],
  'rolled back': ['Roll back…', { 'Why?': 'Payments were refused.' }],
} as const;

it.each(Object.entries(ENDS))('%s: what everybody sees, from filing to closing', async (outcome, end) => {
  const all = await started();
  const [button, answers] = end;
  await says(all.maya, all.card, `[${button}]`);
  expect((await fills(all.maya, all.card, button, answers)).sent.outcome).toBe('closed');
  await closes(all, outcome, String(Object.values(answers).at(-1)));
});

it('expired: what everybody sees, from filing until nobody has carried it out', async () => {
  const { slack, docket, number, top, mine, card, dana, maya, jonas, nadia, sam } = await approved();
  await windTo(slack, WINDOW - HOUR);
  await told(maya, 'Before you can start: tests to pass: Unit tests');
  await windTo(slack, WINDOW + 15 * MINUTE);
  for (const hand of [dana, maya]) await told(hand, 'has not been started by @Maya Cohen');
  await windTo(slack, WINDOW + 32 * DAY);
  for (const hand of [dana, maya]) await told(hand, 'has expired');
  await says(sam, top, 'Expired');
  await says(dana, mine, 'Expired');
  await says(maya, card, 'nothing is needed from you here');
  await history(sam, number, 'it was approved and not carried out in time');
  const offers = (hand: Hand, message: typeof top) => /\[(Start|Cancel|Edit|Report)/.test(hand.read(message));
  expect([offers(dana, mine), offers(maya, card), offers(sam, top)]).toEqual([false, false, false]);
  await docket.delivery.idle();
  const about = (hand: Hand) => hand.dms().filter((dm) => hand.read(dm).includes(number)).length;
  expect([about(nadia), about(jonas)]).toEqual([0, 1]);
  expect(await recorded(docket, number, 'Overran')).toEqual([]);
});
