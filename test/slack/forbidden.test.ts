import { describe, expect, it } from 'vitest';
import type { Change, PersonId } from '../../src/change/types.ts';
import { changeByNumber } from '../../src/db/changes.ts';
import { eventsOf } from '../../src/db/ledger.ts';
import { roleHolders } from '../../src/db/people.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { AMIRA, DANA, JONAS, NADIA, PRIYA, SAM, TOMAS } from '../change/company.ts';
import { STANDARD } from './answers.ts';
import { type Opened, openDocket, START } from './open-docket.ts';
import { formOf, interact, pressOf } from './signed.ts';
import { approves, asked, filed, recorded, recordOf, typed } from './steps.ts';

const EVA = 'U02EVA00016';
const LEO = 'U02LEO00015';
const BOT = 'U0LOCALBOT1';
/** Dana holds every role that decides, so that only the rule about one's own changes stands in her way. */
const DANA_MAY_ALL = Object.fromEntries(
  Object.entries(LOCAL_ROLES).map(([role, holders]) => [role, [DANA, ...holders]]),
);

describe('nobody decides on their own change', () => {
  it('by a button, by words, or by what they are shown', async () => {
    const opened = await openDocket({ delivery: 'http', roles: DANA_MAY_ALL });
    const { slack, docket, url } = opened;
    const change = await filed(docket, DANA, 'normal');
    const target = targetOf(change);
    const dana = slack.as('dana');
    for (const action of ['approve', 'approve:3'])
      expect((await interact(url, pressOf(DANA, action, target))).status).toBe(200);
    for (const [callback, words] of Object.entries({
      reject: 'No.',
      return: 'Why?',
      ask: 'How?',
    })) {
      const sent = await interact(url, formOf(DANA, `${callback}-form`, { target }, { words }));
      expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('You filed this change') });
    }
    await expect.poll(async () => (await refusals(opened, change)).length).toBe(5);
    expect(await refusals(opened, change)).toEqual(Array(5).fill([DANA, 'own change']));
    await dana.command('/change approvals');
    await dana.eventually(() =>
      dana.ephemerals().some((m) => m.text.startsWith('Nothing waits for your decision')),
    );
    await dana.command(`/change show ${change.number}`);
    await dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).includes('[Withdraw]')));
    expect(dana.ephemerals().every((m) => !dana.read(m).includes('[Approve]'))).toBe(true);
    expect(dana.dms().every((m) => !dana.read(m).includes('[Approve]'))).toBe(true);
    await untouched(opened, change);
  });

  it('by naming themselves the reviewer', async () => {
    const { slack } = await openDocket({ roles: DANA_MAY_ALL });
    const form = await typed(slack.as('dana'), 'standard', { ...STANDARD, Reviewer: 'dana' });
    expect(await form.submit()).toMatchObject({ outcome: 'updated' });
    expect(form.text()).toContain('Reviewer: You cannot review your own change.');
    expect(form.text()).toContain('Choose somebody else, or leave it empty.');
    expect(form.value('Title')).toBe(STANDARD.Title);
  });

  it('at any stage: it waits for others who hold the role', async () => {
    const opened = await openDocket({ delivery: 'http', roles: DANA_MAY_ALL });
    const { slack, docket, url } = opened;
    const change = await filed(docket, DANA, 'normal', { reviews: ['security', 'compliance'] });
    for (const name of ['nadia', 'priya', 'tomas', 'amira', 'henrik', 'lucia', 'wei']) {
      const now = await current(opened, change);
      await interact(url, pressOf(DANA, 'approve', targetOf(now)));
      await approves(slack.as(name));
    }
    expect((await recorded(docket, change.number, 'Decided')).map(({ by }) => by)).not.toContain(DANA);
    expect((await refusals(opened, change)).every(([by]) => by === DANA)).toBe(true);
  });
});

it('lets nobody decide without the role, out of turn, twice, or for somebody else', async () => {
  const opened = await openDocket({ delivery: 'http' });
  const { docket, url, slack } = opened;
  const [change, other] = [
    await filed(docket, DANA, 'normal'),
    await filed(docket, SAM, 'normal', { title: 'Other' }),
  ];
  const target = targetOf(change);
  const hash = target.split('|')[1];
  const attempts: [PersonId, string, string][] = [
    [SAM, target, 'not your role'],
    [PRIYA, target, 'not your role'], // her stage comes later
    [NADIA, `${change.id}|${'0'.repeat(16)}`, 'stale'],
    [NADIA, `${change.id}|`, 'stale'],
    ['U99NOBODY99', target, 'not your role'],
    [BOT, target, 'not your role'],
  ];
  for (const [by, value] of attempts) await interact(url, pressOf(by, 'approve', value));
  await expect.poll(async () => (await refusals(opened, change)).length).toBe(attempts.length);
  expect(await refusals(opened, change)).toEqual(attempts.map(([by, , code]) => [by, code]));
  await untouched(opened, change);

  await interact(url, pressOf(NADIA, 'approve', `${other.id}|${hash}`));
  await expect.poll(() => refusals(opened, other)).toEqual([[NADIA, 'stale']]);
  await approves(slack.as('nadia'), 'Validation');
  await interact(url, pressOf(NADIA, 'approve', targetOf(await current(opened, other))));
});

it('counts no guest, nobody who left and no bot, whatever role the table gives them', async () => {
  const opened = await openDocket({
    delivery: 'http',
    roles: { ...LOCAL_ROLES, peer_reviewer: [JONAS, LEO, EVA, BOT], development_lead: [LEO] },
  });
  const { docket, url } = opened;
  const change = await filed(docket, DANA, 'standard');
  expect((await recorded(docket, change.number, 'StageOpened'))[0]?.asked).toEqual({ peer: [JONAS] });
  for (const by of [LEO, EVA, BOT]) await interact(url, pressOf(by, 'approve', targetOf(change)));
  await expect
    .poll(() => refusals(opened, change))
    .toEqual([LEO, EVA, BOT].map((by) => [by, 'not your role']));
  await untouched(opened, change);
});

it('stops counting somebody who leaves while they are asked', async () => {
  const opened = await openDocket({ delivery: 'http' });
  const { docket, url, slack } = opened;
  const change = await filed(docket, DANA, 'standard');
  await asked(slack.as('jonas'));
  slack.setPerson(JONAS, { deactivated: true });
  await expect
    .poll(async () => (await roleHolders(docket.world.db, START)).get('peer_reviewer'))
    .not.toContainEqual({ person: JONAS });
  await interact(url, pressOf(JONAS, 'approve', targetOf(change)));
  await expect.poll(() => refusals(opened, change)).toEqual([[JONAS, 'not your role']]);
  await untouched(opened, change);
});

it('lets only the requester edit, answer and withdraw, and only admins set up', async () => {
  const opened = await openDocket({ delivery: 'http' });
  const { docket, url } = opened;
  const change = await filed(docket, DANA, 'normal');
  const edited = await interact(
    url,
    formOf(TOMAS, 'edit-change', { id: change.id, category: 'normal', step: 9 }, { title: 'Mine now' }),
  );
  expect(edited.text).toContain('can edit it');
  await interact(url, pressOf(TOMAS, 'withdraw', targetOf(change)));
  await expect.poll(async () => (await refusals(opened, change)).length).toBe(2);
  await interact(url, formOf(NADIA, 'ask-form', { target: targetOf(change) }, { words: 'When?' }));
  const question = (await recorded(docket, change.number, 'QuestionAsked'))[0]?.question;
  const answer = { target: targetOf(change), ...(question && { carried: question }) };
  expect((await interact(url, formOf(AMIRA, 'answer-form', answer, { words: 'Never.' }))).text).toContain(
    'can answer',
  );
  expect(await refusals(opened, change)).toEqual(
    [TOMAS, TOMAS, AMIRA].map((by) => [by, 'not the requester']),
  );

  const before = await eventsOf(docket.world.db, 'workspace');
  const role = { type: 'multi_users_select', selected_users: [JONAS] };
  const setup = await interact(url, formOf(JONAS, 'setup', { seen: 0 }, { 'people.change_manager': role }));
  expect(setup.text).toContain('Setting up is for workspace admins');
  // Nothing but that he tried.
  expect(await eventsOf(docket.world.db, 'workspace')).toEqual([
    ...before,
    expect.objectContaining({ type: 'SetUpRefused', actor: JONAS }),
  ]);
  await untouched(opened, change);
});

it('takes a submission that carries the id of another change for no change at all', async () => {
  const opened = await openDocket({ delivery: 'http' });
  const change = await filed(opened.docket, DANA, 'normal');
  const before = await recordOf(opened.docket, change.number);
  await interact(opened.url, formOf(TOMAS, 'new-change', { id: change.id }, { title: 'Overwritten' }));
  expect(await recordOf(opened.docket, change.number)).toEqual(before);
});

async function refusals({ docket }: Opened, { number }: Change): Promise<[string, string][]> {
  return (await recorded(docket, number, 'Refused')).map(({ by, code }) => [by, code]);
}

async function current({ docket }: Opened, { number }: Change): Promise<Change> {
  const change = await changeByNumber(docket.world.db, number);
  if (!change) throw new Error(`There is no ${number}.`);
  return change;
}

/** Nothing but refusals, questions and reminders has been added to it. */
async function untouched(opened: Opened, change: Change): Promise<void> {
  const { decisions, proposal, status } = await current(opened, change);
  expect({ decisions, proposal, status }).toEqual({
    ...{ decisions: [], proposal: change.proposal, status: change.status },
  });
}
