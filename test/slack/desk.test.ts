import { expect, it } from 'vitest';
import { DANA, MAYA, NADIA, OLGA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, says, told } from './steps.ts';

it('shows the change manager what is late or stuck, the most urgent first, with what helps', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const late = await filed(docket, DANA, 'normal');
  await approves(nadia);
  const returned = await filed(docket, DANA, 'normal', { title: 'Archive old bookings' });
  await says(nadia, await asked(nadia), 'Return…', 'Which years?');
  const missed = await filed(docket, DANA, 'standard', { endsAt: START + 38 * HOUR });
  await approves(slack.as('jonas'));
  const urgent = await filed(docket, DANA, 'emergency', { implementer: MAYA });
  await filed(docket, DANA, 'normal', { title: 'In time' });
  expect(await look(nadia)).toContain('Nothing is late and nothing is stuck.');

  await slack.clock.advanceTo(START + 6 * DAY);
  const shown = await look(nadia);
  // The emergency, then by how long: returned at once, due after a day, missed three hours later.
  const places = [urgent, returned, late, missed].map(({ number }) => shown.indexOf(number));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(shown).toContain('5 changes are late or stuck, the most urgent first.');
  expect(shown).toMatch(/Not started by @Dana Okafor, and its window has been over since/);
  expect(shown).toMatch(/Not resubmitted by @Dana Okafor since/);
  expect(shown).toContain(`\`/change withdraw ${returned.number}\` and the reason takes it back`);
  expect(shown).toMatch(/Late since .*; it waits for @Maya Cohen, /);

  const list = nadia.ephemerals().at(-1) ?? expect.fail();
  expect(await says(nadia, list, 'Cancel the change…', 'It comes next month.')).toMatchObject({
    outcome: 'closed',
  });
  await nadia.press(list, 'Reassign…', urgent.number);
  const form = await nadia.opened('Reassign');
  expect(form.labels()).toEqual(['As whom?', 'Who is asked?', 'Why?']);
  await form.close();
  await nadia.command(`/change withdraw ${returned.number} Nobody needs it.`);
  await told(slack.as('dana'), 'withdrew');
  const rest = await look(nadia);
  for (const { number } of [missed, returned]) expect(rest).not.toContain(number);
});

it('says at once when a role has emptied and nobody can decide', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal');
  await approves(nadia);
  await asked(slack.as('priya'));
  await nadia.command('/change setup');
  const form = await nadia.opened();
  await form.fill({ 'DevOps lead': ['dana'] });
  await form.submit();
  expect(await look(nadia)).toContain(number);
  expect(await look(nadia)).toContain('Nobody can decide as DevOps lead.');
});

it('has what is owed once a change was carried out: its check, its retrospective and the review by the board', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const change = await filed(docket, NADIA, 'emergency', { implementer: MAYA });
  for (const who of ['maya', 'olga', 'klaus']) await approves(slack.as(who), 'Expedited approval');
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  await does(docket, change, step.finishes(MAYA), step.recordsTests(MAYA));
  expect(await look(nadia)).toContain('Nothing is late and nothing is stuck.');

  await windTo(slack, START + 3 * DAY);
  const late = await look(nadia);
  expect(late).toMatch(/Not verified since .* by any of @/);
  expect(late).toMatch(/Not reviewed by the board: that was due .*; any of @.* records it for all/);
  expect(late).toContain(`/change cab now ${change.number}`);
  expect(late).not.toContain('as soon as it is approved');
  expect(late).toMatch(/Not looked back on: its retrospective was due .*; it waits for @Nadia Rossi, @Maya/);
  expect(late).toContain('[Retrospective…]');

  await does(docket, change, step.verifies(OLGA), step.looksBack(NADIA));
  const rest = await look(nadia);
  expect(rest).toContain('Not reviewed by the board');
  expect(rest).not.toMatch(/Not verified|Not looked back on/);
});

it('is for the change manager: others are told who that is', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await filed(docket, DANA, 'normal');
  expect(await look(dana)).toContain('The desk is for the change manager: @Nadia Rossi.');
});

/** What `/change desk` answers. */
async function look(hand: Parameters<typeof asked>[0]): Promise<string> {
  const before = hand.ephemerals().length;
  await hand.command('/change desk');
  await hand.eventually(() => hand.ephemerals().length > before);
  return hand.read(hand.ephemerals().at(-1) ?? expect.fail());
}
