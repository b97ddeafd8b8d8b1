import { expect, it } from 'vitest';
import { DANA, MAYA } from '../change/company.ts';
import { DAY, HOUR, MINUTE } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { carried, does, fills, ready, WINDOW, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, filed, headline, history, recorded, told } from './steps.ts';

const END = WINDOW + 2 * HOUR;

it('tells the implementer a day and an hour ahead what is still missing, and says when the start is late', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya] = [slack.as('dana'), slack.as('maya')];
  const window = { startsAt: START + 50 * HOUR, endsAt: START + 52 * HOUR };
  const change = await filed(docket, DANA, 'standard', { implementer: MAYA, ...window });
  await approves(slack.as('jonas'));
  await carried(maya);
  await windTo(slack, window.startsAt - DAY);
  const first = await told(maya, 'its window opens');
  expect(maya.read(first)).toContain(
    'Before you can start: tests to pass: Unit tests (automated), Integration tests (automated), Basic functionality tests (manual); to tick: Backup procedures verified, Monitoring alerts configured.',
  );
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA));
  await windTo(slack, window.startsAt - HOUR);
  await told(maya, 'Everything is ready for the start.');
  await windTo(slack, window.startsAt + 15 * MINUTE);
  for (const hand of [dana, maya]) await told(hand, 'has not been started by @Maya Cohen');
  await windTo(slack, window.startsAt + HOUR);
  await docket.delivery.idle();
  const notes = (hand: typeof maya, words: string) =>
    hand.dms().filter((dm) => hand.read(dm).includes(words)).length;
  expect([notes(maya, 'its window opens'), notes(dana, 'its window opens')]).toEqual([2, 0]);
  expect([notes(maya, 'has not been started'), notes(dana, 'has not been started')]).toEqual([1, 1]);
});

it('says when the window ends and it is still being implemented', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, nadia] = [slack.as('dana'), slack.as('maya'), slack.as('nadia')];
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, step.starts(MAYA));
  await windTo(slack, END - MINUTE);
  await docket.delivery.idle();
  expect(await recorded(docket, change.number, 'Overran')).toEqual([]);
  await windTo(slack, END);
  for (const hand of [dana, maya, nadia]) await told(hand, 'is still carrying it out');
  await history(dana, change.number, 'is still being implemented.');
  await does(docket, change, step.finishes(MAYA));
  await windTo(slack, END + DAY);
  await docket.delivery.idle();
  expect(await recorded(docket, change.number, 'Overran')).toHaveLength(1);
});

it('asks for the retrospective within 48 hours, reminds, and tells the change manager when it is late', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, nadia] = [slack.as('dana'), slack.as('maya'), slack.as('nadia')];
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, step.starts(MAYA), step.finishes(MAYA, 'failed', 'The new key is refused.'));
  const finished = (await recorded(docket, change.number, 'Finished'))[0]?.at ?? 0;
  await told(dana, 'Please look back by');
  await windTo(slack, finished + 24 * HOUR);
  for (const hand of [dana, maya]) await told(hand, 'is due by');
  expect(nadia.dms()).toEqual([]);
  await windTo(slack, finished + 48 * HOUR);
  const late = await told(dana, 'is still to be held');
  const told2 = await told(nadia, 'was due');
  expect(nadia.read(told2)).toContain('waits for @Dana Okafor, @Maya Cohen. Please see that it is held.');
  expect(nadia.read(told2)).not.toContain('[Retrospective…]');

  const { form, sent } = await fills(dana, late, 'Retrospective…', {
    'How did the implementation go?': 'The gateway refused the new key.',
    'Were the success criteria met?': 'No.',
    'What went well': 'The rollback took two minutes.',
    'What could be improved': 'Try the key in staging first.',
  });
  expect(sent.errors).toEqual({ 'Issues and their root causes': 'Please complete this required field.' });
  expect(form.value('Who took part')).toEqual(['U02DANA0001', 'U02MAYA0011', 'U02JONAS002', 'U02NADIA013']);
  await form.fill({ 'Issues and their root causes': 'The key was made for another account.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await history(dana, change.number, 'The key was made for another account.');
  await does(docket, change, step.verifies('U02OLGA0012'));
  const top = await headline(dana, change.number);
  await dana.eventually(() => dana.read(top).includes('Closed (failed)'));
  await windTo(slack, finished + 30 * DAY);
  await docket.delivery.idle();
  expect(await recorded(docket, change.number, 'RetrospectiveReminded')).toHaveLength(3);
});
