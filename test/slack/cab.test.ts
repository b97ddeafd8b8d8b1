import { expect, it } from 'vitest';
import { listMeetings } from '../../src/db/meetings.ts';
import { handleMeeting } from '../../src/engine/board.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { Docket } from '../../src/start.ts';
import { AMIRA, DANA, GRACE, KLAUS, LUCIA, MAYA, NADIA, OLGA, PRIYA, TOMAS, WEI } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import {
  approves as decides,
  defers,
  finishes,
  prepares,
  recordsTests,
  recuses,
  rejects,
  starts,
} from '../change/steps.ts';
import { does } from '../engine/give-steps.ts';
import { ready } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { answered } from './spoken.ts';
import { filed, history, told } from './steps.ts';

/** Thursday at 14:00 in Berlin, after the Wednesday on which the tests begin. */
const thursday = (weeks = 0) => nextWeekday(START, 4, 13) + weeks * 7 * DAY;
const agendaDay = (weeks = 0) => nextWeekday(START, 3, 13) + weeks * 7 * DAY;

function nextWeekday(from: number, day: number, hourUtc: number): number {
  for (let at = from - (from % DAY); ; at += DAY) {
    const then = at + hourUtc * HOUR;
    if (then > from && new Date(then).getUTCDay() === day) return then;
  }
}

/** A normal change that waits for the votes of the board. */
async function atTheBoard(docket: Docket, title: string, more = {}): Promise<{ id: string; number: string }> {
  // At eleven in the evening, when every change may be carried out.
  const window = { startsAt: agendaDay() + 9 * DAY + 9 * HOUR, endsAt: agendaDay() + 9 * DAY + 11 * HOUR };
  const { id, number } = await filed(docket, DANA, 'normal', { title, ...window, ...more });
  await does(docket.world, id, decides(NADIA), decides(PRIYA), decides(TOMAS));
  return { id, number };
}

function inCab(hand: Hand, begins: string): Promise<Message> {
  return hand.eventually(() =>
    hand.messages('cab').findLast((message) => hand.read(message).includes(begins)),
  );
}

it('opens a meeting long before its time once who leads it has said so twice', async () => {
  const { slack, docket } = await openDocket();
  const [priya, wei] = [slack.as('priya'), slack.as('wei')];
  await atTheBoard(docket, 'Split the bookings table');
  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Thursday');
  // Who may not open it is told so, and not asked whether they are sure.
  await wei.press(agenda, 'Open the meeting');
  await wei.eventually(() =>
    wei.ephemerals().some((m) => wei.read(m).includes('Only the chair of the board (@Priya Raman)')),
  );
  expect(wei.snapshot().modals).toEqual([]);
  await priya.press(agenda, 'Open the meeting');
  const early = await priya.opened('Open the meeting');
  expect(await early.submit()).toMatchObject({ outcome: 'closed' });
  await inCab(priya, 'Item 1 of 1: ');
});

it('answers who opens it or calls it off on an agenda that was asked for, which nobody redraws', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  for (const [weeks, button, words] of [
    [0, 'Open the meeting', 'The meeting is open in #cab'],
    [1, 'Call it off', 'The meeting is called off'],
  ] as const) {
    await atTheBoard(docket, 'Split the bookings table');
    await slack.clock.advanceTo(thursday(weeks) - 60_000);
    const agenda = await answered(priya, () => priya.command('/change cab'), 'Change Advisory Board');
    await answered(priya, () => priya.press(agenda, button), words);
    const [open] = await listMeetings(docket.world.db, ['open'], 1);
    if (open) await handleMeeting(docket.world, open.id, { type: 'Close', attendance: [PRIYA] }, PRIYA);
  }
});

it('holds a meeting from the agenda a day ahead to the minutes', async () => {
  const { slack, docket } = await openDocket();
  const [priya, wei, dana] = [slack.as('priya'), slack.as('wei'), slack.as('dana')];
  const split = await atTheBoard(docket, 'Split the bookings table');
  const cache = await atTheBoard(docket, 'Replace the cache');
  const keys = await atTheBoard(docket, 'Rotate the keys');

  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Thursday');
  for (const { number } of [split, cache, keys]) expect(priya.read(agenda)).toContain(number);
  expect(priya.read(agenda)).toContain('0 for, 0 against');
  expect(priya.messages('cab')).toHaveLength(1);

  // One is decided early, by buttons on the agenda, and leaves it.
  for (const name of ['priya', 'lucia', 'amira']) await does(docket.world, keys.id, decides(person(name)));
  await priya.eventually(() => priya.read(agenda).includes('3 for, 0 against'));
  await does(docket.world, keys.id, decides(WEI));
  await priya.eventually(() => priya.read(agenda).includes(`${keys.number} Rotate the keys: approved`));

  // Hours before its time nobody expects it, so one click does not begin it.
  await slack.clock.advanceTo(thursday() - 2 * HOUR);
  await priya.press(agenda, 'Open the meeting');
  const soon = await priya.opened('Open the meeting');
  expect(soon.text()).toContain('Opened now, it begins before its members expect it');
  await soon.close();
  expect((await listMeetings(docket.world.db, ['open'], 1))[0]).toBeUndefined();

  await slack.clock.advanceTo(thursday() - 10 * 60_000);
  const reminder = await told(priya, 'meets');
  await told(wei, 'meets');
  expect(wei.dms().some((dm) => wei.read(dm).includes('[Open the meeting]'))).toBe(false);
  await wei.press(agenda, 'Open the meeting');
  await wei.eventually(() =>
    wei.ephemerals().some((m) => wei.read(m).includes('Only the chair of the board (@Priya Raman)')),
  );
  await answered(priya, () => priya.press(reminder, 'Open the meeting'), 'The meeting is open in #cab');
  const live = await inCab(priya, 'Item 1 of 2: ');
  await wei.press(live, 'I am here');
  await priya.eventually(() => priya.read(live).includes('Here: @Priya Raman, @Wei Zhang'));
  expect(priya.read(live)).toContain('Split the bookings table');

  // Wei stands aside, Grace would defer and is outvoted.
  await does(
    docket.world,
    split.id,
    recuses(WEI, 'I sold it to them.'),
    defers(GRACE, 7, 'After the season.'),
  );
  await wei.press(live, 'Guidance or note…');
  const note = await wei.opened('Guidance or note');
  await note.fill({ 'What should the minutes say?': 'Keep the old table for a week.' });
  expect(await note.submit()).toMatchObject({ outcome: 'closed' });
  expect(await priya.press(live, 'Approve')).toEqual({ ok: true });
  await does(docket.world, split.id, decides(LUCIA), decides(AMIRA));
  await priya.eventually(() => priya.read(live).includes('Decided: approved'));
  await told(dana, `${split.number} Split the bookings table is approved.`);
  await history(dana, split.number, 'Keep the old table for a week.');

  await priya.press(live, 'Next item');
  await priya.eventually(() => priya.read(live).includes('Item 2 of 2: '));
  await does(
    docket.world,
    cache.id,
    defers(PRIYA, 7, 'After the rehearsal.'),
    defers(WEI),
    defers(LUCIA),
    defers(GRACE),
  );
  await priya.eventually(() => priya.read(live).includes('Decided: deferred'));
  await priya.press(live, 'Action item…');
  const action = await priya.opened('Action item');
  await action.fill({
    'Action item': 'Write down who rehearses',
    'Action item: who does it': 'lucia',
    'Action item: by which day': new Date(START + 30 * DAY).toISOString().slice(0, 10),
  });
  expect(await action.submit()).toMatchObject({ outcome: 'closed' });
  await told(slack.as('lucia'), 'gave you an action item in the meeting of Change Advisory Board');

  await priya.press(live, 'Close the meeting…');
  const close = await priya.opened('Close the meeting');
  expect(close.text()).toContain('Everything is decided.');
  expect(close.value('Who was there?')).toEqual([PRIYA, WEI, GRACE, LUCIA, AMIRA]);
  await close.fill({ 'Who was there?': ['priya', 'wei', 'lucia'] });
  expect(await close.submit()).toMatchObject({ outcome: 'closed' });

  const minutes = priya.read(await inCab(priya, 'Minutes: Change Advisory Board'));
  expect(minutes).toContain('Present: @Priya Raman, @Wei Zhang, @Lucía Moreno');
  expect(minutes).toContain(`${split.number} Split the bookings table: approved`);
  expect(minutes).toContain('@Wei Zhang (Infrastructure architect) stood aside: I sold it to them.');
  expect(minutes).toContain(
    '@Grace Mbeki (Business representative) deferred, from elsewhere: After the season.',
  );
  expect(minutes).toContain('Keep the old table for a week.');
  expect(minutes).toContain(`${cache.number} Replace the cache: deferred to`);
  expect(minutes).toContain(`${keys.number} Rotate the keys: approved, before the meeting`);
  expect(minutes).toContain('Write down who rehearses: @Lucía Moreno');
  await priya.press(await inCab(priya, 'Minutes: Change Advisory Board'), 'Markdown');
  const file = await priya.eventually(() => priya.dms().flatMap(({ files = [] }) => files)[0]);
  const text = await (await fetch(new URL(file?.path ?? '', slack.url))).text();
  expect(text).toContain('# Minutes: Change Advisory Board, Thursday 26 November 2026');
  expect(text).toContain(`### ${split.number} Split the bookings table\n\n**approved**`);
  expect(text).toContain('- Wei Zhang (Infrastructure architect) stood aside: I sold it to them.');
  expect(text).toContain('Wei Zhang said:\n\n> Keep the old table for a week.');
  expect(text).toContain('- Write down who rehearses: Lucía Moreno, by ');
  expect((await listMeetings(docket.world.db, ['closed']))[0]?.attendance).toEqual([PRIYA, WEI, LUCIA]);

  // What was deferred comes back on its day, and is on the next agenda.
  await slack.clock.advanceTo(agendaDay(1) + 2 * DAY);
  await slack.clock.advanceTo(agendaDay(2) + 1000);
  const next = await inCab(priya, 'Change Advisory Board: Thursday');
  await priya.eventually(() => priya.read(next).includes(cache.number));
  expect(priya.read(next)).toContain('Write down who rehearses');
  await priya.command('/change cab minutes');
  expect((await priya.opened('Minutes')).text()).toContain('After the rehearsal.');
}, 60_000);

const person = (name: string) =>
  ({ priya: PRIYA, lucia: LUCIA, amira: AMIRA, tomas: TOMAS, grace: GRACE })[name] ?? WEI;

it('does not meet where nothing waits, and says so; what comes later is seen with /change cab', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'No meeting this time: nothing waits for the board.');
  expect(priya.read(agenda)).not.toContain('[Open the meeting]');
  await slack.clock.advanceTo(thursday() + 2 * DAY);
  expect(priya.messages('cab')).toHaveLength(1);
  expect(priya.dms().some((dm) => priya.read(dm).includes('meets'))).toBe(false);
  const { number } = await atTheBoard(docket, 'Split the bookings table', {
    startsAt: thursday(2) + 9 * HOUR,
    endsAt: thursday(2) + 10 * HOUR,
  });
  await priya.command('/change cab');
  const seen = await priya.eventually(() => priya.ephemerals().find((m) => priya.read(m).includes(number)));
  expect(priya.read(seen ?? expect.fail())).toContain('So far: the agenda itself is drawn the day before.');
});

it('marks what is voted on too late for its window, on the agenda and in the meeting', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  const tonight = { startsAt: agendaDay() + 9 * HOUR, endsAt: agendaDay() + 11 * HOUR };
  const late = await atTheBoard(docket, 'Split the bookings table', tonight);
  const other = await atTheBoard(docket, 'Replace the cache');
  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Thursday');
  const marked = () =>
    priya
      .read(agenda)
      .split('\n')
      .filter((line) => line.includes('⚠️'));
  expect(marked()).toEqual([
    expect.stringMatching(`${late.number} .* ⚠️ too early`),
    expect.stringMatching('Its window ends before the meeting begins'),
  ]);
  await slack.clock.advanceTo(thursday() - 10 * 60_000);
  await priya.press(await told(priya, 'meets'), 'Open the meeting');
  const live = await inCab(priya, 'Item 1 of 2: ');
  expect(priya.read(live)).toContain(late.number);
  expect(priya.read(live)).toContain('Its window is over.');
  await priya.press(live, 'Next item');
  await priya.eventually(() => priya.read(live).includes(other.number));
  expect(priya.read(live)).not.toContain('Its window is over.');
  await priya.eventually(() => priya.read(agenda).includes('Its window is over: please vote all the same'));
});

it('goes straight to any item for the chair, and for nobody else', async () => {
  const { slack, docket } = await openDocket();
  const [priya, wei] = [slack.as('priya'), slack.as('wei')];
  const titles = ['Split the bookings table', 'Replace the cache', 'Rotate the keys'];
  const numbers: string[] = [];
  for (const title of titles) numbers.push((await atTheBoard(docket, title)).number);
  await slack.clock.advanceTo(thursday() - 10 * 60_000);
  await priya.press(await told(priya, 'meets'), 'Open the meeting');
  const live = await inCab(priya, 'Item 1 of 3: ');
  const third = `3. ${numbers[2]} Rotate the keys`;
  await answered(wei, () => wei.pick(live, 'Go to…', third), 'can go on to another item');
  expect(priya.read(live)).toContain('Item 1 of 3: ');
  expect(await priya.pick(live, 'Go to…', third)).toEqual({ ok: true });
  await priya.eventually(() => priya.read(live).includes('Item 3 of 3: '));
  await priya.pick(live, 'Go to…', `2. ${numbers[1]} Replace the cache`);
  await priya.eventually(() => priya.read(live).includes('Item 2 of 3: '));
  await priya.press(live, 'Back');
  await priya.eventually(() => priya.read(live).includes('Item 1 of 3: '));
});

it('names what it did not come to in its minutes, from where each is opened as it then is', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  const first = await atTheBoard(docket, 'Split the bookings table');
  const second = await atTheBoard(docket, 'Replace the cache');
  await slack.clock.advanceTo(thursday() - 10 * 60_000);
  await priya.press(await told(priya, 'meets'), 'Open the meeting');
  const live = await inCab(priya, 'Item 1 of 2: ');
  await priya.press(live, 'Close the meeting…');
  expect(await (await priya.opened('Close the meeting')).submit()).toMatchObject({ outcome: 'closed' });
  const minutes = await inCab(priya, 'Minutes: Change Advisory Board');
  expect(priya.read(minutes)).toContain(`Not decided: 1\n• ${first.number} Split the bookings table`);
  const left = `${second.number} Replace the cache`;
  expect(priya.read(minutes)).toContain(`Not reached, not decided: 1\n• ${left}`);
  await priya.pick(minutes, 'Open one of these', left);
  const waiting = await priya.opened(second.number);
  expect(waiting.text()).toContain('[Vote…]');
  await waiting.close();
  for (const by of [PRIYA, WEI, LUCIA, GRACE]) await does(docket.world, second.id, decides(by));
  await priya.pick(minutes, 'Open one of these', left);
  const decided = await priya.opened();
  await priya.eventually(() => decided.text().includes('approved') && !decided.text().includes('[Vote…]'));
});

it('is called at once for one change by the chair, and by nobody else', async () => {
  const { slack, docket } = await openDocket();
  const [priya, sam] = [slack.as('priya'), slack.as('sam')];
  const before = priya.messages('cab').length;
  await answered(priya, () => priya.command('/change cab now'), 'Nothing waits for the board');
  await docket.delivery.idle();
  expect(priya.messages('cab')).toHaveLength(before);
  const one = await atTheBoard(docket, 'Close the hole');
  await atTheBoard(docket, 'Another one');
  await sam.command(`/change cab now ${one.number}`);
  await sam.eventually(() =>
    sam.ephemerals().some((m) => sam.read(m).includes('Only the chair of the board')),
  );
  await priya.command(`/change cab now ${one.number}`);
  const live = await inCab(priya, `Item 1 of 1: ${one.number} Close the hole`);
  await priya.press(live, 'Close the meeting…');
  const early = await priya.opened('Close the meeting');
  expect(early.text()).toContain('1 change is not decided. It stays open for votes, and comes');
  await early.close();
  await does(docket.world, one.id, rejects(PRIYA), rejects(WEI), rejects(LUCIA), rejects(GRACE));
  await priya.eventually(() => priya.read(live).includes('Decided: rejected'));
  await priya.press(live, 'Close the meeting…');
  expect(await (await priya.opened('Close the meeting')).submit()).toMatchObject({ outcome: 'closed' });
  await inCab(priya, 'Minutes: Change Advisory Board, ad hoc');
});

it('has its agenda arranged by the chair', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  const first = await atTheBoard(docket, 'Split the bookings table');
  const second = await atTheBoard(docket, 'Replace the cache');
  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Thursday');
  await priya.press(agenda, 'Add an item…');
  const add = await priya.opened('Add an item');
  await add.fill({ 'What is it about?': 'The winter freeze' });
  expect(await add.submit()).toMatchObject({ outcome: 'closed' });
  await priya.eventually(() => priya.read(agenda).includes('3 | Topic | The winter freeze'));
  await priya.press(agenda, 'Arrange…');
  const arrange = await priya.opened('Arrange');
  await arrange.fill({
    'Which item?': `${second.number} Replace the cache`,
    'Where does it go?': 'First',
  });
  expect(await arrange.submit()).toMatchObject({ outcome: 'closed' });
  await priya.eventually(() => priya.read(agenda).includes(`1 | ${second.number} | Replace the cache`));
  await priya.press(agenda, 'Arrange…');
  const off = await priya.opened('Arrange');
  await off.fill({
    'Which item?': `${first.number} Split the bookings table`,
    'Where does it go?': 'Off the agenda: to the next meeting',
  });
  expect(await off.submit()).toMatchObject({ outcome: 'closed' });
  await priya.eventually(() => !priya.read(agenda).includes(first.number));
  // A vote on it does not bring it back.
  await does(docket.world, first.id, decides(PRIYA));
  await does(docket.world, second.id, decides(PRIYA));
  await priya.eventually(() => priya.read(agenda).includes('1 for, 0 against'));
  expect(priya.read(agenda)).not.toContain(first.number);
});

it('has the emergencies to look back on among its items, and their outcome in the minutes', async () => {
  const { slack, docket } = await openDocket();
  const [priya, grace, dana] = [slack.as('priya'), slack.as('grace'), slack.as('dana')];
  const { id, number } = await filed(docket, DANA, 'emergency', { implementer: MAYA });
  const agreed = [decides(MAYA), decides(OLGA), decides(KLAUS)];
  await does(docket.world, id, ...agreed, recordsTests(MAYA), prepares(MAYA), starts(MAYA), finishes(MAYA));
  await slack.clock.advanceTo(agendaDay() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Thursday');
  expect(priya.read(agenda)).toContain(
    `1 | ${number} | Stop double charges | high | – | emergency, to be reviewed`,
  );
  expect(priya.read(agenda)).toContain('What is reviewed before then leaves the agenda.');
  // Carried out a day and some hours before the meeting, it is to be reviewed within a day.
  expect(priya.read(agenda)).toMatch(
    /To be reviewed by .*, before the meeting begins: please review it now\./,
  );
  expect(priya.read(agenda)).toContain('[Review…]');
  await slack.clock.advanceTo(thursday() - 10 * 60_000);
  await priya.press(await told(priya, 'meets'), 'Open the meeting');
  const live = await inCab(priya, 'Item 1 of 1: ');
  await priya.press(live, 'Close the meeting…');
  const early = await priya.opened('Close the meeting');
  expect(early.text()).toContain(
    '1 emergency is not reviewed. It stays open for a review, and comes to the next meeting.',
  );
  await early.close();
  await grace.press(live, 'Review…');
  const form = await grace.opened('Review');
  await form.fill({
    'Was it right to carry it out as an emergency?': 'No, it could have waited for a normal change',
    'What the board found': 'It could have waited for the morning.',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'closed', errors: {} });
  await told(dana, 'It could have waited for the morning.');
  await priya.press(live, 'Close the meeting…');
  expect(await (await priya.opened('Close the meeting')).submit()).toMatchObject({ outcome: 'closed' });
  const minutes = priya.read(await inCab(priya, 'Minutes: Change Advisory Board'));
  expect(minutes).toContain(
    `${number} Stop double charges: not justified\n• @Grace Mbeki found:\n> It could have waited for the morning.`,
  );
});

it('looks at the process once a month, with the figures and its own topics', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  const { id } = await ready(slack, docket, DANA);
  await does(docket.world, id, starts(DANA), finishes(DANA));
  // Friday the 4th; the meeting is on the 5th, which is a Saturday, and so on Monday.
  await slack.clock.advanceTo(Date.UTC(2026, 11, 4, 9) + 1000);
  const agenda = priya.read(await inCab(priya, 'process review'));
  expect(agenda).toContain('process review, Monday 7 December 2026');
  expect(agenda).toContain('Figures of November 2026');
  expect(agenda).toContain('Carried out: 1, with success: 1 (100 %)');
  expect(agenda).toContain('Emergencies: 0');
  expect(agenda).toContain("The month's figures, and what is behind them");
  expect(agenda).toContain('To be talked about');
  expect(agenda).not.toMatch(/To be decided|[Vv]otes|Window|Topic/);
});

it('meets on the day and at the hour that were chosen, with its agenda the day before', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, priya] = [slack.as('nadia'), slack.as('priya')];
  await atTheBoard(docket, 'Split the bookings table');
  await nadia.command('/change setup');
  const setup = await nadia.opened('Set up Docket');
  expect(setup.value('Day on which the board meets')).toMatchObject({ value: 'thursday' });
  expect(setup.value('Time at which it meets')).toBe('14:00');
  await setup.fill({ 'Day on which the board meets': 'Friday', 'Time at which it meets': '09:30' });
  expect(await setup.submit()).toMatchObject({ outcome: 'updated' });

  await slack.clock.advanceTo(agendaDay() + HOUR);
  expect(priya.messages('cab')).toEqual([]);
  await slack.clock.advanceTo(thursday() + 1000);
  const agenda = await inCab(priya, 'Change Advisory Board: Friday');
  const [meeting] = await listMeetings(docket.world.db, ['planned']);
  expect(meeting?.startsAt).toBe(thursday() + 19.5 * HOUR); // 09:30 in Berlin
  await slack.clock.advanceTo(thursday() + 7 * DAY + 1000);
  await priya.eventually(() => priya.messages('cab').filter(({ ts }) => ts > agenda.ts).length > 0);
});
