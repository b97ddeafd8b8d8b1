import { expect, it } from 'vitest';
import { handleTemplate, TEMPLATE } from '../../src/engine/catalogue.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { DANA, KLAUS, MAYA, NADIA, OLGA, PRIYA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, ready } from './carrying-out.ts';
import { GUIDE, openDocket, START } from './open-docket.ts';
import { approves, asked, filed } from './steps.ts';

const DIGEST: Policy = {
  ...GUIDE,
  posts: { ...GUIDE.posts, digest: { at: '0 9 * * *', dayOff: 'left out', skipAfterHours: 6 } },
};
const LATER = { startsAt: START + 20 * DAY + 14 * HOUR, endsAt: START + 20 * DAY + 15 * HOUR };

const digests = (hand: Hand) => hand.dms().filter((dm) => hand.read(dm).includes('Your day in changes'));
const reminders = (hand: Hand) =>
  hand.dms().filter((dm) => hand.read(dm).includes('still waits for you, until'));
const hours = (hand: Hand) =>
  digests(hand).map(({ ts }) => new Date(Number(ts) * 1000).toISOString().slice(8, 16));

it('says in one message in the morning of everybody’s own zone what waits for them, instead of single reminders', async () => {
  const { slack, docket, log } = await openDocket({ policy: DIGEST });
  const [nadia, priya, grace] = [slack.as('nadia'), slack.as('priya'), slack.as('grace')];
  const { number } = await filed(docket, DANA, 'normal', LATER);
  await approves(nadia);
  await asked(priya);
  // Thursday to Monday: Priya lives in Kolkata, four and a half hours ahead of the company.
  await slack.clock.advanceTo(START + 5 * DAY);
  await priya.eventually(() => digests(priya).length === 3);
  expect(hours(priya)).toEqual(['26T03:30', '27T03:30', '30T03:30']);
  const [first] = digests(priya);
  expect(priya.read(first ?? expect.fail())).toContain(`${number} `);
  expect(priya.read(first ?? expect.fail())).toContain('1 change to decide');
  expect(reminders(priya)).toEqual([]);
  expect(digests(grace)).toEqual([]);
  expect(await priya.press(first ?? expect.fail(), 'Decide several…')).toEqual({ ok: true });
  await priya.eventually(() => priya.ephemerals().some((each) => priya.read(each).includes(number)));
  expect(log).toEqual([]);
});

it('lets nobody have more messages on a day than the policy says; the rest comes on the next, emergencies at once', async () => {
  const { slack, docket } = await openDocket({
    policy: { ...DIGEST, messages: { mostPerDay: 6 } },
    roles: { ...LOCAL_ROLES, designated_approver: [NADIA] },
  });
  const nadia = slack.as('nadia');
  for (let n = 0; n < 9; n++) await filed(docket, DANA, 'normal', { ...LATER, title: `Change ${n}` });
  const cards = () => nadia.dms().filter((dm) => nadia.read(dm).includes('your decision is needed'));
  await nadia.eventually(() => cards().length === 5);
  await docket.delivery.idle();
  expect(cards()).toHaveLength(5);
  const klaus = slack.as('klaus');
  await filed(docket, PRIYA, 'emergency');
  await asked(nadia, 'Expedited approval');
  await asked(klaus);
  await slack.clock.advanceTo(START + 23.5 * HOUR);
  await nadia.eventually(() => cards().length >= 10);
  expect(nadia.read(digests(nadia)[0] ?? expect.fail())).toContain('10 changes to decide');
});

it('says of each what is to be done with it, and what of the catalogue waits for a vote', async () => {
  const { slack, docket } = await openDocket({ policy: DIGEST });
  const [priya, olga] = [slack.as('priya'), slack.as('olga')];
  const good = await ready(slack, docket, DANA);
  await does(docket, good, step.starts(DANA), step.finishes(DANA), step.verifies(OLGA));
  const other = await filed(docket, DANA, 'emergency', { implementer: MAYA });
  await does(docket, other, ...[MAYA, OLGA, KLAUS].map((one) => step.approves(one)));
  await does(
    docket,
    other,
    step.recordsTests(MAYA),
    step.prepares(MAYA),
    step.starts(MAYA),
    step.finishes(MAYA),
  );
  await handleTemplate(
    ...([docket.world, `${TEMPLATE}1`] as const),
    {
      ...{ type: 'Propose', change: good.id, title: 'Rotate an API key', use: 'Every quarter.' },
      locked: ['description', 'systems', 'successCriteria', 'rollbackSteps'],
    },
    DANA,
  );
  await slack.clock.advanceTo(docket.world.clock.now() + DAY);
  const last = (hand: Hand) => hand.read(digests(hand).at(-1) ?? expect.fail());
  await priya.eventually(() => last(priya).includes('1 template to vote on'));
  expect(last(priya)).toContain('📗 Rotate an API key, version 1, for the catalogue, by ');
  expect(last(priya)).toContain(`Review it for the board: ${other.number} `);
  await olga.eventually(() => last(olga).includes(`Verify the result: ${other.number} `));
});
