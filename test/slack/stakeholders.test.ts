import { expect, it } from 'vitest';
import { DANA, guide, MAYA } from '../change/company.ts';
import { risky } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { carried, does, ready, toVerify, WINDOW, windTo } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { approves, filed, told } from './steps.ts';

it('tells the people and channels of the communication plan, and says where it may not speak', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam, grace] = [slack.as('dana'), slack.as('sam'), slack.as('grace')];
  const change = await filed(docket, DANA, 'normal', {
    ...{ implementer: MAYA, stakeholders: ['U02SAM00014'] },
    ...{ downtimeMinutes: 5, riskAnswers: { ...risky.low, downtime: 'short' } },
    stakeholderChannels: ['C02CABBOARD', 'C02GENERAL1'],
  });
  for (const who of ['nadia', 'priya', 'tomas']) await approves(slack.as(who));
  for (const who of ['priya', 'wei', 'grace', 'lucia'])
    await approves(slack.as(who), 'Change Advisory Board');
  const news = await told(sam, 'is scheduled. @Maya Cohen carries it out');
  expect(sam.read(news)).toContain('Downtime: 5 minutes.');
  expect(sam.read(news)).toContain('None expected.');
  const inCab = (words: string) =>
    grace.eventually(() => grace.messages('cab').find((each) => grace.read(each).includes(words)));
  await inCab('is scheduled. @Maya Cohen carries it out');
  await told(dana, 'I could not tell #general, because I am not in there.');
  await windTo(slack, WINDOW);
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  await told(sam, 'started it');
  await inCab('started it');
  await does(docket, change, step.rollsBack(MAYA, 'Too slow.'));
  await told(sam, 'rolled it back');
  await inCab('rolled it back');
  await docket.delivery.idle();
  expect(sam.dms()).toHaveLength(3);
  expect(grace.messages('cab').filter((each) => grace.read(each).includes(change.number))).toHaveLength(3);
});

it('links the dashboards of its systems and category for who carries it out and who verifies', async () => {
  const policy = guide(
    (yaml) =>
      `${yaml}
dashboards:
  all: { title: Overview, url: "https://grafana.example.com/d/all" }
  balancers: { title: Load balancers, url: "https://grafana.example.com/d/lb", systems: [load_balancer] }
  payments: { title: Payments, url: "https://grafana.example.com/d/pay", systems: [payments] }
  outage: { title: Outage room, url: "https://status.example.com", categories: [emergency] }
`,
  );
  const { slack, docket } = await openDocket({ policy });
  const [maya, jonas] = [slack.as('maya'), slack.as('jonas')];
  const change = await ready(slack, docket, MAYA);
  const card = await carried(maya);
  const links =
    'Dashboards: Overview https://grafana.example.com/d/all  ·  Load balancers https://grafana.example.com/d/lb';
  expect(maya.read(card)).toContain(links);
  expect(maya.read(card)).not.toMatch(/Payments|Outage/);
  await does(docket, change, step.starts(MAYA), step.finishes(MAYA));
  expect(jonas.read(await toVerify(jonas, { slack, docket }))).toContain(links);
});

it('refuses a policy with a dashboard of no system', () => {
  const broken = 'dashboards: { x: { title: X, url: "https://x.example.com", systems: [moon] } }';
  expect(() => guide((yaml) => `${yaml}\n${broken}\n`)).toThrow(/there is no system moon/);
});
