import { expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/load.ts';
import { PRIYA, TOMAS } from '../change/company.ts';
import { SMALL } from '../policy/small.ts';
import { carried, fills, says, toVerify } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { approves, asked, told } from './steps.ts';

const SHOP = {
  // Docket has been invited to #changes alone.
  policy: parsePolicy(SMALL.replace('announceIn: general', 'announceIn: changes'), 'small.yml'),
  roles: { owner: [PRIYA], engineer: [TOMAS, PRIYA] },
};

it('takes a change of a company with two roles, no board, no tests and no checklists from the form to its end', async () => {
  const { slack, docket } = await openDocket(SHOP);
  const [dana, priya, tomas] = [slack.as('dana'), slack.as('priya'), slack.as('tomas')];

  // Its form asks what its policy asks, on one screen, and nothing else.
  await dana.command('/change new normal', { in: 'general' });
  const form = await dana.opened('New change');
  expect(form.labels()).toEqual(['Category', 'Title', 'Affected systems']);
  await form.fill({ Title: 'New till', 'Affected systems': ['Till'] });
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  expect(dana.modal().text()).toContain('SHOP-2026-001 New till is filed.');
  await dana.modal().close();

  // Announced where this company announces, and decided by its two roles at once.
  const [top] = await dana.eventually(() => dana.messages('changes'));
  if (!top) throw new Error('nothing was announced');
  expect(dana.read(top)).toContain('Both of us: waiting for');
  await asked(tomas, 'Both of us');
  await approves(priya, 'Both of us');
  await approves(tomas, 'Both of us');
  await told(dana, 'SHOP-2026-001 New till is approved');

  // Nothing has to be tested or ticked, so it may start at once; somebody else looks at it afterwards.
  const card = await carried(dana);
  expect((await fills(dana, card, 'Start…', { 'How is it carried out?': 'By hand' })).sent.errors).toEqual(
    {},
  );
  await says(dana, card, 'You are carrying this out.');
  await fills(dana, card, 'Finish…', { 'How did it go?': 'Success' });
  const check = await toVerify(priya, { slack, docket });
  expect((await fills(priya, check, 'Verify…', { Remarks: 'It rings.' })).sent.outcome).toBe('closed');
  await says(dana, top, 'Closed (success)');
});

it('says of its own roles which one nobody holds, and keeps what was typed', async () => {
  const { slack } = await openDocket({ ...SHOP, roles: { owner: [PRIYA] } });
  const dana = slack.as('dana');
  await dana.command('/change new normal');
  const form = await dana.opened('New change');
  await form.fill({ Title: 'New till', 'Affected systems': ['Till'] });
  const sent = await form.submit();
  expect(sent.outcome).toBe('errors');
  expect(sent.errors.Category).toContain('role Engineer');
  expect(form.value('Title')).toBe('New till');
});
