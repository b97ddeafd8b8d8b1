import { expect, it } from 'vitest';
import { DANA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { asked, filed, recorded } from './steps.ts';

it('shows what waits for me and what I filed, and lets me approve there', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const first = await filed(docket, DANA, 'normal');
  await filed(docket, DANA, 'normal', { title: 'The other one' });
  await nadia.openHome();
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (2)'));
  expect(nadia.home().text()).toContain('Your open changes (0)');
  await nadia.home().press('Approve', first.number);
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (1)'));
  expect(nadia.home().text()).not.toContain(first.number);
  expect(await recorded(docket, first.number, 'Decided')).toHaveLength(1);

  await dana.openHome();
  await dana.eventually(() => dana.home().text().includes('Your open changes (2)'));
  await dana.home().press('Full record', 'The other one');
  expect((await dana.opened('CR-2026-002')).text()).toContain('The other one');
});

it('files a change from Home', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.openHome();
  await dana.eventually(() => dana.home().text().includes('Nothing waits for your decision.'));
  await dana.home().press('New change');
  expect((await dana.opened('New change')).text()).toContain('Category: Standard');
});

it('says what became of a change when its button on an old Home is pressed', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  await asked(nadia);
  await nadia.openHome();
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (1)'));
  await dana.command(`/change withdraw ${number}`);
  await nadia.home().press('Approve');
  expect((await nadia.opened('Docket')).text()).toContain(
    `${number} is withdrawn now, so there is nothing to decide.`,
  );
  await nadia.eventually(() => nadia.home().text().includes('Waiting for you (0)'));
});
