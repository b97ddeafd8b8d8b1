import { expect, it } from 'vitest';
import { draftsOf } from '../../src/db/drafts.ts';
import { DANA, SAM } from '../change/company.ts';
import { FROM_TEMPLATE, NORMAL, STANDARD } from './answers.ts';
import { answered, saved } from './drafting.ts';
import { GUIDE, openDocket } from './open-docket.ts';
import { filed, fillIn, recorded } from './steps.ts';

it('checks at the end, names what lacks, leads back to it, and says who will be asked', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  await fillIn(dana, form, { ...NORMAL, End: Number(NORMAL.Start) + 60 });
  expect(form.title()).toBe('New change 5/5');
  const whole = form.text();
  for (const item of ['All required fields completed', 'Impact assessment performed', 'Risk mitigation plan'])
    expect(whole).toContain(`✓ ${item}`);
  expect(whole).toContain('Medium risk');
  expect(whole).toContain('• Validation: @Nadia Rossi');
  expect(whole).not.toContain('Security review: @Amira');
  await form.fill({ 'Reviews that apply': ['Security review'] });
  await dana.eventually(() => form.text().includes('• Security review: @Amira Haddad'));

  await slack.act({ as: DANA, verb: 'windTo', at: (Number(NORMAL.Start) + 600) * 1000 });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.text()).toContain('⚠️ Some fields still need you');
  expect(form.text()).toContain('✗ Timeline and resources specified: not yet. Start');
  await form.press('Edit', '4  Implementation and rollback');
  await dana.eventually(() => form.submitLabel() === 'Done');
  // The screen's own heading says what comes first on it.
  expect(form.text()).toContain('Implementation and rollback\nStart');
  expect(form.text()).toContain('\nRollback\n');
  expect(form.value('Required resources')).toBe(NORMAL['Required resources']);
  await form.fill({ Start: Number(NORMAL.Start) + 86_400 });
  expect((await form.submit()).errors).toEqual({ End: 'The end must come after the start.' });
  await form.fill({ End: Number(NORMAL.Start) + 90_000 });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.text()).toContain('✓ Timeline and resources specified');
  expect(form.value('Reviews that apply')).toMatchObject([{ value: 'security' }]);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(dana.modal().title()).toBe('Filed');
});

it('makes a normal change of a standard one that does not qualify, with everything that was typed', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new');
  const form = await dana.opened('New change');
  await fillIn(dana, form, {
    ...STANDARD,
    'Who is affected if it goes wrong?': 'All users or paying partners',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(form.text()).toContain('⚠️ Standard changes must be low risk; this one is medium');
  expect(form.value('Title')).toBe(STANDARD.Title);
  await form.press('Make it a normal change');
  await dana.eventually(() => form.title() === 'New change 1/5');
  expect(form.value('Affected systems')).toMatchObject([{ value: 'payments' }]);
  const { Start: _, End: __, ...rest } = NORMAL;
  await fillIn(dana, form, rest);
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  const [submitted] = await recorded(docket, 'CR-2026-001', 'Submitted');
  expect(submitted).toMatchObject({ category: 'normal', proposal: { startsAt: STANDARD.Start * 1000 } });
});

it('files a normal change from its template: three fields are typed, and what was typed before stays', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  await form.fill({ Title: FROM_TEMPLATE.Title, 'Start from': 'Major feature release' });
  await dana.eventually(() => form.value('Code changes') !== null);
  expect(form.value('Title')).toBe(FROM_TEMPLATE.Title);
  await form.fill({ 'Code changes': 'None.', 'Start from': 'Infrastructure upgrade' });
  await dana.eventually(() => form.value('Configuration changes') !== null);
  expect(form.value('Code changes')).toBe('None.');
  expect(form.value('Start from')).toMatchObject({ value: 'infrastructure_upgrade' });
  await fillIn(dana, form, FROM_TEMPLATE);
  expect(form.text()).toContain('✓ All required fields completed');
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  const [submitted] = await recorded(docket, 'CR-2026-001', 'Submitted');
  const { fields } = GUIDE.templates.infrastructure_upgrade ?? { fields: {} };
  expect(submitted?.proposal).toMatchObject({ ...fields, codeChanges: 'None.', title: FROM_TEMPLATE.Title });
});

it('starts from an earlier change, by its name and by its button, all but when, who and why then', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam] = [slack.as('dana'), slack.as('sam')];
  const { number, proposal } = await filed(docket, DANA, 'normal', { communicationPlan: 'Tell #general.' });
  await sam.command(`/change new like ${number}`);
  const copy = await sam.opened('New change 1/5');
  expect(copy.value('Title')).toBe(proposal.title);
  await copy.close();
  expect(await draftsOf(docket.world.db, SAM)).toMatchObject([
    { draft: { proposal: { communicationPlan: 'Tell #general.', rollbackRehearsed: true } } },
  ]);
  expect((await draftsOf(docket.world.db, SAM))[0]?.draft.proposal).not.toHaveProperty('startsAt');

  const card = await answered(dana, `/change show ${number}`, number);
  await dana.press(card, 'Copy…');
  const form = await dana.opened('New change 1/5');
  await fillIn(dana, form, { Start: NORMAL.Start, End: NORMAL.End });
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(dana.modal().text()).toContain(`CR-2026-002 ${proposal.title} is filed.`);
  await dana.modal().close();
  await dana.command('/change new like for like replacement of disks');
  expect((await dana.opened('New change')).value('Title')).toBe('like for like replacement of disks');
});

it('begins a change with a message, and links it', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.say('Search is slow & *hot*\nSeen by @jonas in #general: https://grafana.example.com/d/1', {
    in: 'incidents',
  });
  const [message] = dana.messages('incidents');
  if (!message) throw new Error('There is no message.');
  expect(await dana.shortcut('Change from this message', message)).toEqual({ ok: true });
  const form = await dana.opened('New change');
  const link = `https://trixtech.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  expect(form.value('Title')).toBe('Search is slow & *hot*');
  expect(form.value('Description')).toBe(
    `Search is slow & *hot*\nSeen by @Jonas Weber in #general: https://grafana.example.com/d/1\n\n${link}`,
  );
  await form.close();
  await saved(docket, ({ source }) => source === link);
  expect(dana.read(await answered(dana, '/change drafts', 'You have 1 draft.'))).toContain(link);
});

it('opens an empty form from the shortcut that needs no message', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  expect(await dana.shortcut('New change')).toEqual({ ok: true });
  expect((await dana.opened('New change')).text()).toContain('Category: Standard');
});

it.each([
  ['new normal Rotate the keys', 'New change 1/5', 'Rotate the keys'],
  ['new Normal form of the bookings table', 'New change', 'Normal form of the bookings table'],
  ['new Emergency exits need new signs', 'New change', 'Emergency exits need new signs'],
  ['new Normal', 'New change 1/5', ''],
])('takes the first word for the category only where it cannot begin a title: %s', async (words, screen, title) => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command(`/change ${words}`);
  expect((await dana.opened(screen)).value('Title') ?? '').toBe(title);
});
