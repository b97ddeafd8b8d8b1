import { expect, it } from 'vitest';
import { fold } from '../../src/change/evolve.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import { changeByNumber } from '../../src/db/changes.ts';
import type { Docket } from '../../src/start.ts';
import { JONAS } from '../change/company.ts';
import { STANDARD } from './answers.ts';
import { openDocket } from './open-docket.ts';
import { asked, files, recordOf } from './steps.ts';

it('records by what in Slack people did something, and of what follows by itself only that it did', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];

  const first = await files(dana, 'standard', STANDARD);
  await jonas.press(await asked(jonas), 'Approve');
  await happened(docket, first, 'Scheduled');
  expect((await recordOf(docket, first)).map(({ type, by, via }) => [type, by === 'docket', via])).toEqual([
    ['Submitted', false, 'form'],
    ['CriteriaChecked', true, undefined],
    ['StageOpened', true, undefined],
    ['Decided', false, 'button'],
    ['StagePassed', true, undefined],
    ['ChangeApproved', true, undefined],
    ['Scheduled', true, undefined],
  ]);

  const second = await files(dana, 'standard', { ...STANDARD, Title: 'Rotate them again' });
  await jonas.openHome();
  await jonas.eventually(() => jonas.home().text().includes(second));
  await jonas.home().press('Approve');
  expect(await happened(docket, second, 'Decided')).toMatchObject({ by: JONAS, via: 'Home' });

  const third = await files(dana, 'standard', { ...STANDARD, Title: 'Rotate them once more' });
  await dana.command(`/change withdraw ${third} It was a mistake.`);
  expect(await happened(docket, third, 'Withdrawn')).toMatchObject({ via: 'command' });
});

it('keeps of a decision what its event says, also by what it was done', async () => {
  const { slack, docket } = await openDocket();
  const number = await files(slack.as('dana'), 'standard', STANDARD);
  await slack.as('jonas').press(await asked(slack.as('jonas')), 'Approve');
  await happened(docket, number, 'Decided');
  const kept = await changeByNumber(docket.world.db, number);
  expect(kept?.decisions).toMatchObject([{ by: JONAS, via: 'button' }]);
  expect(kept).toEqual(fold(kept?.id ?? '', await recordOf(docket, number)));
});

/** Waits for an event of a change, and gives it. */
async function happened(docket: Docket, number: string, type: ChangeEvent['type']) {
  const find = async () => (await recordOf(docket, number)).find((event) => event.type === type);
  await expect.poll(find).toBeDefined();
  return find();
}
