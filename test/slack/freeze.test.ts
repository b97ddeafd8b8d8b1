import { expect, it } from 'vitest';
import { loadFreeze } from '../../src/db/freezes.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { setUp } from '../../src/engine/setup.ts';
import { DANA, GRACE, HENRIK, LUCIA, MAYA, NADIA, PRIYA, SAM, TOMAS, WEI } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, says } from './carrying-out.ts';
import { GUIDE, openDocket, START } from './open-docket.ts';
import { approves, filed, headline, recorded, told } from './steps.ts';

const scope = { systems: ['payments'], environments: [], categories: [] };
const NIGHT = { startsAt: START + 36 * HOUR, endsAt: START + 40 * HOUR };

async function twoScheduled() {
  const { slack, docket } = await openDocket();
  const jonas = slack.as('jonas');
  const named = { stakeholders: [HENRIK], stakeholderChannels: [] };
  const held = await filed(docket, DANA, 'normal', { title: 'Rotate keys', systems: ['payments'], ...named });
  const road = [NADIA, PRIYA, TOMAS, PRIYA, WEI, GRACE, LUCIA];
  await does(docket, held, ...road.map((one) => step.approves(one)));
  const free = await filed(docket, DANA, 'standard', { title: 'Clear cache', systems: ['cache'] });
  await approves(jonas);
  const freeze = { kind: 'hard', reason: 'Peak season', scope, ...NIGHT } as const;
  await handleFreeze(docket.world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
  return { slack, docket, held, free };
}

it('is altered from its list: who it newly holds and whom it lets go are named before, and told after', async () => {
  const { slack, docket, held, free } = await twoScheduled();
  const [dana, nadia, henrik, sam] = ['dana', 'nadia', 'henrik', 'sam'].map((name) => slack.as(name));
  if (!dana || !nadia || !henrik || !sam) throw new Error('they are in the company');
  const [first, second] = [await headline(sam, held.number), await headline(sam, free.number)];
  await says(sam, first, 'not scheduled');
  // Who was only told when it would be chooses no other time.
  const off = await told(henrik, 'is not carried out');
  expect(henrik.read(off)).not.toContain('[Other time…]');
  expect(dana.read(await told(dana, 'A freeze holds its window'))).toContain('[Other time…]');

  await nadia.command('/change freeze');
  const list = await nadia.opened('Freezes');
  await list.press('Alter…');
  const form = await nadia.opened('Alter the freeze');
  expect(form.value('Why')).toBe('Peak season');
  expect(form.value('Systems')).toMatchObject([{ value: 'payments' }]);
  await form.fill({ Systems: ['Cache'], Why: 'Peak season of the cache' });
  await form.submit();
  const confirm = await nadia.opened('Alter the freeze?');
  expect(confirm.text()).toContain(`It holds 1 change\n• ${free.number}`);
  expect(confirm.text()).toContain(`It holds 1 change no more\n• ${held.number}`);
  expect(confirm.text()).toContain('What is scheduled loses its place.');
  await confirm.submit();

  await says(sam, first, 'Approved and scheduled');
  await says(sam, second, 'not scheduled');
  await told(dana, 'The freeze that held it holds it no more');
  await told(dana, 'Peak season of the cache');
  await told(henrik, 'is scheduled');
  expect(await recorded(docket, held.number, 'FreezeLifted')).toHaveLength(1);
  expect(await recorded(docket, free.number, 'Caught')).toMatchObject([
    { lost: { startsAt: START + 37 * HOUR } },
  ]);
  const card = sam.messages('changes').find((each) => sam.read(each).includes('Peak season of the cache'));
  expect(card && sam.read(card)).toContain('altered by @Nadia Rossi');
  await sam.eventually(() => card && sam.thread(card).some((note) => sam.read(note).includes('altered it')));
});

it('says that changes lose their place only where one is newly held', async () => {
  const { slack } = await twoScheduled();
  const nadia = slack.as('nadia');
  await nadia.command('/change freeze');
  await (await nadia.opened('Freezes')).press('Alter…');
  const longer = await nadia.opened('Alter the freeze');
  await longer.fill({ Why: 'Peak season, as every year' });
  await longer.submit();
  const same = await nadia.opened('Alter the freeze?');
  expect(same.text()).toContain('It holds 1 change');
  expect(same.text()).not.toMatch(/loses its place|are told/);
  await same.close();

  await (await nadia.opened('Freezes')).press('Alter…');
  const elsewhere = await nadia.opened('Alter the freeze');
  await elsewhere.fill({ Systems: ['Reporting'] });
  await elsewhere.submit();
  const none = (await nadia.opened('Alter the freeze?')).text();
  expect(none).toContain('It holds no change');
  expect(none).toContain('It holds 1 change no more');
  expect(none).toContain('The people of what it holds no more are told, too.');
  expect(none).not.toContain('loses its place');
});

it('lets go of what it held once it ends early, and of nothing that it still holds once it is altered', async () => {
  const { docket, held } = await twoScheduled();
  const { world } = docket;
  const lifted = () => recorded(docket, held.number, 'FreezeLifted');
  const seen = (await loadFreeze(world.db, `${FREEZE}peak`))?.state.seq ?? 0;
  const longer = {
    kind: 'hard',
    reason: 'Peak season',
    scope,
    ...NIGHT,
    endsAt: NIGHT.endsAt + HOUR,
  } as const;
  await handleFreeze(world, `${FREEZE}peak`, { type: 'Alter', freeze: longer, seen }, NADIA);
  await docket.delivery.idle();
  expect(await lifted()).toEqual([]);
  await handleFreeze(world, `${FREEZE}peak`, { type: 'End', words: 'It is over.' }, NADIA);
  await expect.poll(lifted).toHaveLength(1);
});

it('is not altered by somebody who has not seen what it has become meanwhile, and says so', async () => {
  const { slack, docket } = await twoScheduled();
  const nadia = slack.as('nadia');
  await nadia.command('/change freeze');
  const list = await nadia.opened('Freezes');
  await list.press('Alter…');
  const form = await nadia.opened('Alter the freeze');
  await form.fill({ Why: 'Peak season, as I see it' });
  await form.submit();
  const confirm = await nadia.opened('Alter the freeze?');
  const id = `${FREEZE}peak`;
  const open = (await loadFreeze(docket.world.db, id))?.state;
  if (!open) throw new Error('there is the freeze of the peak season');
  const { kind, startsAt, endsAt } = open;
  const longer = { kind, startsAt, endsAt: endsAt + HOUR, reason: 'An hour longer', scope: open.scope };
  await handleFreeze(docket.world, id, { type: 'Alter', freeze: longer, seen: 1 }, NADIA);
  await confirm.submit();
  await nadia.eventually(() => nadia.modal().text().includes('has altered this freeze meanwhile'));
  expect((await loadFreeze(docket.world.db, id))?.state.reason).toBe('An hour longer');
});

it('turns to those that one window has no room for', async () => {
  const freezes = Array.from({ length: 41 }, (_, n) => ({
    ...{ id: `f${n}`, title: `Freeze of hall ${n + 1}`, kind: 'hard' as const },
    ...{ from: '12-20', to: '12-22' },
    ...{ systems: [], environments: [], categories: [] },
  }));
  const { slack } = await openDocket({ policy: { ...GUIDE, freezes } });
  const sam = slack.as('sam');
  await sam.command('/change freeze');
  const list = await sam.opened('Freezes');
  expect(list.text()).toContain('Freeze of hall 40');
  expect(list.text()).not.toContain('Freeze of hall 41');
  await list.press('1 more');
  await sam.eventually(() => list.text().includes('Freeze of hall 41'));
  expect(list.text()).not.toContain('Freeze of hall 40');
  await list.press('Back to the first');
  await sam.eventually(() => list.text().includes('Freeze of hall 40'));
  // Those of every year stand in the policy, where also who may declare others has to alter them.
  const nadia = slack.as('nadia');
  await nadia.command('/change freeze');
  const hers = (await nadia.opened('Freezes')).text();
  expect(hers).toContain('[Declare a freeze…]');
  expect(hers).not.toContain('[Alter…]');
});

it('has no button for who may not alter it, and refuses a forged one', async () => {
  const { slack, docket } = await twoScheduled();
  const sam = slack.as('sam');
  await sam.command('/change freeze');
  const list = await sam.opened('Freezes');
  expect(list.text()).toContain('Peak season');
  expect(list.text()).not.toContain('[Alter…]');
  expect(list.text()).toContain(
    'The change manager or DevOps lead can declare one. The change manager, DevOps lead or on-call engineer can stop the line.',
  );
  const freeze = { kind: 'soft', reason: 'Never mind', scope, ...NIGHT } as const;
  await expect(
    handleFreeze(docket.world, `${FREEZE}peak`, { type: 'Alter', freeze, seen: 1 }, SAM),
  ).rejects.toMatchObject({ code: 'not your role' });
});

it('says of a change in review that an edit finds another time, and has the button for it', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya] = [slack.as('dana'), slack.as('maya')];
  const { number } = await filed(docket, DANA, 'normal', {
    ...{ title: 'Rotate keys', systems: ['payments'], implementer: MAYA },
  });
  const freeze = { kind: 'hard', reason: 'Peak season', scope, ...NIGHT } as const;
  await handleFreeze(docket.world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
  expect(maya.read(await told(maya, 'A freeze holds'))).toContain(
    '@Dana Okafor chooses another time with an edit.',
  );
  const note = await told(dana, 'A freeze holds');
  expect(dana.read(note).split(number)).toHaveLength(2);
  expect(dana.read(note)).toContain('Choose another time with an edit; its form shows the free windows');
  expect(await dana.press(note, 'Edit…')).toEqual({ ok: true });
  expect((await dana.opened(`Edit ${number}`)).text()).toContain('Peak season');
});

it('opens a soft freeze to a second person with a reason, for this window only, and records both', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, sam] = [slack.as('dana'), slack.as('nadia'), slack.as('sam')];
  const freeze = { kind: 'soft', reason: 'Year-end closing', scope, ...NIGHT } as const;
  await handleFreeze(docket.world, `${FREEZE}year`, { type: 'Declare', freeze }, NADIA);
  const change = await filed(docket, DANA, 'normal', { title: 'Rotate keys', systems: ['payments'] });
  const road = [NADIA, PRIYA, TOMAS, PRIYA, WEI, GRACE, LUCIA];
  await does(docket, change, ...road.map((one) => step.approves(one)));
  const top = await headline(sam, change.number);
  await says(sam, top, 'not scheduled');
  const lost = dana.read(await told(dana, 'has no place in the calendar'));
  expect(lost).toContain(`🚧 ${change.number} Rotate keys has no place in the calendar:`);
  expect(lost.split(change.number)).toHaveLength(2);
  expect(lost).toContain('A second person can let it in');

  const asked = await told(nadia, 'As a second person you may let it in');
  expect(nadia.read(asked)).toContain('Year-end closing');
  expect(await nadia.press(asked, 'Let it in…')).toEqual({ ok: true });
  const form = await nadia.opened('Let it in');
  expect(form.text()).toContain('Year-end closing');
  expect((await form.submit()).errors).toMatchObject({ 'Why can it not wait?': expect.any(String) });
  await form.fill({ 'Why can it not wait?': 'The keys end on Friday.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await says(sam, top, 'Approved and scheduled');
  await told(dana, 'let it in as Change manager');
  expect(await recorded(docket, change.number, 'Exempted')).toMatchObject([
    {
      by: NADIA,
      role: 'change_manager',
      words: 'The keys end on Friday.',
      freezes: [{ reason: 'Year-end closing' }],
    },
  ]);
  expect(dana.dms().some((dm) => dana.read(dm).includes('[Let it in…]'))).toBe(false);
});

it('says who may declare one to somebody who could when the list was opened', async () => {
  const { slack, docket, log } = await openDocket();
  const nadia = slack.as('nadia');
  await nadia.command('/change freeze');
  const list = await nadia.opened('Freezes');
  await setUp(docket.world, { roles: { change_manager: [SAM] } }, 'docket');
  await list.press('Declare a freeze…');
  await nadia.eventually(() => nadia.modal().text().includes('can declare freezes, alter and end them'));
  expect(log).toEqual([]);
});
