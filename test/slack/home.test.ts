import { expect, it } from 'vitest';
import { periodOf } from '../../src/calendar/period.ts';
import { handle } from '../../src/engine/handle.ts';
import { handleEdition } from '../../src/engine/posts.ts';
import { DANA, MAYA, NADIA, SAM } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, ready, WINDOW, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, recorded } from './steps.ts';

/** Opens Home and waits until it says so; Slack redraws it whenever it is opened. */
async function atHome(
  hand: ReturnType<Awaited<ReturnType<typeof openDocket>>['slack']['as']>,
  words: string,
) {
  await hand.openHome();
  await hand.eventually(() => hand.home().text().includes(words));
  return hand.home().text();
}

it('shows what waits for me and what I filed, and lets me approve there', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const first = await filed(docket, DANA, 'normal');
  await filed(docket, DANA, 'normal', { title: 'The other one' });
  await atHome(nadia, 'Waiting for you (2)');
  expect(nadia.home().text()).toContain('Your open changes (0)');
  await nadia.home().press('Approve', first.number);
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (1)'));
  expect(nadia.home().text()).not.toContain(first.number);
  expect(await recorded(docket, first.number, 'Decided')).toHaveLength(1);

  await atHome(dana, 'Your open changes (2)');
  await dana.home().press('Open', 'The other one');
  expect((await dana.opened('Docket')).text()).toContain('[Withdraw]');
});

it('decides several from Home, and redraws it once that is done', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  for (const title of ['One', 'Two']) await filed(docket, DANA, 'normal', { title });
  await atHome(nadia, 'Waiting for you (2)');
  await nadia.home().press('Decide several…');
  const list = await nadia.opened('Docket');
  expect(list.text()).toContain('☐ CR-2026-002');
  await list.press('Approve', 'CR-2026-001');
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (1)'));
  // Nobody redraws the list, so the answer stands on top of it.
  await nadia.eventually(() => nadia.modal().text().includes('You approved CR-2026-001 One'));
});

it('answers in a window what was done there, which nothing draws anew', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'normal', { title: 'The first one' });
  await atHome(dana, 'Your open changes (1)');
  await dana.home().press('Open', 'The first one');
  await (await dana.opened('Docket')).press('Withdraw');
  await dana.eventually(() => dana.modal().text().includes(`${number} The first one is withdrawn.`));
});

it('shows what is mine to carry out, verify and look back on, each with the button that does it', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, jonas] = [slack.as('dana'), slack.as('maya'), slack.as('jonas')];
  const change = await ready(slack, docket, MAYA);
  expect(await atHome(maya, 'Yours to do (1)')).toContain('Carry it out, by');
  await maya.home().press('Start…');
  const start = await maya.opened('Start');
  await start.fill({ 'How is it carried out?': 'Canary' });
  await start.submit();
  await maya.eventually(() => maya.home().text().includes('You are carrying it out'));
  await does(docket, change, step.finishes(MAYA, 'partial', 'One pod is left.'));
  expect(await atHome(jonas, 'Verify the result')).toContain('[Verify…] [Open]');
  expect(await atHome(dana, 'Look back on it')).toContain('[Retrospective…] [Open]');
  await windTo(slack, WINDOW + 5 * DAY);
  const late = await atHome(dana, 'Overdue (1)');
  expect(late.indexOf('Overdue (1)')).toBeLessThan(late.indexOf('Waiting for you'));
  expect(late).toContain('⚠️ Late since');
  expect(late).not.toContain('Yours to do (1)');
});

it('offers another window, and no start, for what was not carried out in its own', async () => {
  const { slack, docket } = await openDocket();
  const maya = slack.as('maya');
  const { number } = await ready(slack, docket, MAYA);
  await windTo(slack, WINDOW + 3 * HOUR);
  await expect.poll(() => recorded(docket, number, 'Unscheduled')).toHaveLength(1);
  const home = await atHome(maya, 'Its window is over: choose another one');
  expect(home).toContain('[Move its window…] [Open]');
  expect(home).not.toContain('[Start…]');
  await maya.home().press('Move its window…');
  await maya.opened('Schedule');
});

it('asks the requester for the answers that a change waits for', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const [asks, back] = [await filed(docket, DANA, 'normal'), await filed(docket, DANA, 'normal')];
  await handle(docket.world, asks.id, { type: 'Ask', question: 'q', words: 'Which table?' }, NADIA);
  await does(docket, back, step.returns(NADIA, 'Which queue?'));
  const home = await atHome(dana, 'Yours to do (2)');
  expect(home).toContain('Answer the question');
  expect(home).toContain('[Edit and resubmit…]');
  await dana.home().press('Edit and resubmit…');
  expect((await dana.opened(`Edit ${back.number}`)).text()).toContain('Which queue?');
});

it('shows action items with Done, and drafts', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam] = [slack.as('dana'), slack.as('sam')];
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, step.starts(MAYA), step.finishes(MAYA, 'success'));
  const item = { words: 'Write it down', owner: SAM, due: WINDOW + DAY };
  await handle(docket.world, change.id, { type: 'AddAction', action: 'a', item }, MAYA);
  expect(await atHome(sam, 'Your action items (1)')).toContain('○ Write it down');
  await sam.home().press('Done');
  await sam.eventually(() => !sam.home().text().includes('Your action items'));
  expect(await recorded(docket, change.number, 'ActionCompleted')).toHaveLength(1);

  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  await form.fill({ Title: 'Half a thought' });
  await form.submit();
  await form.close();
  expect(await atHome(dana, 'Your drafts (1)')).toContain('Half a thought');
  await dana.home().press('Resume');
  expect((await dana.opened('New change 1/5')).value('Title')).toBe('Half a thought');
});

it('shows everybody the windows of the next fourteen days, the first one first', async () => {
  const { slack, docket } = await openDocket();
  const [jonas, sam] = [slack.as('jonas'), slack.as('sam')];
  for (const days of [9, 2, 20]) {
    const startsAt = WINDOW + days * DAY;
    await filed(docket, DANA, 'standard', { startsAt, endsAt: startsAt + HOUR, title: `In ${days} days` });
    await approves(jonas);
  }
  const home = await atHome(sam, 'The next 14 days (2)');
  expect(home.indexOf('In 2 days')).toBeLessThan(home.indexOf('In 9 days'));
  expect(home).not.toContain('In 20 days');
  await sam.home().press('Open', 'In 2 days');
  expect((await sam.opened('Docket')).text()).toContain('Peer review (passed)');
});

it('lists what somebody owes the process itself, until it is done, and shows nobody else', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, dana] = [slack.as('nadia'), slack.as('dana')];
  const period = periodOf('Europe/Berlin', 'quarter', START, 'last');
  const duty = { owners: ['change_manager'], deadline: START + 14 * DAY };
  const stream = 'post/quarterly_process_review/2026-Q3';
  await handleEdition(
    docket.world,
    stream,
    {
      ...{ type: 'Publish', post: 'quarterly_process_review', period, due: START },
      made: { to: [NADIA], duty },
    },
    'docket',
  );
  expect(await atHome(nadia, 'Yours to do (1)')).toContain(
    'Review of the change process, third quarter of 2026, by',
  );
  expect(await atHome(dana, 'Nothing waits')).not.toContain('Review of the change process');
  await nadia.command('/change todo');
  await nadia.eventually(() =>
    nadia.ephemerals().some((each) => nadia.read(each).includes('1 thing waits for you to do')),
  );
  await nadia.home().press('Done…');
  await (await nadia.opened('Done')).fill({ 'What was done, and what came of it?': 'We met.' });
  await nadia.modal().submit();
  await nadia.openHome();
  await nadia.eventually(() => !nadia.home().text().includes('Review of the change process'));
});

it('says how much is on the desk of the change manager, and shows nobody else', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, sam] = [slack.as('nadia'), slack.as('sam')];
  await filed(docket, DANA, 'normal');
  await windTo(slack, WINDOW + 30 * DAY);
  expect(await atHome(nadia, 'Desk: 1 late or stuck')).toContain('Overdue (2)'); // and November’s audit
  await nadia.home().press('Desk: 1 late or stuck');
  expect((await nadia.opened('Docket')).text()).toContain('1 change is late or stuck');
  expect(await atHome(sam, 'Nothing waits')).not.toContain('Desk');
});

it('guides who may set up through what is missing, and nobody else', async () => {
  const { slack } = await openDocket({ roles: { change_manager: [NADIA] } });
  const [nadia, dana] = [slack.as('nadia'), slack.as('dana')];
  const home = await atHome(nadia, 'Before the first change');
  expect(home).toMatch(/which nobody holds now: .*DevOps lead/);
  await nadia.home().press('Set up…');
  expect((await nadia.opened()).text()).toContain('Change manager');
  expect(await atHome(dana, 'Nothing waits')).not.toContain('Before the first change');
});

it('files a change from Home', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await atHome(dana, 'Nothing waits for your decision.');
  await dana.home().press('New change');
  expect((await dana.opened('New change')).text()).toContain('Category: Standard');
});

it('leads to the rest where there is more than it can show', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  for (let n = 0; n < 11; n++) await filed(docket, DANA, 'normal', { title: `Number ${n}` });
  expect(await atHome(nadia, 'Waiting for you (11)')).toContain('And 4 more.');
  await nadia.home().press('See all', 'And 4 more.');
  expect((await nadia.opened('Docket')).text()).toContain('11 changes wait for your decision');
  expect(await atHome(dana, 'Your open changes (11)')).toContain('And 3 more.');
  await dana.home().press('See all', 'And 3 more.');
  expect((await dana.opened('Docket')).text()).toContain('CR-2026-001');
  // All of them are late by then: the heading counts them all, and says where the others stand.
  await windTo(slack, START + 9 * DAY);
  const late = await atHome(nadia, 'Overdue (1');
  expect(late).toMatch(/Overdue \((\d+)\)/);
  const [, n = '0'] = /Overdue \((\d+)\)/.exec(late) ?? [];
  expect(Number(n)).toBeGreaterThanOrEqual(11);
  expect(late).toContain(`And ${Number(n) - 4} more, marked as late in the lists below.`);
});

it('says what became of a change when its button on an old Home is pressed', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  await asked(nadia);
  await atHome(nadia, 'Waiting for you (1)');
  await dana.command(`/change withdraw ${number}`);
  await nadia.home().press('Approve');
  expect((await nadia.opened('Docket')).text()).toContain(
    `${number} is withdrawn now, so there is nothing to decide.`,
  );
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (0)'));
});
