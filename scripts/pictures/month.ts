import type { LocalSlack } from '../../src/local-slack/server.ts';
import type { Docket } from '../../src/start.ts';
import { DANA, JONAS, KLAUS, MAYA, OLGA } from '../../test/change/company.ts';
import { DAY, HOUR } from '../../test/change/proposals.ts';
import * as step from '../../test/change/steps.ts';
import { START } from '../../test/slack/answers.ts';
import { does, windTo } from '../../test/slack/carrying-out.ts';
import { filed } from '../../test/slack/steps.ts';

const WEEK = 7 * DAY;
/** What is filed in a week, how it ends, and how content Dana is with it. */
const WEEKS: readonly (readonly [title: string, system: string, end: step.Step, score: number])[][] = [
  [
    ['Rotate the TLS certificates', 'load_balancer', step.finishes(MAYA), 5],
    ['Add an index for refunds', 'database', step.finishes(MAYA), 4],
    ['Raise the memory of search', 'search', step.rollsBack(MAYA, 'Slower than before.'), 2],
  ],
  [
    ['New template for receipts', 'notifications', step.finishes(MAYA), 4],
    ['Update the base images', 'kubernetes', step.finishes(MAYA, 'partial', 'One pool is left.'), 3],
    ['Move logs to the new cluster', 'kubernetes', step.finishes(MAYA), 5],
    ['Rename a queue', 'payments', step.finishes(MAYA), 5],
  ],
  [
    ['Clear the cache at night', 'cache', step.finishes(MAYA), 4],
    [
      'New partner for hotels',
      'booking_api',
      step.finishes(MAYA, 'failed', 'Their certificate had ended.'),
      2,
    ],
    ['Rotate the API keys', 'payments', step.finishes(MAYA), 5],
  ],
  [
    ['Shorter sessions on kiosks', 'identity', step.finishes(MAYA), 4],
    ['Archive bookings of 2019', 'database', step.finishes(MAYA), 5],
    ['Scale booking for the holidays', 'booking_web', step.finishes(MAYA), 5],
    ['Quieter push messages', 'mobile_apps', step.finishes(MAYA), 4],
    ['Replace a load balancer', 'load_balancer', step.rollsBack(MAYA, 'Its health checks failed.'), 3],
  ],
];

/** Lets a month go by in which changes end well and badly, so that a report has something to tell; ends on a Monday. */
export async function month(slack: LocalSlack, docket: Docket): Promise<void> {
  for (const [n, week] of WEEKS.entries()) {
    const monday = START + 5 * DAY + n * WEEK;
    await windTo(slack, monday);
    for (const [k, [title, system, end, score]] of week.entries()) {
      const startsAt = monday + (k + 1) * DAY - 11 * HOUR;
      const window = { startsAt, endsAt: startsAt + HOUR, systems: [system] };
      const change = await filed(docket, DANA, 'standard', { title, implementer: MAYA, ...window });
      const ready = [step.approves(JONAS), step.recordsTests(MAYA), step.prepares(MAYA)];
      await does(docket, change, ...ready);
      await windTo(slack, startsAt);
      await does(docket, change, step.starts(MAYA));
      await windTo(slack, startsAt + (20 + 15 * k) * 60_000);
      const { status } = await does(docket, change, end, step.verifies(OLGA));
      await does(
        docket,
        change,
        ...(status === 'closed' ? [] : [step.looksBack(DANA)]),
        step.rates(DANA, score),
      );
    }
  }
  const urgent = await filed(docket, JONAS, 'emergency', { implementer: MAYA });
  const agreed = [MAYA, OLGA, KLAUS].map((one) => step.approves(one));
  const minimal = [step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA), step.finishes(MAYA)];
  await does(docket, urgent, ...agreed, ...minimal, step.verifies(OLGA));
  await windTo(slack, START + 5 * DAY + WEEKS.length * WEEK);
}
