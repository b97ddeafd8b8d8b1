import { expect, it } from 'vitest';
import { handle } from '../../src/engine/handle.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import { DANA, NADIA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { answered } from './spoken.ts';
import { asked, edits, filed, recorded } from './steps.ts';

const listed = (hand: Hand, words: string) => answered(hand, () => hand.command('/change approvals'), words);

it('approves several at once, each on its own record with the hash of what was listed', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  for (const title of ['One', 'Two', 'Three']) await filed(docket, DANA, 'normal', { title });
  const list = await listed(nadia, '3 changes wait');
  await answered(nadia, () => nadia.press(list, 'Approve selected…'), 'Please tick');
  await nadia.tick(list, ['CR-2026-001']);
  await nadia.tick(list, ['CR-2026-003']);
  await nadia.press(list, 'Approve selected…');
  const sure = await nadia.opened('Approve');
  expect(sure.text()).toContain('You approve 2 changes');
  expect(sure.text()).toContain('CR-2026-003  Three');
  expect(sure.text()).not.toContain('CR-2026-002');
  expect(await sure.submit()).toMatchObject({ outcome: 'updated' });
  expect((await nadia.opened('Approved')).text()).toContain('2 changes approved.');
  for (const number of ['CR-2026-001', 'CR-2026-003'])
    expect(await recorded(docket, number, 'Decided')).toMatchObject([{ by: NADIA, verdict: 'approve' }]);
  expect(await recorded(docket, 'CR-2026-002', 'Decided')).toEqual([]);
});

it('leaves out what was edited since it was listed, and what is no longer to be decided, and says why', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const titles = ['Good', 'Edited before', 'Edited after', 'Withdrawn', 'As good'];
  const changes = [];
  for (const title of titles) changes.push(await filed(docket, DANA, 'normal', { title }));
  const numbers = changes.map(({ number }) => number);
  const [good = '', before = '', after = '', gone = '', asGood = ''] = numbers;
  await asked(nadia);
  const list = await listed(nadia, '5 changes wait');
  for (const number of numbers) await nadia.tick(list, [number]);
  await edits(dana, before, { Description: 'Drop every table of the booking service at once.' });
  await nadia.press(list, 'Approve selected…');
  const sure = await nadia.opened('Approve');
  expect(sure.text().match(/It has changed since it was listed/g)).toHaveLength(1);
  await edits(dana, after, { Description: 'Drop every table of the booking service at once.' });
  await handle(docket.world, changes[3]?.id ?? '', { type: 'Withdraw' }, DANA);
  await sure.submit();
  const said = (await nadia.opened('Approved')).text();
  expect(said).toContain('2 changes approved, 3 not.');
  for (const number of [before, after]) expect(said).toMatch(new RegExp(`⛔ ${number} .*has changed since`));
  expect(said).toMatch(new RegExp(`⛔ ${gone} .*is withdrawn now`));
  for (const number of [good, asGood]) expect(await recorded(docket, number, 'Decided')).toHaveLength(1);
  for (const number of [before, after, gone]) expect(await recorded(docket, number, 'Decided')).toEqual([]);
  expect(await recorded(docket, after, 'Refused')).toMatchObject([{ code: 'stale', by: NADIA }]);
});

it('lists to nobody what waits for others', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await filed(docket, DANA, 'normal');
  await listed(dana, 'Nothing waits for your decision');
});
