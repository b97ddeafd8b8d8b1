import { expect, it } from 'vitest';
import { DANA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { asked, filed, headline, history, recorded, told } from './steps.ts';

it('is withdrawn by its requester with the button, and every card says so', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia);
  const mine = await told(dana, `${number} `);
  await dana.press(mine, 'Withdraw');
  await nadia.eventually(() => nadia.read(card).includes('🚫 Withdrawn by @Dana Okafor'));
  expect(nadia.read(card)).not.toContain('[Approve]');
  await dana.eventually(() => !dana.read(mine).includes('[Withdraw]'));
  await history(nadia, number, '@Dana Okafor withdrew it.');
});

it('is withdrawn by word, with a reason, by nobody but its requester', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  const { number } = await filed(docket, DANA, 'standard');
  const top = await headline(dana, number);
  await jonas.command(`/change withdraw ${number} I want it gone`);
  await jonas.eventually(() =>
    jonas
      .ephemerals()
      .some((m) => jonas.read(m) === `Only @Dana Okafor, who filed ${number}, can withdraw it.`),
  );
  expect(await recorded(docket, number, 'Refused')).toMatchObject([{ code: 'not the requester' }]);

  await dana.command('/change withdraw 1 Not needed *any more*');
  await dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).endsWith('is withdrawn.')));
  await dana.eventually(() => dana.read(top).includes('🚫 Withdrawn'));
  expect(await recorded(docket, number, 'Withdrawn')).toMatchObject([{ words: 'Not needed *any more*' }]);

  await dana.command(`/change withdraw ${number}`);
  await docket.delivery.idle();
  expect(await recorded(docket, number, 'Withdrawn')).toHaveLength(1);
});

it('says how to name a change, and that there is none of that number', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  const said = (words: string) =>
    dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).includes(words)));
  await dana.command('/change withdraw');
  await said('Please say which change, by its number: CR-2026-001.');
  await dana.command('/change withdraw CR-2026-404');
  await said('There is no change CR-2026-404.');
});
