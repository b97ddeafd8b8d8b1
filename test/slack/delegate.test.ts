import { expect, it } from 'vitest';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { DANA, JONAS, LUCIA, PRIYA, WEI } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import { carried, fills, says, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, headline, history, recorded, told, wasAsked } from './steps.ts';

const seconds = (at: number) => at / 1000;

it('has somebody stand in from the day that was said, for what already waits too, and until it is over', async () => {
  const { slack, docket } = await openDocket();
  const [amira, nadia, priya, sam] = [
    slack.as('amira'),
    slack.as('nadia'),
    slack.as('priya'),
    slack.as('sam'),
  ];
  await priya.command('/change delegate');
  const form = await priya.opened('Delegate');
  await form.fill({ 'Who stands in': 'priya', Until: seconds(START + 30 * HOUR) });
  expect((await form.submit()).errors).toMatchObject({
    'Who stands in': 'Choose somebody else to stand in.',
  });
  await form.fill({ 'Who stands in': 'sam', From: seconds(START + 2 * HOUR), Why: 'A day off.' });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(priya.modal().text()).toContain('Sam');
  await priya.modal().close();
  await told(sam, 'You stand in for @Priya Raman');
  await told(priya, 'stands in for you');

  const { number } = await filed(docket, DANA, 'normal');
  await approves(nadia, 'Validation');
  await asked(priya, 'Technical review');
  expect(wasAsked(sam, 'Technical review')).toBe(false);

  await windTo(slack, START + 2 * HOUR);
  await approves(sam, 'Technical review');
  await history(amira, number, 'for @Priya Raman approved as DevOps lead (Technical review).');
  expect((await recorded(docket, number, 'Decided')).at(-1)).toMatchObject({
    for: PRIYA,
    role: 'devops_lead',
  });
  const top = await headline(amira, number);
  await amira.eventually(() => amira.read(top).includes('for @Priya Raman approved'));

  await approves(slack.as('tomas'), 'Business review');
  const vote = await asked(sam, 'Change Advisory Board');
  await windTo(slack, START + 30 * HOUR);
  await told(sam, 'no longer stands in for @Priya Raman');
  await sam.eventually(() => !sam.read(vote).includes('[Approve]'));
  await approves(priya, 'Change Advisory Board');
});

it('lets the change manager delegate for somebody who is ill, and end it; others only see their own', async () => {
  const { slack } = await openDocket();
  const [nadia, wei, dana, olga] = [slack.as('nadia'), slack.as('wei'), slack.as('dana'), slack.as('olga')];
  await nadia.command('/change delegate');
  const form = await nadia.opened('Delegate');
  await form.fill({ 'Who is away': 'wei', 'Who stands in': 'olga', Until: seconds(START + 20 * HOUR) });
  await form.submit();
  expect(nadia.modal().text()).toContain('Both are told.'); // she is neither of the two
  await nadia.modal().close();
  await told(wei, '@Olga Petrenko stands in for you, says @Nadia Rossi');
  await told(olga, 'You stand in for @Wei Zhang, says @Nadia Rossi');
  await dana.command('/change delegate');
  expect((await dana.opened('Delegate')).text()).not.toContain('stands in for');
  await dana.modal().close();
  await wei.command('/change delegate');
  const his = await wei.opened('Delegate');
  expect(his.text()).toContain('@Olga Petrenko stands in for @Wei Zhang');
  await his.press('Revoke');
  await wei.eventually(() => !wei.modal().text().includes('@Olga Petrenko stands in for'));
  await told(olga, 'was ended by @Wei Zhang');
});

it('notices that somebody left: the overseer is told, and another is asked', async () => {
  const { slack, docket } = await openDocket({
    roles: { ...LOCAL_ROLES, peer_reviewer: [JONAS, WEI], development_lead: [LUCIA] },
  });
  const [nadia, lucia, wei] = [slack.as('nadia'), slack.as('lucia'), slack.as('wei')];
  await filed(docket, DANA, 'standard', { reviewer: LUCIA });
  const { number } = await filed(docket, DANA, 'standard', { implementer: LUCIA });
  await asked(lucia, 'Peer review');
  slack.setPerson(LUCIA, { deactivated: true });
  const note = await told(nadia, 'has left the workspace');
  expect(nadia.read(note)).toContain('Nobody is left as Development lead');
  expect(nadia.read(note)).toContain(`${number} Rotate the TLS certificates (they carry it out)`);
  await approves(wei, 'Peer review');
});

it('asks a deputy once the time is up', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, sam] = [slack.as('nadia'), slack.as('sam')];
  await nadia.command('/change setup');
  const setup = await nadia.opened('Set up Docket');
  await setup.fill({ 'Change manager: deputies': ['sam'] });
  await setup.submit();
  await nadia.modal().close();
  const change = await filed(docket, DANA, 'normal');
  await asked(nadia, 'Validation');
  expect(wasAsked(sam, 'Validation')).toBe(false);
  await windTo(slack, 'open' in change ? change.open.deadline : 0);
  await approves(sam, 'Validation');
});

it('says at once that who was to carry a change out has left, with a button that names somebody else', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard', { implementer: LUCIA });
  await approves(slack.as('jonas'));
  slack.setPerson(LUCIA, { deactivated: true });
  const note = await told(
    dana,
    'who is to carry it out, cannot use Docket any more. Please name somebody else',
  );
  expect(dana.read(note)).toContain(`${number} `);
  await dana.press(note, 'Edit…');
  await dana.opened(`Edit ${number}`);
}, 60_000);

it('lets the change manager hand over what nobody can start, as requester and implementer have left', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, sam] = [slack.as('nadia'), slack.as('sam')];
  const { number } = await filed(docket, DANA, 'standard', { implementer: LUCIA });
  await approves(slack.as('jonas'));
  slack.setPerson(DANA, { deactivated: true });
  slack.setPerson(LUCIA, { deactivated: true });
  await nadia.eventually(() =>
    nadia.dms().some((dm) => nadia.read(dm).includes('`/change handover` and its number')),
  );
  await history(nadia, number, 'cannot use Docket any more');
  await nadia.command('/change desk');
  const desk = await nadia.eventually(() =>
    nadia.ephemerals().find((message) => nadia.read(message).includes('Nobody can start it')),
  );
  const given = { 'Who carries it out?': 'sam', 'What do they need to know, or why?': 'Both have left.' };
  expect((await fills(nadia, desk, 'Hand over…', given)).sent).toMatchObject({ outcome: 'closed' });
  await says(sam, await carried(sam), 'Yours to carry out');
  await told(sam, 'handed it over from @Lucía');
  await history(nadia, number, 'Both have left.');
}, 60_000);
