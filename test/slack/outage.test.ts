import { expect, it } from 'vitest';
import { handle } from '../../src/engine/handle.ts';
import { DANA, JONAS } from '../change/company.ts';
import { seenNow } from '../change/steps.ts';
import { openDocket, STANDING } from './open-docket.ts';
import { asked, filed, headline, told } from './steps.ts';

const HOUR = 3_600_000;

// Two hundred and forty times it is found out whether Slack is back.
it('drains four hours of outage without a flood: what was overtaken is not said, the rest of a thread at once', {
  timeout: 60_000,
}, async () => {
  const { slack, docket } = await openDocket({ postEvery: 1_000, misbehaving: { base: STANDING } });
  const wind = (by: number) => slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + by });
  await slack.act({
    as: DANA,
    verb: 'fault',
    fault: { on: 'method', method: '*', answer: 'status', status: 503 },
  });
  const gone = await filed(docket, DANA, 'standard', { title: 'Withdrawn meanwhile' });
  const decided = await filed(docket, DANA, 'standard', { title: 'Rejected meanwhile' });
  const open = await filed(docket, DANA, 'standard', { title: 'Still to decide' });
  await wind(HOUR);
  await handle(docket.world, gone.id, { type: 'Withdraw' }, DANA);
  await handle(
    docket.world,
    decided.id,
    { type: 'Decide', verdict: 'reject', seen: seenNow(decided), words: 'Not this week.' },
    JONAS,
  );
  await wind(3 * HOUR);
  const during = slack.calls().length;
  // By twenty deliveries that find out once a minute each, it would be thousands.
  expect(during).toBeLessThan(400);

  await slack.act({ as: DANA, verb: 'clearFaults' });
  await wind(2 * 60_000);
  await docket.delivery.idle();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  expect(jonas.read(await asked(jonas))).toContain('Still to decide');
  expect(jonas.dms().filter((dm) => /Withdrawn meanwhile|Rejected meanwhile/.test(jonas.read(dm)))).toEqual(
    [],
  );
  for (const { number } of [gone, decided, open])
    expect(dana.thread(await headline(dana, number)).length, number).toBe(1);
  const [story] = dana.thread(await headline(dana, decided.number));
  expect(story && dana.read(story)).toMatch(/Automatic check passed.*asked.*Not this week.*is rejected/s);
  await told(dana, `rejected ${decided.number}`);
  const times = slack
    .calls('chat.postMessage')
    .filter(({ answer, args }) => answer === 'ok' && args.channel === 'C02CHANGES2')
    .map(({ at }) => at);
  expect(times).toHaveLength(6);
  expect(times.slice(1).every((at, n) => at - (times[n] ?? 0) >= 1_000)).toBe(true);
});
