import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { COLUMNS } from '../../src/change/export/row.ts';
import { setUp } from '../../src/engine/setup.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Fault, SharedFile } from '../../src/local-slack/protocol.ts';
import { completeness } from '../../src/slack/report/exports.ts';
import { DANA, JONAS, KLAUS, NADIA, OLGA, WEI } from '../change/company.ts';
import * as step from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { carried, does, ready, windTo } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { answer, approves, asked, filed, says, told } from './steps.ts';

type Slack = Awaited<ReturnType<typeof openDocket>>['slack'];

const files = (hand: Hand): SharedFile[] => hand.dms().flatMap((dm) => dm.files ?? []);

/** Waits for the file that is the `n`th of somebody's, and reads it. */
async function fetched(slack: Slack, hand: Hand, n = 1): Promise<{ file: SharedFile; text: string }> {
  const file = await hand.eventually(() => files(hand)[n - 1]);
  return { file, text: await (await fetch(new URL(file.path, slack.url))).text() };
}

/** A table as another program reads it. */
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

onBoth('/change export', (_open, urls) => {
  it('sends the whole record of a change as a document, once, also by the button in the record', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const dana = slack.as('dana');
    const { number } = await filed(docket, DANA, 'standard', { description: '# Not a heading' });
    await approves(slack.as('jonas'));
    const card = await told(dana, 'is approved.');
    expect(await answer(dana, `/change export ${number}`)).toContain(`I am writing all of ${number}`);
    const { file, text } = await fetched(slack, dana);
    expect(file.name).toMatch(/^CR-2026-001-\d+\.md$/);
    expect(text.startsWith(`# Change Request: ${number}\n`)).toBe(true);
    expect(text).toMatch(/- \[x\] Peer review: Jonas Weber \(Peer reviewer\) approved, 2026-11-25 /);
    expect(text).toContain('> \\# Not a heading');
    expect(text).toContain('**Requester:** Dana Okafor');
    expect(dana.read(card)).toContain(number);

    await windTo(slack, slack.clock.now() + 60_000);
    const jonas = slack.as('jonas');
    await answer(jonas, `/change show ${number}`);
    const shown = jonas.ephemerals().at(-1);
    if (!shown) throw new Error('nothing was shown');
    await jonas.press(shown, 'Full record');
    await (await jonas.opened(number)).press('Export');
    expect((await fetched(slack, jonas)).text).toContain('# Change Request');
    await docket.delivery.idle();
    expect(files(dana)).toHaveLength(1);
  });

  it('names the roles that its requester held as it was filed, whatever they hold by now', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const { number } = await filed(docket, WEI, 'standard');
    await windTo(slack, slack.clock.now() + 60_000);
    const roles = { infrastructure_architect: [OLGA], auditor: [WEI] };
    await setUp(docket.world, { roles }, NADIA);
    const dana = slack.as('dana');
    await answer(dana, `/change export ${number}`);
    // The one role is his own, the other came with a user group.
    expect((await fetched(slack, dana)).text).toContain(
      '**Requester:** Wei Zhang (Peer reviewer, Infrastructure architect, Senior engineer)',
    );
  });

  it('sends a list with every change, whatever became of it, that another program can read', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const dana = slack.as('dana');
    const title = '=HYPERLINK("https://evil.example"), "x"\nnew; line';
    await filed(docket, DANA, 'standard', { title, environments: ['staging', 'production'] });
    await approves(slack.as('jonas'));
    const rejected = await filed(docket, KLAUS, 'standard', { title: '@SUM(A1)' });
    await says(slack.as('jonas'), await asked(slack.as('jonas')), 'Reject…', 'Not now.');
    await filed(docket, KLAUS, 'emergency', { title: 'Plain' });
    await told(slack.as('klaus'), 'rejected');

    expect(await answer(dana, '/change export all')).toContain('3 changes');
    const { file, text } = await fetched(slack, dana);
    expect(file.title).toBe('3 changes: all changes');
    const rows = rowsOf(text);
    expect(Object.keys(rows[0] ?? {})).toEqual([...COLUMNS]);
    expect(rows.map(({ number }) => number)).toEqual(['CR-2026-001', 'CR-2026-002', 'CR-2026-003']);
    expect(rows[0]).toMatchObject({
      title: '\'=HYPERLINK("https://evil.example"), "x"\nnew; line',
      environments: 'Staging; Production',
      requester: 'Dana Okafor',
      submitted: expect.stringMatching(/^2026-11-25T\d\d:\d\d:\d\d\.\d{3}Z$/),
      approved: expect.stringMatching(/^2026-11-25T/),
      approvers: expect.stringMatching(/^Jonas Weber \(Peer reviewer\) 2026-/),
    });
    expect(rows[1]).toMatchObject({ id: rejected.id, title: "'@SUM(A1)", status: 'rejected', approved: '' });
    expect(rows[1]?.ended).toMatch(/^2026-11-25T/);
    expect(rows[2]).toMatchObject({ emergency: 'yes', implementation_start: '' });
    const comment = dana.dms().findLast((dm) => dm.files)?.text ?? '';
    expect(comment).toContain('*3 rows*: all changes');
    expect(comment).toContain('none is missing (changes on record of the highest number: 2026: 3 of 3)');

    await answer(dana, '/change export mine');
    expect(rowsOf((await fetched(slack, dana, 2)).text)).toHaveLength(1);
    await answer(dana, '/change export 2026-11');
    expect(rowsOf((await fetched(slack, dana, 3)).text)).toHaveLength(3);
    await answer(dana, '/change export 2026-W01');
    expect(rowsOf((await fetched(slack, dana, 4)).text)).toEqual([]);
  });
});

it('calls channels by their names, as Slack does now, and by their ids where it does not know them', async () => {
  const { slack, docket } = await openDocket();
  const channels = { stakeholderChannels: ['C02CABBOARD', 'C02GONE0000'] };
  const { number } = await filed(docket, DANA, 'normal', channels);
  await answer(slack.as('dana'), `/change export ${number}`);
  const { text } = await fetched(slack, slack.as('dana'));
  expect(text).toContain('#cab, C02GONE0000');
});

it('shows in the table who carried it out and who verified it, and when', async () => {
  const { slack, docket } = await openDocket();
  const change = await ready(slack, docket, KLAUS);
  await does(docket, change, step.starts(KLAUS));
  await carried(slack.as('klaus'));
  await does(docket, change, step.finishes(KLAUS), step.verifies(JONAS));
  await answer(slack.as('dana'), '/change export all');
  const [row] = rowsOf((await fetched(slack, slack.as('dana'))).text);
  expect(row).toMatchObject({ implementer: 'Klaus Richter', verifier: 'Jonas Weber', outcome: 'success' });
  expect([row?.implementation_start, row?.implementation_end, row?.verified]).toEqual(
    Array.from({ length: 3 }, () => expect.stringMatching(/^2026-11-26T/)),
  );
});

it.each([
  { on: 'method', method: 'files.completeUploadExternal', answer: 'lost', times: 1 },
  { on: 'method', method: 'upload', answer: 'lost', times: 1 },
  {
    on: 'method',
    method: 'files.getUploadURLExternal',
    answer: 'ratelimited',
    retryAfterSeconds: 20,
    times: 1,
  },
  { on: 'method', method: 'files.completeUploadExternal', answer: 'status', status: 503, times: 2 },
] satisfies Fault[])('comes once although $method answers $answer', async (fault) => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await docket.delivery.idle();
  await slack.act({ as: DANA, verb: 'fault', fault });
  await answer(dana, `/change export ${number}`);
  await dana.eventually(() => slack.calls(fault.method).length === 1);
  for (let n = 0; n < 3; n++) {
    await docket.delivery.idle();
    await windTo(slack, slack.clock.now() + 60_000);
  }
  await docket.delivery.idle();
  expect(files(dana)).toHaveLength(1);
});

it('says so where Slack takes no files, and gives what was asked for twice in one breath once', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await Promise.all([1, 2].map(() => dana.command(`/change export ${number}`, { in: 'changes' })));
  await fetched(slack, dana);
  await docket.delivery.idle();
  expect(files(dana)).toHaveLength(1);
  await windTo(slack, slack.clock.now() + 60_000);
  const method = 'files.getUploadURLExternal';
  const off = { on: 'method', method, answer: 'error', code: 'file_uploads_disabled', times: 1 } as const;
  await slack.act({ as: DANA, verb: 'fault', fault: off });
  await answer(dana, `/change export ${number}`);
  await told(dana, 'Slack does not take files from me here (file_uploads_disabled)');
});

it('says what can be exported, and to whom', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await filed(docket, DANA, 'standard');
  for (const words of ['', ' everything', ' 2026-W60', ' ../../etc'])
    expect(await answer(dana, `/change export${words}`)).toContain('Please say what to export');
  for (const [words, none] of [
    ['2026-13', 'There is no month 2026-13. Please say what to export'],
    ['2026-00', 'There is no month 2026-00. Please say what to export'],
    ['2026-w60', 'There is no week 2026-W60. Please say what to export'],
  ])
    expect(await answer(dana, `/change export ${words}`)).toContain(none);
  expect(await answer(dana, '/change export 2026-01')).toContain('changes submitted in 2026-01');
  expect(await answer(dana, '/change export CR-2026-999')).toContain('There is no change CR-2026-999');
  expect(await answer(slack.as('leo'), '/change export all')).toContain('guests cannot');
  expect(await answer(slack.as('leo'), '/change export CR-2026-001')).toContain('guests cannot');
  await docket.delivery.idle();
  expect(files(slack.as('leo'))).toEqual([]);
});

it('says which numbers are missing', () => {
  const years = [
    { year: 2025, count: 4, highest: 4 },
    { year: 2026, count: 8, highest: 9 },
  ];
  const words = completeness({ which: 'all', title: 'all changes' }, 12, years, 0);
  expect(words).toContain('⚠️ Numbers are missing');
  expect(words).toContain('2025: 4 of 4; 2026: 8 of 9');
});
