import { expect, it } from 'vitest';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { DANA, MAYA } from '../change/company.ts';
import { HOUR, MINUTE } from '../change/proposals.ts';
import { EMERGENCY } from './answers.ts';
import { windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import {
  approves,
  asked,
  filed,
  files,
  headline,
  history,
  recorded,
  told,
  typed,
  wasAsked,
} from './steps.ts';

/** Three in the morning of the Saturday after the tests begin, in Berlin. */
const SATURDAY_NIGHT = START + 65 * HOUR;

it('asks what is broken with a hint about that', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change emergency');
  const form = (await dana.opened('New change')).text();
  expect(form).toContain('What people notice, and since when');
  expect(form).not.toContain('Why it is needed');
});

it('asks everybody at once, at night and on a Saturday, and is approved by three people', async () => {
  const { slack, docket } = await openDocket();
  await windTo(slack, SATURDAY_NIGHT);
  const [dana, maya, olga, wei] = [slack.as('dana'), slack.as('maya'), slack.as('olga'), slack.as('wei')];
  const number = await files(dana, 'emergency', EMERGENCY);
  const asks = await Promise.all(
    ['maya', 'olga', 'wei', 'klaus', 'tomas'].map((name) => asked(slack.as(name), 'Expedited approval')),
  );
  expect(maya.read(asks[0] ?? never())).toContain('Restart the workers with the memory limit doubled.');
  expect(slack.as('nadia').dms()).toEqual([]);
  // One for each seat is enough.
  expect(maya.read(asks[0] ?? never())).toContain(
    'waiting for @Maya Cohen; @Wei Zhang or @Olga Petrenko; @Klaus Richter or @Tomáš Novák, until',
  );

  await approves(maya);
  await approves(olga);
  await wei.eventually(() => !wei.read(asks[2] ?? never()).includes('[Approve]'));
  expect(wei.read(asks[2] ?? never())).toContain('nothing more is needed from you');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('waiting for @Klaus Richter or @Tomáš Novák'));
  expect(dana.read(top)).toContain('as soon as it is approved');
  await approves(slack.as('tomas'));
  await told(dana, `${number} Restart the payment workers is approved.`);
  await dana.eventually(() => dana.read(top).includes('✅ Approved'));
  expect(dana.read(top)).not.toContain('as soon as it is approved');
  const roles = (await recorded(docket, number, 'Decided')).map(({ role }) => role);
  expect(roles).toEqual(['on_call_engineer', 'senior_engineer', 'designated_approver']);
  expect(slack.as('klaus').dms()).toHaveLength(1);
});

it('reminds at half, at four fifths and at the end of two hours, and then tells the change manager', async () => {
  const { slack, docket } = await openDocket();
  await windTo(slack, SATURDAY_NIGHT);
  const [maya, klaus, nadia] = [slack.as('maya'), slack.as('klaus'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'emergency');
  const from = (await recorded(docket, number, 'StageOpened'))[0]?.at ?? never();
  await approves(maya);
  const reminders = (hand: typeof maya) => hand.dms().filter((dm) => hand.read(dm).startsWith('⏰'));
  await asked(klaus);

  await windTo(slack, from + 60 * MINUTE - 1000);
  await docket.delivery.idle();
  expect(reminders(klaus)).toHaveLength(0);
  await windTo(slack, from + 60 * MINUTE);
  await klaus.eventually(() => reminders(klaus).length === 1);
  await windTo(slack, from + 96 * MINUTE);
  await klaus.eventually(() => reminders(klaus).length === 2);
  expect(nadia.dms()).toEqual([]);
  await windTo(slack, from + 120 * MINUTE);
  await klaus.eventually(() => reminders(klaus).length === 3);
  await told(nadia, `The time for ${number} Stop double charges is up`);
  await history(nadia, number, 'The time for Expedited approval is up.');
  expect(reminders(maya)).toEqual([]);

  // Then it is escalated, and said again every day.
  await windTo(slack, from + 180 * MINUTE);
  await klaus.eventually(() => reminders(klaus).length === 5);
  await windTo(slack, from + 74 * HOUR);
  await klaus.eventually(() => reminders(klaus).length === 7);
  await docket.delivery.idle();
  expect(reminders(klaus)).toHaveLength(7);
});

it('reminds of a normal change in working time only', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal', {
    startsAt: START + 205 * HOUR,
    endsAt: START + 206 * HOUR,
  });
  await asked(nadia);
  await windTo(slack, START + 200 * HOUR);
  const reminders = () => nadia.dms().filter((dm) => nadia.read(dm).startsWith('⏰'));
  await nadia.eventually(() => reminders().length > 3);
  expect(await recorded(docket, number, 'Reminded')).not.toEqual([]);
  for (const { ts } of reminders()) {
    const inBerlin = new Date(Number(ts) * 1000 + HOUR);
    expect(inBerlin.getUTCDay() % 6).not.toBe(0);
    expect([9, 10, 11, 12, 13, 14, 15, 16, 17]).toContain(inBerlin.getUTCHours());
  }
});

it('is refused in the form when the two engineers could only be one person', async () => {
  const { slack } = await openDocket({
    roles: { ...LOCAL_ROLES, on_call_engineer: [MAYA], senior_engineer: [MAYA] },
  });
  const dana = slack.as('dana');
  await dana.command('/change emergency Payments are down', { in: 'incidents' });
  const form = await dana.opened('New change');
  expect(form.value('Title')).toBe('Payments are down');
  await form.fill(EMERGENCY);
  const sent = await form.submit();
  expect(sent.outcome).toBe('errors');
  expect(sent.errors.Category).toContain('Too few different people hold the roles On-call engineer');
  expect(form.value('The fix')).toBe(EMERGENCY['The fix']);
  expect(wasAsked(slack.as('maya'), 'Expedited approval')).toBe(false);
});

it('takes the one who could fill either engineer’s seat for the one that the other cannot fill', async () => {
  const { slack, docket } = await openDocket({
    roles: { ...LOCAL_ROLES, on_call_engineer: [MAYA], senior_engineer: [MAYA, 'U02OLGA0012'] },
  });
  const { number } = await filed(docket, DANA, 'emergency');
  const maya = slack.as('maya');
  await approves(maya);
  expect(await recorded(docket, number, 'Decided')).toMatchObject([{ seat: 'on_call', by: MAYA }]);
  await approves(slack.as('olga'));
  expect((await recorded(docket, number, 'Decided'))[1]).toMatchObject({ seat: 'senior' });
});

function never(): never {
  throw new Error('This cannot be.');
}

it('is not filed with somebody to carry it out who cannot use Docket, and says so beside the field', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  const form = await typed(dana, 'emergency', { ...EMERGENCY, Implementer: 'leo' });
  expect(await form.submit()).toMatchObject({
    outcome: 'errors',
    errors: { Implementer: expect.stringContaining('guests, bots and people who have left do not count') },
  });
  await form.fill({ Implementer: 'maya' });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
});
