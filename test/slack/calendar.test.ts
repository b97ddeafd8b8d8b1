import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { DANA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';
import { filed } from './steps.ts';

/** The tests begin on a Wednesday at ten in Berlin. */
const TONIGHT = START + 13 * HOUR;

it('goes by the company’s time for whom Slack says to live in a zone that this machine does not know', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  const { dm: _, ...known } = (await findPerson(db, DANA)) ?? expect.fail();
  await savePeople(db, [{ ...known, zone: 'America/Coyhaique_of_Tomorrow' }]);
  const dana = slack.as('dana');
  await dana.command('/change calendar', { in: 'changes' });
  const calendar = await dana.opened('Calendar');
  await dana.eventually(() => calendar.text().includes('your times (Europe/Berlin)'));
});

it('shows the week day by day, narrows it, turns its pages, and says when there is room', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const window = (startsAt: number) => ({ startsAt, endsAt: startsAt + 2 * HOUR });
  await filed(docket, DANA, 'normal', { title: 'Tonight', systems: ['payments'], ...window(TONIGHT) });
  await filed(docket, DANA, 'normal', {
    title: 'Beside it',
    systems: ['database'],
    ...window(TONIGHT + HOUR),
  });
  await filed(docket, DANA, 'normal', {
    title: 'In a week',
    systems: ['cache'],
    ...window(TONIGHT + 7 * DAY),
  });

  await dana.command('/change calendar', { in: 'changes' });
  const calendar = await dana.opened('Calendar');
  await dana.eventually(() => calendar.text().includes('Tonight'));
  expect(calendar.text()).toContain('Monday 23 November 2026 – Sunday 29 November 2026');
  expect(calendar.text()).toContain('Wednesday 25 November 2026');
  expect(calendar.text()).toContain('2 changes');
  // Below its day; that its end is on the next one, the hour says.
  expect(calendar.text()).toContain('\n22:00 UTC – 00:00 UTC  CR-2026-001');
  // Payments need the database, so the two are in each other's way.
  expect(calendar.text()).toContain('Clashes with CR-2026-002');
  expect(calendar.text()).not.toContain('In a week');
  expect(calendar.text()).toContain('Next free windows (2 hours, medium risk)');

  await calendar.fill({ 'All systems': 'Payments' });
  await dana.eventually(() => !calendar.text().includes('Beside it'));
  expect(calendar.text()).toContain('1 change ·');
  await calendar.press('Picture');
  const drawn = await dana.eventually(() => dana.dms().flatMap(({ files = [] }) => files)[0]);
  expect(drawn?.name).toMatch(/^calendar-week-2026-11-23-\d+\.png$/);
  // What the menus leave out is not in the picture either.
  expect(drawn?.picture?.alt).toMatch(/^CR-2026-001, \w+ risk: Tonight: Wednesday 25 November 2026/);
  expect(drawn?.picture?.alt).not.toContain('Beside it');
  const picture = Buffer.from(await (await fetch(new URL(drawn?.path ?? '', slack.url))).arrayBuffer());
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  if (dana.modal().title() !== 'Calendar') await dana.modal().close();
  await calendar.fill({ 'All systems': 'All systems', 'All teams': 'Team of: DevOps lead' });
  await dana.eventually(() => !calendar.text().includes('Tonight'));
  expect(calendar.text()).toContain('Beside it');
  await calendar.fill({ 'All teams': 'All teams', 'Free for': 'Free for 8 hours' });
  await dana.eventually(() => calendar.text().includes('(8 hours, medium risk)'));

  await calendar.press('Later');
  await dana.eventually(() => calendar.text().includes('In a week'));
  expect(calendar.text()).not.toContain('Beside it');
  await calendar.press('Month');
  await dana.eventually(
    () => calendar.text().startsWith('Calendar\nNovember 2026') && calendar.text().includes('[Week]'),
  );
  await calendar.press('Later');
  await dana.eventually(() => calendar.text().includes('December 2026'));
  await calendar.press('Earlier');
  await dana.eventually(
    () => calendar.text().includes('November 2026') && calendar.text().includes('Tonight'),
  );

  await calendar.press('Show', 'Tonight');
  expect((await dana.opened('CR-2026-001')).text()).toContain('Tonight');
});

it('understands what people say after it, and says what it did not understand', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change calendar next month high payments');
  const calendar = await dana.opened('Calendar');
  await dana.eventually(() => calendar.text().includes('December 2026'));
  expect(calendar.text()).toContain('(2 hours, high risk, Payments)');
  await calendar.close();
  await dana.command('/change calendar *fortnight*');
  await dana.eventually(() =>
    dana.ephemerals().some((m) => dana.read(m).includes('I do not know “*fortnight*”')),
  );
});

it('gives each person an address that calendar programs can subscribe to, until it is taken back', async () => {
  const { slack, docket, url } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  await filed(docket, DANA, 'normal', {
    title: 'Tonight, at last; and 🚀',
    startsAt: TONIGHT,
    endsAt: TONIGHT + HOUR,
  });
  const address = async () => {
    await dana.command('/change calendar feed');
    const answer = await dana.eventually(() =>
      dana.ephemerals().findLast((m) => m.text.includes('/calendar.ics')),
    );
    return /http\S+/.exec(answer?.text ?? '')?.[0] ?? '';
  };
  const first = await address();
  expect(first.startsWith(`${url}/calendar.ics?for=${DANA}&key=`)).toBe(true);

  const answer = await fetch(first);
  expect(answer.headers.get('content-type')).toContain('text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
  expect(events.map(({ summary }) => summary)).toEqual(['CR-2026-001 Tonight, at last; and 🚀']);
  expect(events[0]?.description).toContain('Asked for by Dana Okafor');

  // Somebody else's name with the same key, another key, no key: nothing.
  for (const wrong of [first.replace(DANA, 'U01NADIA01'), `${first}x`, `${url}/calendar.ics`])
    expect((await fetch(wrong)).status).toBe(404);

  // Taken back, by who may set things up; an engineer may not.
  await dana.command('/change calendar feed renew');
  await dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).includes('admin')));
  expect((await fetch(first)).status).toBe(200);
  await nadia.command('/change calendar feed renew');
  await nadia.eventually(() => nadia.ephemerals().some((m) => m.text.includes('have stopped working')));
  expect((await fetch(first)).status).toBe(404);
});
