import { expect, it } from 'vitest';
import { setUp } from '../../src/engine/setup.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import { DANA, GRACE } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, wasAsked } from './steps.ts';

/** When somebody first read such words in their direct messages, and how often they have. */
function heard(hand: Hand, words: string): { times: number; first: number } {
  const found = hand.dms().filter((dm) => hand.read(dm).includes(words));
  return { times: found.length, first: Number(found[0]?.ts ?? Number.POSITIVE_INFINITY) };
}

it('reminds who has to decide, then asks the deputy, then tells the change manager and the chair of the board', async () => {
  const { slack, docket, log } = await openDocket();
  const [tomas, grace, nadia, priya] = ['tomas', 'grace', 'nadia', 'priya'].map((name) => slack.as(name));
  if (!tomas || !grace || !nadia || !priya) throw new Error('four people');
  await setUp(docket.world, { deputies: { product_manager: [GRACE] } }, 'docket');
  const { number, proposal } = await filed(docket, DANA, 'normal', {
    startsAt: START + 20 * DAY + 14 * 3_600_000,
    endsAt: START + 20 * DAY + 15 * 3_600_000,
  });
  await approves(nadia);
  await approves(priya);
  await asked(tomas);
  const up = `The time for ${number} ${proposal.title} is up and it still waits for`;
  expect(wasAsked(grace, 'Business review')).toBe(false);
  await slack.clock.advanceTo(START + 7 * DAY);
  // At half and at four fifths, and when all of it has passed.
  expect(heard(tomas, 'still waits for you, until').times).toBe(2);
  const late = heard(tomas, 'and still waits for you.');
  const deputy = heard(grace, 'your decision is needed');
  const manager = heard(nadia, up);
  const chair = heard(priya, up);
  expect(late.times).toBeGreaterThan(0);
  for (const { times } of [deputy, manager, chair]) expect(times).toBeGreaterThan(0);
  expect(deputy.first).toBeLessThan(manager.first);
  expect(manager.first).toBeLessThan(chair.first);
  await approves(grace);
  const before = heard(priya, up).times;
  await slack.clock.advanceTo(START + 12 * DAY);
  expect(heard(priya, up).times).toBe(before);
  expect(log).toEqual([]);
});
