import { describe, expect, test } from 'vitest';
import { COLUMNS, exportRow } from '../../src/change/export/row.ts';
import { inlineMarkdown } from '../../src/change/markdown.ts';
import { reportMarkdown } from '../../src/change/report/markdown.ts';
import { reportOf, spell } from '../../src/change/report.ts';
import { searchWords } from '../../src/change/search-words.ts';
import { signOffOf } from '../../src/change/sign-off.ts';
import type { Change } from '../../src/change/types.ts';
import { DANA, GRACE, GUIDE, LUCIA, NADIA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { HOUR, MINUTE, standard } from './proposals.ts';
import {
  addsAction,
  approvedNormal,
  cancels,
  expires,
  filesNormal,
  finishes,
  looksBack,
  notes,
  prepares,
  readyToStart,
  recordsTests,
  rollsBack,
  type Step,
  starts,
  ticks,
  verifies,
} from './steps.ts';

const startsAt = standard().startsAt ?? 0;
const opened = (...steps: Step[]): Given => {
  const story = given(...steps);
  return story.later(startsAt + 10 * MINUTE - story.at);
};
const normal = goesOn(
  opened(...approvedNormal, recordsTests(DANA), prepares(DANA)),
  ...[starts(DANA, 'canary'), ticks(DANA, 0, 1), notes(DANA, 'The replica lagged; waited.')],
);
const reportFrom = ({ change }: { change: Change }) => reportOf(change) ?? expect.fail('there is no report');
const measured = {
  metrics: {
    response_time: { before: ' 210 ms ', after: '190 ms' },
    error_rate: { after: ' ' },
    nonsense: {},
  },
  impact: { user: 'Search was slow for a minute.', system: ' ' },
};

describe('the implementation report', () => {
  test('is there once it has been carried out', () => {
    expect(reportOf(given(filesNormal).change)).toBeUndefined();
    expect(reportOf(normal.change)).toBeUndefined();
    expect(reportFrom(normal.when(finishes(DANA)))).toMatchObject({ outcome: 'success' });
    expect(reportFrom(normal.when(rollsBack(DANA, 'Slow.')))).toMatchObject({
      ...{ outcome: 'rolled back', words: 'Slow.' },
    });
  });

  test('is built from what is on record', () => {
    const end = goesOn(normal.later(30 * MINUTE), finishes(DANA, 'partial', 'Half of the months.'));
    const closed = goesOn(
      end,
      ...[verifies(WEI, undefined, undefined, measured), addsAction(DANA, SAM), looksBack(DANA)],
    );
    const report = reportFrom(closed);
    expect(report).toMatchObject({
      title: 'Split the bookings table by month',
      duration: { actual: 33, planned: 120 },
      words: 'Half of the months.',
      issues: [{ by: DANA, words: 'The replica lagged; waited.' }],
      metrics: [
        { title: 'Response time', before: '210 ms', after: '190 ms' },
        { title: 'Error rate' },
        { title: 'Resource usage' },
        { title: 'Business metric, as bookings an hour' },
      ],
      impact: [
        { what: 'User impact', expected: 'None expected.', actual: 'Search was slow for a minute.' },
        { what: 'System impact', expected: 'Heavy writes for 20 minutes.' },
        { what: 'Business impact', expected: 'Faster search for agents.' },
      ],
      learnt: { wentWell: 'The rehearsal.', toImprove: 'Tell support earlier.' },
      actions: [{ owner: SAM }],
    });
    expect(report.steps.filter(({ done }) => done)).toHaveLength(2);
    expect(report.tests).toHaveLength(8);
    expect(report.tests[0]).toEqual({ title: 'Unit tests (automated)', result: 'pass' });
    expect(report.metrics[1]).toEqual({ title: 'Error rate' });
    expect(report.impact[1]).not.toHaveProperty('actual');
  });
});

describe('deviations from the plan', () => {
  const running = goesOn(opened(...readyToStart), starts(DANA));
  const all = goesOn(running, ticks(DANA, 0, 1, 2, 3));

  test('none, where it went as planned', () => {
    expect(reportFrom(goesOn(all, finishes(DANA), verifies(WEI))).deviations).toEqual([]);
  });

  test('the window, the duration, open steps, failed tests and open checks', () => {
    const failed: Step = (_, at) => ({
      ...{
        type: 'RecordTests',
        by: DANA,
        at,
        tests: [{ test: 'basic', result: 'fail', environment: 'Staging' }],
      },
    });
    const late = goesOn(running.later(2.5 * HOUR), failed, finishes(DANA), verifies(WEI, [], 'Later.'));
    expect(reportFrom(late).deviations).toEqual([
      'Ended 42 minutes after its window.',
      'Took 2 h 32 min instead of 2 h.',
      'Steps left open: Deployed to staging, Validated in staging, Deployed to production, Final validation.',
      'Tests that failed: Basic functionality tests (manual).',
      expect.stringContaining('Left open at the verification: Change implemented as designed, All success'),
    ]);
  });

  test('and what the implementer and the verifier said of it', () => {
    const finish: Step = (_, at) => ({
      ...{ type: 'Finish', by: DANA, at, outcome: 'success', deviations: ' By hand. ', passed: ['smoke'] },
    });
    const done = goesOn(all, finish, verifies(WEI, undefined, 'I looked twice.'));
    expect(reportFrom(done).remarks).toEqual(['By hand.', 'I looked twice.']);
  });
});

describe('what was deployed', () => {
  const finish: Step = (_, at) => ({
    ...{ type: 'Finish', by: DANA, at, outcome: 'success', deployed: ' acme/search#42 *now* ' },
  });
  const done = goesOn(normal, finish);

  test('stands in the report, in the population, and can be searched for', () => {
    expect(reportFrom(done).deployed).toBe('acme/search#42 *now*');
    expect(reportMarkdown(done.change, GUIDE, (id) => id, '##')).toContain(
      `**Deployed**: ${inlineMarkdown('acme/search#42 *now*')}\n`,
    );
    const row = exportRow(done.change, GUIDE, { person: (id) => id, channel: (id) => id });
    expect(row[COLUMNS.indexOf('deployed')]).toBe('acme/search#42 *now*');
    expect(row).toHaveLength(COLUMNS.length);
    expect(searchWords(done.change, GUIDE)).toEqual(expect.arrayContaining(['acme', '42']));
  });

  test('is nothing where nothing was said', () => {
    const silent = normal.when(finishes(DANA)).change;
    expect(reportOf(silent)).not.toHaveProperty('deployed');
    expect(reportMarkdown(silent, GUIDE, (id) => id, '##')).not.toContain('Deployed**');
    expect(
      exportRow(silent, GUIDE, { person: (id) => id, channel: (id) => id })[COLUMNS.indexOf('deployed')],
    ).toBe('');
  });
});

test('the sign-off: approved, implemented and verified by whom, and when', () => {
  expect(signOffOf(given(filesNormal).change)).toEqual(
    ['Approved', 'Implemented', 'Verified'].map((what) => ({ what, by: [] })),
  );
  const done = goesOn(normal, finishes(DANA));
  const { change } = goesOn(done, verifies(LUCIA));
  expect(signOffOf(change)).toEqual([
    { what: 'Approved', by: [NADIA, PRIYA, TOMAS, WEI, GRACE, LUCIA], at: expect.any(Number) },
    { what: 'Implemented', by: [DANA], at: normal.at },
    { what: 'Verified', by: [LUCIA], at: done.at },
  ]);
});

test.each(['cancelled', 'expired'])('also of what was approved and then %s, for the population', (status) => {
  const approved = given(...approvedNormal);
  const { approvedAt } = 'approvedAt' in approved.change ? approved.change : expect.fail();
  const { change } = goesOn(approved, status === 'cancelled' ? cancels(DANA) : expires);
  expect(change.status).toBe(status);
  expect(signOffOf(change)[0]).toMatchObject({ what: 'Approved', at: approvedAt });
  const row = exportRow(change, GUIDE, { person: (id) => id, channel: (id) => id });
  expect(row[COLUMNS.indexOf('approved')]).toBe(new Date(approvedAt).toISOString());
});

test('as Markdown: every heading of the template, names and times written out, words of people as they are', () => {
  const words = '# Not a heading\n*not bold* <script> [no](link)\n- no list';
  const finished = goesOn(normal, finishes(DANA, 'partial', words));
  const closed = goesOn(finished, verifies(WEI, undefined, undefined, measured), looksBack(DANA));
  const names = new Map([
    [DANA, 'Dana Okafor'],
    [WEI, 'Wei_Zhang'],
  ]);
  const text = reportMarkdown(closed.change, GUIDE, (id) => names.get(id) ?? id, '##') ?? '';
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    ...['Summary', 'Execution', 'Validation', 'Impact'].map((title) => `## ${title}`),
    ...['Deviations from the plan', 'Lessons learned', 'Sign-off'].map((title) => `## ${title}`),
  ]);
  expect(text).toContain('**Result**: partial');
  expect(text).toContain('**Date**: 2026-03-07 23:10 (Europe/Berlin) – ');
  expect(text).toContain(
    '> \\# Not a heading  \n> \\*not bold\\* \\<script\\> \\[no\\](link)  \n> \\- no list',
  );
  expect(text).toContain('1. Canary deployed: 2026-03-07 23:11');
  expect(text).toContain('3. Metrics watched: left open');
  expect(text).toContain('- Response time: 210 ms → 190 ms');
  expect(text).toContain('**Verified** by Wei\\_Zhang, ');
  expect(text).not.toMatch(/\n{3}|undefined/);
  expect(reportMarkdown(given(filesNormal).change, GUIDE, String, '##')).toBeUndefined();
});

test('durations are spelled as people say them', () => {
  expect([0, 1, 59, 60, 61, 120].map(spell)).toEqual([
    ...['0 minutes', '1 minute', '59 minutes', '1 h', '1 h 1 min', '2 h'],
  ]);
});
