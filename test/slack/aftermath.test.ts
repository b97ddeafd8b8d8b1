import { expect, it } from 'vitest';
import { DANA, MAYA, OLGA } from '../change/company.ts';
import { DAY, HOUR, MINUTE } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { carried, does, fills, ready, WINDOW, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, filed, headline, history, recorded, told } from './steps.ts';

const END = WINDOW + 2 * HOUR;

it('tells the implementer a day and an hour ahead what is still missing, and says when the start is late', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya] = [slack.as('dana'), slack.as('maya')];
  const window = { startsAt: START + 61 * HOUR, endsAt: START + 63 * HOUR };
  const change = await filed(docket, DANA, 'standard', { implementer: MAYA, ...window });
  await approves(slack.as('jonas'));
  await carried(maya);
  await windTo(slack, window.startsAt - 7 * HOUR); // she works in New York
  const first = await told(maya, 'its window opens');
  expect(maya.read(first)).toContain(
    'Before you can start: tests to pass: Unit tests (automated), Integration tests (automated), Basic functionality tests (manual); to tick: Backup procedures verified, Monitoring alerts configured, Rollback procedures tested, Support team notified.',
  );
  expect(maya.read(first)).toContain('[Start…] [Move its window…] [Full record]');
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA));
  await windTo(slack, window.startsAt - HOUR);
  await told(maya, 'Everything is ready for the start.');
  await windTo(slack, window.startsAt + 15 * MINUTE);
  const late = 'has not been started by @Maya Cohen. Start it, move its window, or cancel it.';
  const [hers, danas] = [await told(maya, late), await told(dana, late)];
  expect(dana.read(danas)).toContain('or cancel it.\n[Move its window…] [Full record]');
  await dana.press(danas, 'Move its window…');
  await dana.opened('Schedule');
  expect(maya.read(hers)).toContain('[Start…] [Move its window…] [Full record]');
  await maya.press(hers, 'Start…');
  await (await maya.opened('Start')).close();
  await windTo(slack, window.startsAt + HOUR);
  await docket.delivery.idle();
  const notes = (hand: typeof maya, words: string) =>
    hand.dms().filter((dm) => hand.read(dm).includes(words)).length;
  expect([notes(maya, 'its window opens'), notes(dana, 'its window opens')]).toEqual([2, 0]);
  expect([notes(maya, 'has not been started'), notes(dana, 'has not been started')]).toEqual([1, 1]);
});

it('tells the implementer a day ahead at a weekend, too, when nobody works until the window opens', async () => {
  const { slack, docket } = await openDocket();
  const olga = slack.as('olga');
  const sunday = { startsAt: START + 4 * DAY + 13 * HOUR, endsAt: START + 4 * DAY + 14 * HOUR };
  await filed(docket, DANA, 'standard', { implementer: OLGA, ...sunday });
  await approves(slack.as('jonas'));
  await carried(olga);
  await windTo(slack, sunday.startsAt - 12 * HOUR);
  await told(olga, 'its window opens');
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
  expect(nadia.read(await told(nadia, 'is still carrying it out'))).toContain('[Hand over…]');
  // That was a Friday: what is said once more each day reaches them when they work again, once.
  await windTo(slack, END + 3 * DAY + 15 * HOUR);
  const again = await told(maya, 'Once it is over, please say how it went.');
  expect(maya.read(again)).toContain('[Finish…] [Roll back…]');
  expect(dana.read(await told(dana, 'Once it is over'))).not.toContain('[Finish…]');
  expect(dana.dms().filter((dm) => dana.read(dm).includes('Once it is over'))).toHaveLength(1);
  await does(docket, change, step.finishes(MAYA));
  await windTo(slack, END + 5 * DAY);
  await docket.delivery.idle();
  expect(await recorded(docket, change.number, 'Overran')).toHaveLength(4);
});

it('asks for the retrospective within 48 hours, reminds, and tells the change manager when it is late', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, nadia] = [slack.as('dana'), slack.as('maya'), slack.as('nadia')];
  const dawn = START + 20 * HOUR; // so that half of its time is up while people work
  const window = { startsAt: dawn, endsAt: dawn + HOUR };
  const change = await filed(docket, DANA, 'standard', { implementer: MAYA, ...window });
  await approves(slack.as('jonas'));
  await windTo(slack, dawn);
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  await does(docket, change, step.finishes(MAYA, 'failed', 'The new key is refused.'));
  const finished = (await recorded(docket, change.number, 'Finished'))[0]?.at ?? 0;
  await told(dana, 'Please look back by');
  await windTo(slack, finished + 34 * HOUR); // a Friday, when both work
  for (const hand of [dana, maya]) await told(hand, 'is due by');
  expect(nadia.dms()).toEqual([]);
  await windTo(slack, finished + 103 * HOUR); // its time was up on Saturday
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
  await does(docket, change, step.verifies(OLGA));
  const top = await headline(dana, change.number);
  await dana.eventually(() => dana.read(top).includes('Closed (failed)'));
  await windTo(slack, finished + 30 * DAY);
  await docket.delivery.idle();
  // Twice before its end, then and on each day until it was held; once it is, no more.
  expect(await recorded(docket, change.number, 'RetrospectiveReminded')).toHaveLength(5);
});

it('gives action items to people, chases them after the change has closed, and lists them', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam, nadia] = [slack.as('dana'), slack.as('sam'), slack.as('nadia')];
  const change = await ready(slack, docket, DANA);
  await does(docket, change, step.starts(DANA), step.finishes(DANA, 'failed', 'The new key is refused.'));
  await does(docket, change, step.verifies(OLGA));
  const card = await carried(dana);
  await dana.eventually(() => dana.read(card).includes('[Retrospective…]'));
  await fills(dana, card, 'Retrospective…', {
    'How did the implementation go?': 'It failed.',
    'Were the success criteria met?': 'No.',
    'Issues and their root causes': 'The wrong account.',
    'What went well': 'Nothing.',
    'What could be improved': 'Much.',
    'Action item 1': 'Try the key in staging.',
    'Action item 1: who does it': 'sam',
    'Action item 1: by which day': '2026-12-10',
    'Action item 2': 'Name the account in the runbook.',
    'Action item 2: who does it': 'dana',
    'Action item 2: by which day': '2026-12-03',
  });
  const top = await headline(dana, change.number);
  await dana.eventually(() => dana.read(top).includes('Closed (failed)'));
  const mine = await told(sam, 'gave you an action item');
  expect(sam.read(mine)).toContain('to be done by');
  expect(
    await fills(dana, card, 'Action item…', {
      'Action item': 'Tell the vendor.',
      'Action item: who does it': 'nadia',
      'Action item: by which day': '2026-12-03',
    }),
  ).toMatchObject({ sent: { outcome: 'closed' } });
  await told(nadia, 'Tell the vendor.');

  await windTo(slack, Date.UTC(2026, 11, 10, 18));
  await told(sam, 'An action item of yours from');
  await windTo(slack, Date.UTC(2026, 11, 11, 18));
  await told(nadia, 'An action item of @Sam Tanaka from');

  await dana.command('/change actions');
  const list = await dana.eventually(() => dana.ephemerals().at(-1));
  const listed = dana.read(list);
  expect(listed).toContain('Open action items: 1 of yours, 2 of others.');
  expect(listed.indexOf('Name the account')).toBeLessThan(listed.indexOf('Tell the vendor'));
  expect(await dana.press(list, 'Done', 'Name the account')).toEqual({ ok: true });
  await dana.eventually(() =>
    dana.ephemerals().some((each) => dana.read(each).includes('Done: Name the account')),
  );
  await history(dana, change.number, 'says that this is done');
  expect(await sam.press(mine, 'Done')).toEqual({ ok: true });
  await dana.eventually(() => sam.ephemerals().some((each) => sam.read(each).includes('Done: Try the key')));
  await windTo(slack, Date.UTC(2027, 0, 30));
  await docket.delivery.idle();
  const chased = await recorded(docket, change.number, 'ActionChased');
  expect(chased.filter(({ action }) => action === 'retrospective-1')).toHaveLength(2);
  expect(chased.filter(({ at }) => at > Date.UTC(2027, 0, 1)).length).toBeGreaterThan(2);
});
