import { expect, it } from 'vitest';
import type { Change } from '../../src/change/types.ts';
import { headOf } from '../../src/db/audit.ts';
import { periodMarkdown } from '../../src/engine/period-markdown.ts';
import { makeReport, periodBack } from '../../src/engine/reports.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import type { Docket } from '../../src/start.ts';
import { DANA, JONAS, MAYA, OLGA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, WINDOW, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { filed, recorded } from './steps.ts';

/** The Monday after the tests' Wednesday, at nine in Berlin. */
const MONDAY = Date.UTC(2026, 10, 30, 8);

/** One change for each way to end, some of them filed and not carried out. */
async function allEndings(slack: LocalSlack, docket: Docket): Promise<Change[]> {
  const file = async (title: string, ...steps: step.Step[]) =>
    does(docket, await filed(docket, DANA, 'standard', { implementer: MAYA, title }), ...steps);
  const ready = [step.approves(JONAS), step.recordsTests(MAYA), step.prepares(MAYA)];
  const all = [
    await file('Goes well', ...ready),
    await file('Goes half', ...ready),
    await file('Breaks <!channel>', ...ready),
    await file('Goes back', ...ready),
    await file('Too risky', step.rejects(JONAS, 'Not before the holidays.')),
    await file('Not needed', step.withdraws(DANA)),
    await file('Called off', step.approves(JONAS), step.cancels(DANA)),
  ];
  await windTo(slack, WINDOW);
  const [well, half, breaks, back] = all;
  if (!well || !half || !breaks || !back) throw new Error('they were filed');
  await does(
    docket,
    well,
    step.starts(MAYA),
    step.finishes(MAYA),
    step.verifies(OLGA),
    step.rates(DANA, 4, 'Quick.'),
  );
  await does(docket, half, step.starts(MAYA), step.finishes(MAYA, 'partial', 'One left.'));
  await does(docket, breaks, step.starts(MAYA), step.finishes(MAYA, 'failed', 'It *broke*.'));
  await does(docket, back, step.starts(MAYA), step.rollsBack(MAYA, 'Errors.'));
  await does(docket, breaks, step.finds(OLGA, 'defect', 'f-1', { severity: 'critical' }));
  return all;
}

it('reports the week on Monday morning in #changes, once, with everything that happened and the head of the record', async () => {
  const { slack, docket } = await openDocket();
  const changes = await allEndings(slack, docket);
  const dana = slack.as('dana');
  const reports = (): Message[] =>
    dana
      .messages('changes')
      .filter((message) => dana.read(message).includes('Weekly change report: Week 48, 2026'));
  await windTo(slack, MONDAY - HOUR);
  expect(reports()).toEqual([]);
  await windTo(slack, MONDAY);
  const [posted] = (await dana.eventually(() => (reports().length > 0 ? reports() : undefined))) ?? [];
  if (!posted) throw new Error('nothing was posted');
  const text = dana.read(posted);
  expect(text).toContain('Total changes: 4');
  expect(text).toContain(
    'Successful: 1 (25 %) · Partial: 1 (25 %) · Failed: 1 (25 %) · Rolled back: 1 (25 %)',
  );
  expect(text).toContain('7 requests filed.');
  expect(text).toContain('Standard: 4 (100 %)');
  expect(text).toContain(`${changes[2]?.number} Breaks <!channel>: failed, It *broke*.`);
  expect(text).toContain(`${changes[4]?.number} Too risky: rejected, Not before the holidays.`);
  expect(text).toContain('1 critical finding was logged.');
  expect(text).toContain('2 changes failed or were rolled back, on');
  // What was partial counts as neither, so nothing says that it was without success.
  expect(text).toContain('4 changes, 2 failed or rolled back');
  expect(text).toContain('2 of 4 changes failed or were rolled back. Look at how they are tested');
  expect(text).not.toMatch(/did not succeed|without success/);
  expect(text).toMatch(/User satisfaction.*4 of 5 \(1 rating\)/s);
  const head = await headOf(docket.world.db, Date.UTC(2026, 10, 29, 23));
  expect(text).toContain(
    `npm run audit:verify -- --head "${new Date(head.until).toISOString()} ${head.events} ${head.digest}"`,
  );
  expect(text).toContain('shows whether anything that was recorded until then has been altered since.');
  expect(text).toMatch(/Post-implementation defects.*1 \(on 1 of 4 changes\)/s);
  expect(text).toMatch(/\(4 of 4 changes ended within their windows\)/);
  expect(text).toMatch(/\(mean of 6; median .*, 90 % within .*\)/);
  expect(posted.text).toContain('Change success rate: 25 % (1 of 4)');
  await windTo(slack, MONDAY + 6 * DAY);
  await docket.delivery.idle();
  expect(reports()).toHaveLength(1);

  await windTo(slack, MONDAY + 7 * DAY);
  const empty = await dana.eventually(() =>
    dana.messages('changes').find((message) => dana.read(message).includes('Week 49, 2026')),
  );
  if (!empty) throw new Error('nothing was posted');
  expect(dana.read(empty)).toContain('No changes were carried out this week, and nothing was filed.');
  expect(dana.read(empty)).not.toContain('NaN');
  const monthly = dana
    .messages('changes')
    .find((message) => dana.read(message).includes('report: November 2026'));
  expect(monthly && dana.read(monthly)).toContain('Monthly change report: November 2026');
  expect(await recorded(docket, changes[0]?.number ?? '', 'Rated')).toHaveLength(1);
}, 60_000);

it('says which changes were not started in their windows, by the week in which these ended', async () => {
  const { slack, docket } = await openDocket();
  const file = async (title: string, ...steps: step.Step[]) =>
    does(docket, await filed(docket, DANA, 'standard', { implementer: MAYA, title }), ...steps);
  const forgotten = await file('Forgotten', step.approves(JONAS));
  await file('Called off', step.approves(JONAS), step.cancels(DANA));
  const late = await file('Called off late', step.approves(JONAS));
  await file('Never approved');
  await windTo(slack, MONDAY - 2 * HOUR);
  await does(docket, late, step.cancels(DANA));
  await windTo(slack, MONDAY);
  const dana = slack.as('dana');
  const posted = await dana.eventually(() =>
    dana.messages('changes').find((message) => dana.read(message).includes('Weekly change report: Week 48')),
  );
  const text = posted ? dana.read(posted) : '';
  expect(text).toContain('No changes were carried out this week');
  expect(text).toContain('2 changes were not started in their windows.');
  expect(text).toContain(`${forgotten.number} Forgotten: not started in its window`);
  expect(text).toContain(`${late.number} Called off late: not started in its window`);
  expect(text).not.toContain('Never approved: not started');
  const { world } = docket;
  const report = await makeReport(world, 'week', periodBack(world, 'week', 1));
  expect(periodMarkdown(report, world.policy, String)).toContain(
    `${forgotten.number} Forgotten: not started`,
  );
  // Straight from the events: approved, never started, and without its place since its window was over.
  const lives = await Promise.all(
    [forgotten, late].map(({ number }) => recorded(docket, number, 'Unscheduled')),
  );
  expect(lives.every((all) => all.length === 1)).toBe(true);
  expect((await makeReport(world, 'week', periodBack(world, 'week', 2))).missed).toEqual({ n: 0, named: [] });

  // What is late is so now, and says nothing of a week that the next one has followed.
  expect(report.late).not.toEqual([]);
  expect((await makeReport(world, 'week', periodBack(world, 'week', 2))).late).toEqual([]);

  // Whoever moves the window afterwards, or gives it up, alters nothing of the week that was reported.
  const moved = START + 37 * HOUR + 7 * DAY;
  await does(docket, forgotten, step.schedules(DANA, moved, moved + 2 * HOUR));
  const again = await makeReport(world, 'week', periodBack(world, 'week', 1));
  expect(again.missed).toEqual(report.missed);
  await does(docket, forgotten, step.withdraws(DANA));
  expect((await makeReport(world, 'week', periodBack(world, 'week', 1))).missed?.n).toBe(2);
  expect((await makeReport(world, 'week', periodBack(world, 'week', 0))).missed?.n).toBe(0);
}, 60_000);

it('gives anybody any week or month at any time, and says how to ask for one', async () => {
  const { slack, docket } = await openDocket();
  await allEndings(slack, docket);
  await windTo(slack, START + 6 * DAY);
  const sam = slack.as('sam');
  const answer = async (words: string, wanted: string) => {
    await sam.command(`/change report ${words}`, { in: 'changes' });
    const found = await sam.eventually(() =>
      sam.ephemerals().find((each) => sam.read(each).includes(wanted)),
    );
    if (!found) throw new Error(`no answer to ${words}`);
    return found;
  };
  const now = await answer('', 'Week 49, 2026');
  expect(sam.read(now)).toContain('not over yet');
  const last = await answer('week back 1', 'Week 48, 2026');
  expect(sam.read(last)).toContain('Total changes: 4');
  expect(sam.read(last)).toContain('Upcoming changes');
  expect(await sam.press(last, 'The week before')).toEqual({ ok: true });
  const older = await sam.eventually(() =>
    sam.ephemerals().find((each) => sam.read(each).includes('Week 47, 2026')),
  );
  // What is planned now did not follow that week.
  expect(older && sam.read(older)).not.toContain('Upcoming changes');
  const { world } = docket;
  const past = await makeReport(world, 'week', periodBack(world, 'week', 2));
  expect(periodMarkdown(past, world.policy, String)).not.toContain('Upcoming Changes');
  // Nor are the action items of today its own.
  expect(periodMarkdown(past, world.policy, String)).toContain('- Action items now: 0 open, 0 overdue');
  const month = await answer('last month', 'report: November 2026');
  expect(sam.read(month)).toContain('1 person: 4★ 1');
  expect(sam.read(month)).toContain('• No action items are open.');
  expect(sam.read(await answer('month back 2', 'October 2026'))).toContain('• No action items are open now.');
  for (const [button, name, inside] of [
    ['Markdown', 'report-2026-W48', '# Weekly Change Management Report - Week 48, 2026'],
    ['CSV', 'report-2026-W48', '2026-W48,success_rate,Process,Change success rate,0.25,rate,25 % (1 of 4)'],
  ] as const) {
    expect(await sam.press(last, button)).toEqual({ ok: true });
    const file = await sam.eventually(() =>
      sam
        .dms()
        .flatMap(({ files = [] }) => files)
        .find((each) => each.name.startsWith(name) && each.name.endsWith(button === 'CSV' ? '.csv' : '.md')),
    );
    const text = await (await fetch(new URL(file?.path ?? '', slack.url))).text();
    expect(text).toContain(inside);
  }
  expect(await sam.press(last, 'Picture')).toEqual({ ok: true });
  const drawn = await sam.eventually(() =>
    sam
      .dms()
      .flatMap(({ files = [] }) => files)
      .find(({ picture }) => picture),
  );
  expect(drawn?.picture?.alt).toContain('Failed: W44 0, W45 0, W46 0, W47 0, W48 1.');
  expect(drawn?.picture?.alt).toContain('Changes by category: Standard 4.');
  const picture = Buffer.from(await (await fetch(new URL(drawn?.path ?? '', slack.url))).arrayBuffer());
  expect(sizeOf(picture)).toEqual({ width: 2560, height: 800 });
  expect(sam.read(await answer('week back 48', 'Week 1, 2026'))).not.toContain('[Picture]');
  await answer('fortnight', 'or how many of them back');
}, 60_000);

/** How large a PNG says that it is. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
