import { expect, it } from 'vitest';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { type Form, placedIn } from '../../src/local-slack/hand-form.ts';
import { DANA, MAYA, NADIA } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import { EMERGENCY, NORMAL, STANDARD } from './answers.ts';
import { carried } from './carrying-out.ts';
import { type Opened, openDocket, START } from './open-docket.ts';
import { approves, filed, fillIn, recorded } from './steps.ts';

/** The field below the dates. */
const WRITTEN = 'Or write when';
const TOMORROW_23 = STANDARD.Start;
const OF_SYSTEMS = { systems: ['payments'], environments: [], categories: [] };
const NIGHT = { startsAt: START + 36 * HOUR, endsAt: START + 40 * HOUR };

it('says while it is filled in what else happens then, all of it, and that a time is free', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  for (const [title, systems] of [
    ['Upgrade the database', ['database']],
    ['Rotate the API keys', ['payments']],
  ] as const) {
    const change = await filed(docket, DANA, 'standard', { title, systems: [...systems], implementer: MAYA });
    await approves(slack.as('jonas'));
    await carried(slack.as('maya'));
    expect(change.number).toMatch(/CR-/);
  }
  await dana.command('/change new standard');
  const form = await dana.opened('New change');
  const { Start, End, 'Affected systems': systems, ...rest } = STANDARD;
  await fillIn(dana, form, rest);
  expect(form.text()).not.toContain('no clash');
  await form.fill({ Start: Start + 30 * 24 * 3600, End: End + 30 * 24 * 3600 });
  await dana.eventually(() => form.text().includes('✓ This time is free: no freeze, and no clash'));
  await form.fill({ 'Affected systems': systems, Start, End });
  await dana.eventually(() => form.text().includes('⚠️ At the same time'));
  await dana.eventually(() => form.text().includes('both on Payments'));
  expect(form.text()).toContain('Clash with CR-2026-001 Upgrade the database');
  expect(form.text()).toContain('Payments depends on PostgreSQL database');
  expect(form.text()).toContain('Clash with CR-2026-002 Rotate the API keys');
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
});

it('names the freeze that holds it, offers free windows, and takes one over with a click', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const freeze = { kind: 'hard', reason: 'Peak season', scope: OF_SYSTEMS, ...NIGHT } as const;
  await handleFreeze(docket.world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
  await dana.command('/change new standard');
  const form = await dana.opened('New change');
  await fillIn(dana, form, STANDARD);
  await dana.eventually(() => form.text().includes('⛔ Not possible at this time'));
  expect(form.text()).toContain('Peak season');
  expect(form.text()).toContain('[Take the first] [Take the second] [Take the third]');
  await form.press('Take the second');
  await dana.eventually(() => form.text().includes('✓ This time is free'));
  expect(form.value('Title')).toBe(STANDARD.Title);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  const [submitted] = await recorded(docket, 'CR-2026-001', 'Submitted');
  const { startsAt = 0, endsAt = 0 } = submitted?.proposal ?? {};
  expect(endsAt - startsAt).toBe((STANDARD.End - STANDARD.Start) * 1000);
  expect(startsAt < NIGHT.endsAt && NIGHT.startsAt < endsAt).toBe(false);
});

it('says it on the screen with the dates of a form in steps, and once more where all of it is checked', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const scope = { ...OF_SYSTEMS, systems: ['database'] };
  const freeze = { kind: 'soft', reason: 'Year-end closing', scope, ...NIGHT } as const;
  await handleFreeze(docket.world, `${FREEZE}year`, { type: 'Declare', freeze }, NADIA);
  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  await fillIn(dana, form, NORMAL);
  await dana.eventually(() => form.title() === 'New change 5/5');
  await dana.eventually(() => form.text().includes('✋ A second person would have to let it in'));
  expect(form.text()).toContain('Year-end closing');
  await form.press('Edit', '4  Implementation and rollback');
  await dana.eventually(() => form.title() === 'New change 4/5');
  expect(form.text()).toContain('Year-end closing');
});

it('says of an emergency which freezes are in force for what it touches, and who may let it in', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const now = { startsAt: START - HOUR, endsAt: START + 40 * HOUR };
  const declared = async (id: string, kind: 'hard' | 'soft', reason: string, system: string) => {
    const freeze = { kind, reason, scope: { ...OF_SYSTEMS, systems: [system] }, ...now };
    await handleFreeze(docket.world, `${FREEZE}${id}`, { type: 'Declare', freeze }, NADIA);
  };
  await declared('year', 'soft', 'Year-end closing', 'payments');
  await declared('move', 'hard', 'Moving house', 'database');
  await dana.command('/change emergency');
  const form = await dana.opened('New change');
  const { 'Affected systems': systems, ...rest } = EMERGENCY;
  await fillIn(dana, form, rest);
  expect(form.text()).not.toContain('Year-end closing');
  await form.fill({ 'Affected systems': systems });
  await dana.eventually(() => form.text().includes('✋ A second person has to let it in'));
  expect(form.text()).toContain('Soft freeze');
  expect(form.text()).toContain('Year-end closing');
  expect(form.text()).toMatch(/Once it is filed, the change manager.* may let it into a soft freeze/);
  expect(form.text()).not.toContain('Moving house');

  await form.fill({ 'Affected systems': ['Payments', 'PostgreSQL database'] });
  await dana.eventually(() => form.text().includes('⛔ It cannot be started while this is in force'));
  expect(form.text()).toContain('Moving house');
  expect(form.text()).toMatch(/Nobody can be let into a freeze; the change manager.* may end one/);
  await form.fill({ 'Affected systems': systems });
  await dana.eventually(() => !form.text().includes('Moving house'));
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
});

it('reads a time as people write it, in their own zone, and shows in full how before it counts', async () => {
  const { slack, docket } = await openDocket();
  const priya = slack.as('priya');
  await priya.command('/change new standard');
  const form = await priya.opened('New change');
  const { Start: _, End: __, ...rest } = STANDARD;
  await fillIn(priya, form, rest);
  await form.fill({ [WRITTEN]: 'fri 3:30 am' });
  await priya.eventually(() => form.text().includes('Write also when it ends'));
  await form.fill({ [WRITTEN]: 'fri 3:30 am for 90m' });
  await priya.eventually(() =>
    form
      .text()
      .includes('Friday 27 November 2026 03:30 UTC+05:30 until Friday 27 November 2026 05:00 UTC+05:30'),
  );
  expect(form.value('Start')).toBe(TOMORROW_23);
  expect(form.value('End')).toBe(TOMORROW_23 + 90 * 60);
  expect(form.value('Title')).toBe(STANDARD.Title);
  await priya.eventually(() => form.text().includes('✓ This time is free'));
  // An end that is left out is as far from the start as it was.
  await form.fill({ [WRITTEN]: 'fri 4:00 am' });
  await priya.eventually(() => form.value('End') === TOMORROW_23 + 120 * 60);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  const [submitted] = await recorded(docket, 'CR-2026-001', 'Submitted');
  expect(submitted?.proposal).toMatchObject({
    startsAt: (TOMORROW_23 + 30 * 60) * 1000,
    endsAt: (TOMORROW_23 + 120 * 60) * 1000,
  });
});

it('reads what was typed and not entered when the form is sent, and lets it be seen before it counts', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new standard');
  const form = await dana.opened('New change');
  await fillIn(dana, form, STANDARD);
  await typedOnly(slack, form, '05/12 22:00');
  const { errors } = await form.submit();
  expect(errors[WRITTEN]).toContain('can be day and month or month and day');
  await typedOnly(slack, form, 'tomorrow 23:00 - 23:30');
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.text()).toContain('Thursday 26 November 2026 23:00 UTC+01:00');
  expect(await recorded(docket, 'CR-2026-001', 'Submitted').catch(() => [])).toEqual([]);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(await recorded(docket, 'CR-2026-001', 'Submitted')).toMatchObject([
    { proposal: { startsAt: TOMORROW_23 * 1000, endsAt: (TOMORROW_23 + 30 * 60) * 1000 } },
  ]);
});

/** Types without Enter, so that Docket hears of it only with the form. */
async function typedOnly(slack: Opened['slack'], { id }: Form, words: string): Promise<void> {
  const view = slack
    .as('dana')
    .snapshot()
    .modals.find((modal) => modal.id === id);
  const { blockId = '', actionId = '' } =
    placedIn(view?.blocks ?? []).find((placed) => placed.actionId === 'new-change:when') ?? {};
  const value = { type: 'plain_text_input', value: words } as const;
  expect(await slack.act({ as: DANA, verb: 'input', viewId: id, blockId, actionId, value })).toEqual({
    ok: true,
  });
}
