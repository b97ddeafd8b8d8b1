import { expect, it, vi } from 'vitest';
import { workspaceEvents } from '../../src/db/events.ts';
import { eventsOf } from '../../src/db/ledger.ts';
import { roleHolders } from '../../src/db/people.ts';
import { assignments } from '../../src/db/roles.ts';
import { WORKSPACE } from '../../src/engine/setup.ts';
import { DANA, LUCIA, WEI } from '../change/company.ts';
import { STANDARD } from './answers.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, files, headline } from './steps.ts';

it('lets an admin and the change manager in, and an engineer not', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam, nadia] = [slack.as('dana'), slack.as('sam'), slack.as('nadia')];
  await dana.command('/change setup');
  await dana.eventually(() =>
    dana
      .ephemerals()
      .some(
        (m) =>
          dana.read(m) ===
          'Setting up is for workspace admins and the change manager. Please ask one of them.',
      ),
  );
  const { events } = await workspaceEvents(docket.world.db, WORKSPACE);
  expect(events.filter(({ type }) => type === 'SetUpRefused')).toMatchObject([
    { by: DANA, command: 'SetUp', code: 'not your role', via: 'command' },
  ]);
  await sam.command('/change setup');
  await sam.opened('Set up Docket');
  await nadia.command('/change setup');
  expect((await nadia.opened('Set up Docket')).value('Development lead')).toEqual([LUCIA]);
});

it('shows only the roles that were named, and says where none is called so', async () => {
  const { slack } = await openDocket();
  const sam = slack.as('sam');
  await sam.command('/change setup change manager');
  const one = await sam.opened('Set up Docket');
  expect(one.text()).not.toContain('No role is called');
  expect(one.labels()).not.toContain('Development lead');
  await one.close();
  await sam.command('/change setup bord <!here>');
  const all = await sam.opened('Set up Docket');
  expect(all.text()).toContain('No role is called `bord <!here>`, so here are all of them.');
  expect(all.labels()).toContain('Development lead');
});

it('begins with nobody in any role: a change is refused in the form until the roles are filled', async () => {
  const { slack, docket } = await openDocket({ roles: {} });
  const [dana, sam, lucia] = [slack.as('dana'), slack.as('sam'), slack.as('lucia')];
  await dana.command('/change new', { in: 'changes' });
  const form = await dana.opened('New change');
  await form.fill(STANDARD);
  const sent = await form.submit();
  expect(sent.errors.Category).toContain('Nobody holds the role Peer reviewer or Development lead.');

  await sam.command('/change setup');
  const setup = await sam.opened('Set up Docket');
  expect(setup.value('Channel where changes are announced')).toBe('C02CHANGES2');
  await setup.fill({ 'Development lead': ['lucia'], 'Change manager: user groups': ['@peer-reviewers'] });
  expect(await setup.submit()).toMatchObject({ outcome: 'updated' });
  expect(sam.modal().text()).toContain('I post changes to #changes');
  expect(sam.modal().text()).toContain('/invite @Docket');
  expect(sam.modal().text()).toContain('Development lead: @Lucía Moreno');
  expect(sam.modal().text()).toContain('Change manager: @Jonas Weber, @Wei Zhang, @Olga Petrenko');
  expect(sam.modal().text()).toContain('Security team lead: ⚠️ nobody yet');

  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  await asked(lucia, 'Peer review');
  expect((await eventsOf(docket.world.db, 'workspace')).map(({ type, actor }) => [type, actor])).toEqual([
    ['ChannelChosen', 'docket'],
    ['ChannelChosen', 'docket'],
    ['RoleAssigned', sam.person.id],
    ['RoleAssigned', sam.person.id],
    ['GroupSeen', 'docket'],
  ]);
});

it('takes a role from somebody at once: their card loses its buttons, and who is left is asked', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, lucia, dana] = [slack.as('nadia'), slack.as('lucia'), slack.as('dana')];
  const { number } = await filed(docket, DANA, 'standard', { reviewer: LUCIA });
  const card = await asked(lucia);
  await nadia.command('/change setup');
  const setup = await nadia.opened('Set up Docket');
  await setup.fill({ 'Development lead': null });
  await setup.submit();
  await lucia.eventually(() => !lucia.read(card).includes('[Approve]'));
  expect(lucia.read(card)).toContain('nothing more is needed from you here');
  await approves(slack.as('jonas'), 'Peer review');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('Approved'));
});

it('takes nothing from a form that was open while somebody else saved another', async () => {
  const { slack, docket } = await openDocket();
  const [sam, nadia] = [slack.as('sam'), slack.as('nadia')];
  await sam.command('/change setup');
  const late = await sam.opened('Set up Docket');
  await nadia.command('/change setup');
  const first = await nadia.opened('Set up Docket');
  await first.fill({ 'Development lead': ['wei'] });
  expect(await first.submit()).toMatchObject({ outcome: 'updated' });
  await late.fill({ 'Product manager': ['wei'] });
  const sent = await late.submit();
  expect(JSON.stringify(sent)).toContain('has set something up meanwhile');
  expect((await assignments(docket.world.db)).get('development_lead')).toEqual([WEI]);
  await late.close();
  await sam.command('/change setup');
  const again = await sam.opened('Set up Docket');
  await again.fill({ 'Product manager': ['wei'] });
  expect(await again.submit()).toMatchObject({ outcome: 'updated' });
});

it('announces where it is told to from then on', async () => {
  const { slack } = await openDocket();
  const [sam, nadia] = [slack.as('sam'), slack.as('nadia')];
  await nadia.command('/change setup');
  const setup = await nadia.opened('Set up Docket');
  await setup.fill({ 'Channel where changes are announced': 'cab' });
  await setup.submit();
  const number = await files(slack.as('dana'), 'standard', STANDARD);
  await nadia.eventually(() => nadia.messages('cab').find(({ text }) => text.startsWith(number)));
  expect(sam.messages('changes')).toEqual([]);
});

it('hears of people who join, leave and change groups', async () => {
  const { slack, docket } = await openDocket();
  slack.setPerson('U02NEW00001', { name: 'noor', realName: 'Noor Aziz' });
  slack.setGroup('S02PEERREV1', ['U02NEW00001']);
  await vi.waitFor(async () =>
    expect((await roleHolders(docket.world.db, START)).get('peer_reviewer')).toEqual([
      { person: 'U02NEW00001' },
    ]),
  );
  await filed(docket, DANA, 'standard');
  await asked(slack.as('noor'), 'Peer review');
  expect(slack.as('jonas').dms()).toEqual([]);
});
