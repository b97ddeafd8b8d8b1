import { expect, test } from 'vitest';
import type { TestResult } from '../../src/change/execution.ts';
import { DANA, JONAS, MAYA, NADIA, SAM } from './company.ts';
import { given } from './given.ts';
import { standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedStandard,
  approves,
  edits,
  files,
  filesStandard,
  finishes,
  looksBack,
  prepares,
  readyToStart,
  recordsTests,
  type Step,
  starts,
  verifies,
} from './steps.ts';

/** Records one test, with or without a place and a link. */
const records =
  (
    by: string,
    test: string,
    result: TestResult,
    more: { environment?: string; evidence?: string } = {},
  ): Step =>
  (_, at) => ({ type: 'RecordTests', by, at, tests: [{ test, result, ...more }] });

test('a test is kept with who, when, where and a link', () => {
  const evidence = 'https://ci.example.com/runs/7';
  const story = given(filesStandard);
  const { change } = story
    .when(records(DANA, 'unit', 'pass', { environment: 'Staging', evidence }))
    .gives('TestsRecorded');
  expect(change.tests).toEqual([
    { test: 'unit', result: 'pass', environment: 'Staging', evidence, by: DANA, at: story.at },
  ]);
});

test('the requester and the implementer record, nobody else, not even the change manager', () => {
  const story = given(files('standard', standard({ implementer: MAYA })));
  for (const who of [DANA, MAYA]) story.when(records(who, 'unit', 'pass')).gives('TestsRecorded');
  for (const who of [SAM, JONAS, NADIA])
    story.when(records(who, 'unit', 'pass')).refused('not the implementer', /can record tests/);
});

test('only what is news is kept', () => {
  const story = given(...approvedStandard, recordsTests(DANA));
  story.when(recordsTests(DANA)).doesNothing();
  const mixed: Step = (_, at) => ({
    ...{ type: 'RecordTests', by: DANA, at },
    tests: [
      { test: 'unit', result: 'pass', environment: 'Staging' },
      { test: 'basic', result: 'fail', environment: 'Staging' },
    ],
  });
  story.when(mixed).gives({ type: 'TestsRecorded', tests: [{ test: 'basic', result: 'fail' }] });
  story.when(records(DANA, 'unit', 'pass', { environment: 'Production' })).gives('TestsRecorded');
});

test('a test that the change does not need is not kept', () => {
  given(...approvedStandard)
    .when(records(DANA, 'performance', 'pass'))
    .doesNothing();
});

test.each([
  ['missing', [], /Unit tests \(automated\), Integration tests \(automated\), Basic functionality/],
  [
    'failed',
    [recordsTests(DANA), records(DANA, 'basic', 'fail')],
    /: Basic functionality tests \(manual\) \(failed\)\.$/,
  ],
] as const)('a %s test stands in the way of the start, which says which', (_, steps, words) => {
  given(...approvedStandard, ...steps, prepares(DANA))
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .refused('not ready', words);
});

test('of several records of one test the last counts', () => {
  const failed = [records(DANA, 'unit', 'fail'), records(DANA, 'unit', 'pass')];
  given(...approvedStandard, recordsTests(DANA), ...failed, prepares(DANA))
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .gives('Started');
});

test('not applicable is an answer', () => {
  given(...approvedStandard, recordsTests(DANA, 'not applicable'), prepares(DANA))
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .gives('Started');
});

test('tests can be recorded before the approval, and outlive a new one', () => {
  const story = given(filesStandard, recordsTests(DANA), approves(JONAS));
  const again = story
    .when(edits({ systems: ['payments'] }))
    .and()
    .when(approves(JONAS))
    .and();
  again.when(prepares(DANA)).and().later(UNTIL_OPEN).when(starts(DANA)).gives('Started');
});

test('after the verification the evidence is complete', () => {
  const running = given(...readyToStart)
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .and();
  const done = running.when(finishes(DANA, 'partial', 'Half.')).and();
  done.when(recordsTests(DANA, 'fail')).gives('TestsRecorded');
  const verified = done.when(verifies(JONAS)).and();
  for (const story of [verified, verified.when(looksBack(DANA)).and()])
    story.when(recordsTests(DANA, 'fail')).refused('not now', /evidence is complete/);
});
