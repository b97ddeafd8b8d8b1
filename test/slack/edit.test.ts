import { expect, it } from 'vitest';
import { DANA, NADIA } from '../change/company.ts';
import { NORMAL, STANDARD } from './answers.ts';
import { openDocket } from './open-docket.ts';
import {
  alter,
  approves,
  asked,
  edits,
  filed,
  files,
  fillIn,
  headline,
  history,
  recorded,
  says,
  told,
} from './steps.ts';

it('voids with a material edit what it touches, shows the difference, and asks again', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const tomas = slack.as('tomas');
  const { number } = await filed(docket, DANA, 'normal', { systems: ['booking_api', 'database'] });
  await approves(nadia);
  await approves(priya);
  await asked(tomas, 'Business review');

  await edits(dana, number, { 'Rollback steps': 'Rename the old table back, then vacuum.' });
  await told(priya, `@Dana Okafor edited ${number} Split the bookings table by month after you decided`);
  await told(nadia, 'Rename the old table back. → Rename the old table back, then vacuum.');
  await history(dana, number, '2 approvals no longer count: @Nadia Rossi, @Priya Raman.');
  const again = await asked(nadia, 'Validation');
  expect(nadia.read(again)).toContain(
    'Rollback steps: Rename the old table back. → Rename the old table back, then vacuum.',
  );
  await tomas.eventually(() => tomas.dms().every((dm) => !tomas.read(dm).includes('[Approve]')));
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('● Validation (open) → ○ Technical review (to come)'));
  expect(await recorded(docket, number, 'Edited')).toMatchObject([
    { material: ['rollbackSteps'], voided: [{ stage: 'validation' }, { stage: 'technical' }] },
  ]);
});

/** A change with a slip in its description, once Nadia has approved it. */
async function misspelt() {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const { number } = await filed(docket, DANA, 'normal', {
    description: 'Partition the bokings table.',
    systems: ['booking_api', 'database'],
  });
  await approves(nadia);
  return { docket, dana, priya, number };
}

it('says before it is saved whose approvals an edit voids, and nothing of that where it voids none', async () => {
  const { dana, priya, number } = await misspelt();
  await approves(priya);
  await dana.command(`/change edit ${number}`);
  const form = await dana.opened(`Edit ${number}`);
  await alter(dana, form, { Description: 'Partition the bookings table.' });
  expect(form.text()).toContain('Changed so far');
  expect(form.text()).not.toContain('no longer count');
  expect(form.text()).toContain('Validation: passed, and stays so');
  expect(form.text()).toContain('Business review: @Tomáš Novák');
  await alter(dana, form, { 'Rollback steps': 'Rename the old table back, then vacuum.' });
  expect(form.text()).toContain(
    '⚠️ 2 approvals no longer count: @Nadia Rossi, @Priya Raman. They are asked again.',
  );
  expect(form.text()).toContain('Validation: @Nadia Rossi');
});

it('says so on the one screen of a standard or emergency change, too, as it is typed', async () => {
  const { slack, docket } = await openDocket();
  const [dana, olga, maya] = [slack.as('dana'), slack.as('olga'), slack.as('maya')];
  const { number } = await filed(docket, DANA, 'emergency', {
    description: 'Restart the wrkers.',
    implementer: 'U02JONAS002',
  });
  await approves(maya);
  await approves(olga);
  await dana.command(`/change edit ${number}`);
  const form = await dana.opened(`Edit ${number}`);
  await form.fill({ 'The fix': 'Restart the workers.' });
  expect(form.text()).not.toContain('no longer count');
  await form.fill({ 'Rollback steps': 'Start them with the limit of yesterday.' });
  await dana.eventually(() =>
    form.text().includes('⚠️ 2 approvals no longer count: @Maya Cohen, @Olga Petrenko. They are asked again.'),
  );
  await form.fill({ 'Rollback steps': 'Start the workers with the old limit.' });
  expect(form.value('The fix')).toBe('Restart the workers.');
});

it('keeps every approval when a typo is corrected', async () => {
  const { docket, dana, priya, number } = await misspelt();
  const card = await asked(priya);
  await edits(dana, number, { Description: 'Partition the bookings table.' });
  await history(dana, number, 'no approval is touched');
  await priya.eventually(() => priya.read(card).includes('Partition the bookings table.'));
  expect(priya.read(card)).toContain('[Approve]');
  await approves(priya);
  expect(await recorded(docket, number, 'Edited')).toMatchObject([{ material: [], voided: [] }]);
});

it('refuses words given on a text that has changed since, and draws the card anew', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia);
  await nadia.press(card, 'Reject…');
  const form = await nadia.opened('Reject');
  await form.fill({ 'Why?': 'No contingency.' });
  await edits(dana, number, { 'Contingency plan': 'Restore last night’s copy.' });
  expect(await form.submit()).toMatchObject({
    outcome: 'errors',
    errors: {
      'Why?': `${number} has changed since this was shown to you. Please look at the current text and decide on that.`,
    },
  });
  expect(form.value('Why?')).toBe('No contingency.');
  await form.close();
  await nadia.eventually(() => nadia.read(card).includes('Restore last night’s copy.'));
  expect(await says(nadia, card, 'Reject…', 'Still none.')).toMatchObject({ outcome: 'closed' });
  expect(await recorded(docket, number, 'Refused')).toMatchObject([{ code: 'stale', by: nadia.person.id }]);
});

it('takes the same systems picked in another order for the same', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const number = await files(dana, 'standard', {
    ...STANDARD,
    'Affected systems': ['Payments', 'Cache', 'Search'],
  });
  await approves(slack.as('jonas'));
  await edits(dana, number, { 'Affected systems': ['Search', 'Payments', 'Cache'] });
  expect(await recorded(docket, number, 'Edited')).toEqual([]);
});

it('opens for its requester only, by button and by word', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'standard');
  await nadia.command(`/change edit ${number}`);
  await nadia.eventually(() =>
    nadia.ephemerals().some((m) => nadia.read(m) === `Only @Dana Okafor, who filed ${number}, can edit it.`),
  );
  expect(await recorded(docket, number, 'Refused')).toMatchObject([
    { by: NADIA, command: 'Edit', code: 'not the requester' },
  ]);
  await dana.command(`/change edit ${number.toLowerCase()}`);
  const form = await dana.opened(`Edit ${number}`);
  expect(form.text()).toContain('Low risk');
  await form.fill({ 'Who is affected if it goes wrong?': 'All users or paying partners' });
  await dana.eventually(() => form.text().includes('Medium risk'));
});

it('begins a normal change with what makes a standard one more than that, and leaves the one that is filed', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const number = await files(dana, 'standard', STANDARD);
  await dana.command(`/change edit ${number}`);
  const form = await dana.opened(`Edit ${number}`);
  await alter(dana, form, {
    Description: 'Replace the keys of every gateway.',
    'Who is affected if it goes wrong?': 'All users or paying partners',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.text()).toContain('⚠️ Standard changes must be low risk; this one is medium');
  await form.press('Make it a normal change');
  await dana.eventually(() => form.title() === 'New change 1/5');
  expect(form.text()).toContain(`${number} stays as it is: withdraw it once this one is filed.`);
  expect(form.value('Description')).toBe('Replace the keys of every gateway.');
  const { Description: _, Start: __, End: ___, ...rest } = NORMAL;
  await fillIn(dana, form, rest);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(await recorded(docket, 'CR-2026-002', 'Submitted')).toMatchObject([
    { category: 'normal', proposal: { description: 'Replace the keys of every gateway.' } },
  ]);
  expect(await recorded(docket, number, 'Edited')).toEqual([]);
  await dana.modal().close();
  await dana.command('/change drafts');
  await dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).includes('You have no drafts.')));
});
