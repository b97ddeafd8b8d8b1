import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import { DANA, PRIYA, WEI } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, filed, headline, history, recorded, says, told } from './steps.ts';

const BOARD = 'Change Advisory Board';

const CHOICES = {
  approve: 'Approve, with guidance for whoever carries it out',
  reject: 'Reject',
  defer: 'Defer to a later day',
  aside: 'Stand aside: I have an interest in it',
};

/** Votes by the form that has every vote, from the card in their direct messages. */
async function votes(
  hand: Hand,
  choice: keyof typeof CHOICES,
  words: string,
  until?: string,
  button = 'Other vote…',
) {
  const card = await hand.eventually(() =>
    hand.dms().findLast((dm) => hand.read(dm).startsWith(BOARD) && hand.read(dm).includes(`[${button}]`)),
  );
  expect(await hand.press(card ?? expect.fail(), button)).toEqual({ ok: true });
  const form = await hand.opened(button === 'Other vote…' ? 'Vote' : 'Change my vote');
  await form.fill({
    ...{ 'Your vote': CHOICES[choice], 'Guidance, or why': words },
    ...(until && { 'To defer: comes back on': until }),
  });
  return form.submit();
}

async function atTheBoard() {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal');
  for (const name of ['nadia', 'priya', 'tomas']) await approves(slack.as(name));
  return { slack, docket, number };
}

const ISO = (at: number) => new Date(at).toISOString().slice(0, 10);

it('lets one stand aside, another change their mind, and hands guidance to whoever carries it out', async () => {
  const { slack, docket, number } = await atTheBoard();
  const [dana, wei, grace, amira] = [slack.as('dana'), slack.as('wei'), slack.as('grace'), slack.as('amira')];
  expect((await votes(grace, 'aside', '')).errors['Guidance, or why']).toContain('say why');
  await grace.modal().fill({ 'Guidance, or why': 'My team sells it.' });
  expect(await grace.modal().submit()).toMatchObject({ outcome: 'closed' });
  await history(
    dana,
    number,
    'stood aside as Business representative (Change Advisory Board):\n> My team sells it.',
  );
  expect(await votes(wei, 'reject', 'No rehearsal.')).toMatchObject({ outcome: 'closed' });
  const card = await wei.eventually(() =>
    wei.dms().find((dm) => wei.read(dm).startsWith(`${BOARD}: you have voted`)),
  );
  await wei.eventually(() =>
    wei
      .read(card ?? expect.fail())
      .includes('0 for, 1 against, 0 abstained, 1 stood aside; 1 of 5 have voted'),
  );
  expect(wei.read(card ?? expect.fail())).not.toContain('[Approve]');
  await approves(slack.as('lucia'), BOARD);
  await approves(slack.as('priya'), BOARD);
  const guidance = 'Watch the replica.';
  expect(await votes(wei, 'approve', guidance, undefined, 'Change my vote…')).toMatchObject({
    outcome: 'closed',
  });
  await votes(amira, 'approve', 'Keep the old table for a week.');
  await history(dana, number, '@Wei Zhang changed their vote and approved as Infrastructure architect');
  const yours = await told(dana, 'Yours to carry out.');
  expect(dana.read(yours)).toContain('Guidance of the board');
  expect(dana.read(yours)).toContain('> Keep the old table for a week.');
  expect(dana.read(yours)).toContain(`> ${guidance}`);
  expect((await recorded(docket, number, 'Decided')).filter(({ by }) => by === WEI)).toMatchObject([
    { verdict: 'reject' },
    { verdict: 'approve', replaces: expect.any(Number) },
  ]);
});

it('defers a change to a day, on which it comes back and everybody votes anew', async () => {
  const { slack, docket, number } = await atTheBoard();
  const dana = slack.as('dana');
  const day = ISO(START + 7 * DAY);
  expect((await votes(slack.as('wei'), 'defer', 'After the rehearsal.')).errors).toMatchObject({
    'To defer: comes back on': 'Choose the day on which it comes back.',
  });
  await slack.as('wei').modal().fill({ 'To defer: comes back on': day });
  expect(await slack.as('wei').modal().submit()).toMatchObject({ outcome: 'closed' });
  for (const name of ['lucia', 'amira', 'grace']) await votes(slack.as(name), 'defer', 'As Wei says.', day);

  await told(dana, `The board deferred ${number}`);
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('⏭️ Deferred by the board; it comes back'));
  const priya = slack.as('priya');
  await priya.eventually(() => priya.dms().every((dm) => !priya.read(dm).includes('[Approve]')));

  await slack.clock.advanceTo(START + 7 * DAY);
  const [deferral] = await recorded(docket, number, 'Deferred');
  await slack.clock.advanceTo((deferral?.until ?? 0) + 1000);
  await history(dana, number, 'It is back before Change Advisory Board, as agreed.');
  for (const name of ['priya', 'lucia', 'amira', 'grace']) await approves(slack.as(name), BOARD);
  await told(dana, `${number} Split the bookings table by month is approved.`);
});

it('tells the chair and the change manager when too few are left, and the chair lets those decide', async () => {
  const { slack, docket, number } = await atTheBoard();
  const [nadia, priya] = [slack.as('nadia'), slack.as('priya')];
  for (const name of ['wei', 'amira', 'grace']) await votes(slack.as(name), 'aside', 'I built it.');
  await told(nadia, `The board can no longer reach its quorum on ${number}`);
  const note = await told(priya, `The board can no longer reach its quorum on ${number}`);
  for (const name of ['priya', 'lucia']) await approves(slack.as(name), BOARD);
  expect(await says(priya, note, 'Decide without quorum…', 'It closes a hole.')).toMatchObject({
    outcome: 'closed',
  });
  await approves(slack.as('tomas'), BOARD);
  await history(slack.as('dana'), number, `${number} is approved`);
  expect(await recorded(docket, number, 'QuorumWaived')).toMatchObject([
    { by: PRIYA, words: 'It closes a hole.' },
  ]);
});
