import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import { DANA, HENRIK, MAYA } from '../change/company.ts';
import { windTo } from '../slack/carrying-out.ts';
import { approves, asked, filed, headline, history, recorded, told } from '../slack/steps.ts';
import { openCompany, reads } from './people.ts';

const BOARD = 'Change Advisory Board';
/** The agenda comes on Wednesday afternoon, the board meets on Thursday at two in Berlin. */
const AGENDA = Date.UTC(2026, 10, 25, 13);
const MEETING = Date.UTC(2026, 10, 26, 13);
/** Friday of the week after, from eleven in the evening until three in Berlin. */
const NIGHT = { startsAt: Date.UTC(2026, 11, 4, 22), endsAt: Date.UTC(2026, 11, 5, 2) };

it('the board decides, a window is chosen, a freeze comes over it, and everyone concerned knows', async () => {
  const { slack, docket, ...people } = await openCompany();
  const { dana, maya, nadia, priya, tomas, amira, lucia, wei, grace, henrik, sam } = people;
  const more = { title: 'Split the bookings table', implementer: MAYA, stakeholders: [HENRIK], ...NIGHT };
  const { number } = await filed(docket, DANA, 'normal', more);
  const top = await headline(sam, number);
  for (const hand of [nadia, priya, tomas]) await approves(hand);

  // The agenda appears the day before, with the change, its votes and its buttons.
  await windTo(slack, AGENDA + 1000);
  const agenda = await inCab(priya, `${BOARD}: Thursday`);
  await reads(sam, top, 'Change Advisory Board (open)');
  await reads(priya, agenda, `${number} | Split the bookings table`, '0 for, 0 against');

  // Six people vote: before the meeting, by their own cards and by the agenda; Lucía stands aside.
  await votes(lucia, 'Stand aside: I have an interest in it', 'I sold it to them.');
  await votes(grace, 'Reject', 'Not in the season.');
  await votes(tomas, 'Abstain: I am here and take no side', 'I have not seen the rehearsal.');
  await approves(wei, BOARD);
  await approves(amira, BOARD);
  await reads(priya, agenda, '2 for, 1 against, 1 abstained, 1 stood aside');
  expect(sam.read(top)).not.toContain('Approved');
  const own = await dana.command(`/change vote ${number}`);
  expect(own).toEqual({ ok: true });
  await dana.eventually(() => dana.ephemerals().some((one) => dana.read(one).includes(number)));
  expect(dana.snapshot().modals).toEqual([]);

  // The chair opens the meeting, gives the last vote, and closes it; the minutes say who voted what.
  await windTo(slack, MEETING - 10 * 60_000);
  await priya.press(await told(priya, 'meets'), 'Open the meeting');
  const live = await inCab(priya, 'Item 1 of 1: ');
  await priya.press(live, 'Approve');
  await reads(priya, live, 'Decided: approved');
  await priya.press(live, 'Close the meeting…');
  const close = await priya.opened('Close the meeting');
  await close.fill({ 'Who was there?': ['priya', 'wei', 'grace'] });
  expect(await close.submit()).toMatchObject({ outcome: 'closed' });
  const minutes = await inCab(nadia, `Minutes: ${BOARD}`);
  await reads(nadia, minutes, `${number} Split the bookings table: approved`);
  for (const vote of [
    '@Lucía Moreno (Development lead) stood aside, beforehand: I sold it to them.',
    '@Grace Mbeki (Business representative) rejected: Not in the season.',
    '@Tomáš Novák (Product manager) abstained, beforehand: I have not seen the rehearsal.',
    '@Wei Zhang (Infrastructure architect) approved',
    '@Amira Haddad (Security representative) approved, beforehand',
    '@Priya Raman (DevOps lead) approved',
  ])
    expect(nadia.read(minutes)).toContain(vote);

  // Dana is told, and chooses an hour of the night that was approved: read back in full before it counts.
  await told(dana, `${number} Split the bookings table is approved.`);
  await told(henrik, 'is scheduled');
  await dana.command(`/change schedule ${number} 2026-12-05 00:30 for 1h`);
  const choose = await dana.opened('Schedule');
  expect(choose.text()).toContain('📅 Saturday 5 December 2026 00:30');
  expect(await choose.submit()).toMatchObject({ outcome: 'closed' });
  await history(sam, number, 'is scheduled');
  const [, chosen] = await recorded(docket, number, 'Scheduled');
  expect(chosen).toMatchObject({ startsAt: NIGHT.startsAt + 90 * 60_000 });
  await reads(sam, top, 'Approved and scheduled');

  // Nadia declares a freeze over it, and sees before what it will hold.
  await nadia.command('/change freeze');
  await (await nadia.opened('Freezes')).press('Declare a freeze…');
  const declare = await nadia.opened('Declare a freeze');
  await declare.fill({
    ...{ Kind: 'Freeze', Why: 'The ministers meet.', From: NIGHT.startsAt / 1000 - 3600 },
    Until: NIGHT.endsAt / 1000 + 3600,
  });
  await declare.submit();
  const confirm = await nadia.opened('Declare the freeze?');
  expect(confirm.text()).toContain(`It holds 1 change\n• ${number}`);
  await confirm.submit();

  // Everyone concerned knows: who asked for it and who carries it out get free windows, the named one hears that it is
  // off, and everybody reads it in #changes and in the calendar.
  for (const hand of [dana, maya])
    expect(await reads(hand, await told(hand, 'Choose another time'), number, 'The ministers meet.')).toMatch(
      /\[\w{3} \d+ \w{3} \d\d:\d\d/,
    );
  await told(henrik, 'it has lost its place in the calendar');
  await reads(sam, top, 'Approved', 'not scheduled');
  await history(sam, number, 'The ministers meet.');
  const freeze = sam.messages('changes').find((one) => sam.read(one).startsWith('🧊'));
  expect(freeze && sam.read(freeze)).toContain('The ministers meet.');
  await sam.command('/change calendar month next');
  const calendar = await sam.opened('Calendar');
  await sam.eventually(() => calendar.text().includes('The ministers meet.'));
  for (const hand of [grace, lucia])
    expect(hand.dms().some((dm) => hand.read(dm).includes('ministers'))).toBe(false);
}, 120_000);

function inCab(hand: Hand, begins: string): Promise<Message> {
  const find = () => hand.messages('cab').findLast((message) => hand.read(message).includes(begins));
  return hand.eventually(find);
}

/** Another vote than an approval, from the card in their direct messages. */
async function votes(hand: Hand, choice: string, words: string): Promise<void> {
  expect(await hand.press(await asked(hand, BOARD), 'Other vote…')).toEqual({ ok: true });
  const form = await hand.opened('Vote');
  await form.fill({ 'Your vote': choice, 'Guidance, or why': words });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
}
