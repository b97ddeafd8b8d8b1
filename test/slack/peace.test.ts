import { expect, it } from 'vitest';
import { handle } from '../../src/engine/handle.ts';
import { setUp } from '../../src/engine/setup.ts';
import { DANA, JONAS, MAYA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import { rejects } from '../change/steps.ts';
import { does } from './carrying-out.ts';
import { GUIDE, openDocket, START } from './open-docket.ts';
import { filed } from './steps.ts';

const LATER = { startsAt: START + 20 * DAY + 14 * HOUR, endsAt: START + 20 * DAY + 15 * HOUR };

it('gives what has been done before its turn came no room among the messages of a day', async () => {
  const { slack, docket } = await openDocket({ policy: { ...GUIDE, messages: { mostPerDay: 6 } } });
  const nadia = slack.as('nadia');
  const cards = () => nadia.dms().filter((dm) => nadia.read(dm).includes('your decision is needed'));
  const files = async (from: number, count: number) => {
    const ids: string[] = [];
    for (let n = from; n < from + count; n++)
      ids.push((await filed(docket, DANA, 'normal', { ...LATER, title: `Change ${n}` })).id);
    await docket.delivery.idle();
    return ids;
  };
  await files(1, 5);
  const overtaken = await files(6, 5);
  await files(11, 5);
  expect(cards()).toHaveLength(5);
  for (const id of overtaken) await handle(docket.world, id, { type: 'Withdraw' }, DANA);

  await slack.clock.advanceTo(START + DAY);
  await nadia.eventually(() => cards().some((card) => nadia.read(card).includes('Change 15')));
  await docket.delivery.idle();
  const shown = cards().map((card) => /Change \d+/.exec(nadia.read(card))?.[0]);
  for (const n of [11, 12, 13, 14, 15]) expect(shown).toContain(`Change ${n}`);
  for (const n of [6, 7, 8, 9, 10]) expect(shown).not.toContain(`Change ${n}`);
});

it('has what somebody is told wait for the next day as well, once theirs is full', async () => {
  const { slack, docket } = await openDocket({ policy: { ...GUIDE, messages: { mostPerDay: 6 } } });
  const dana = slack.as('dana');
  const changes = [];
  for (let n = 1; n <= 4; n++)
    changes.push(await filed(docket, DANA, 'standard', { ...LATER, title: `Change ${n}` }));
  for (const change of changes) await does(docket, change, rejects(JONAS, `No to ${change.number}.`));
  await docket.delivery.idle();
  const told = () => dana.dms().filter((dm) => dana.read(dm).includes('rejected CR-'));
  // The four cards, and one more: the rest of the day's messages is kept for what is late.
  expect([dana.dms().length, told().length]).toEqual([5, 1]);
  await slack.clock.advanceTo(START + DAY);
  await dana.eventually(() => told().length === 4);
});

it('asks for what keeps the process in order while its people work, wherever they live', async () => {
  const { slack, docket } = await openDocket();
  await setUp(docket.world, { roles: { process_improvement: [MAYA] } }, 'docket');
  const maya = slack.as('maya');
  const asked = () =>
    maya.dms().some((dm) => maya.read(dm).includes('Review of the change process, fourth quarter of 2026'));
  // Ten in Berlin on the first working day from the fifteenth on; four at night in New York, where she lives.
  await slack.clock.advanceTo(Date.UTC(2027, 0, 15, 13, 50));
  expect(asked()).toBe(false);
  await slack.clock.advanceTo(Date.UTC(2027, 0, 15, 14, 1));
  await maya.eventually(asked);
});
