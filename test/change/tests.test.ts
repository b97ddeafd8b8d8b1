import { describe, expect, test } from 'vitest';
import { recordTests } from '../../src/change/decide/tests.ts';
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
  finishesUntested,
  looksBack,
  prepares,
  readyToStart,
  recordsTests,
  rollsBack,
  type Step,
  starts,
  verifies,
} from './steps.ts';

/** Records one test, in staging where nothing else is said, with or without a link. */
const records =
  (by: string, test: string, result: TestResult, more: { evidence?: string } = {}): Step =>
  (_, at) => ({ type: 'RecordTests', by, at, tests: [{ test, result, environment: 'Staging', ...more }] });

test('a test is kept with who, when, where and a link', () => {
  const evidence = 'https://ci.example.com/runs/7';
  const story = given(filesStandard);
  const { change } = story.when(records(DANA, 'unit', 'pass', { evidence })).gives('TestsRecorded');
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
  story.when(records(DANA, 'unit', 'pass', { evidence: 'https://ci.example.com/8' })).gives('TestsRecorded');
});

/** One test of a standard change, recorded by its requester with this place, or none. */
const recordsIn =
  (test: string, environment?: string, result: TestResult = 'pass'): Step =>
  (_, at) => ({
    ...{ type: 'RecordTests', by: DANA, at },
    tests: [{ test, result, ...(environment && { environment }) }],
  });

describe('a test counts in its environments only', () => {
  const story = given(...approvedStandard);
  const only = /^These count in Development or Staging only: Unit tests \(automated\)\./;

  test.each([
    ['in another', 'Production'],
    ['in one that the policy does not know', 'My laptop'],
    ['nowhere that was said', undefined],
  ])('%s it is refused, beside the place', (_, environment) => {
    for (const result of ['pass', 'fail'] as const)
      story.when(recordsIn('unit', environment, result)).refused('incomplete', only, 'environment');
  });

  test('what else was recorded with it is to be recorded by itself', () => {
    const all: Step = (_, at) => ({
      ...{ type: 'RecordTests', by: DANA, at },
      tests: ['unit', 'basic'].map((id, n) => ({
        ...{ test: id, result: 'pass' as const, environment: n === 0 ? 'Production' : 'Staging' },
      })),
    });
    story
      .when(all)
      .refused('incomplete', /Please say where they were run, and record the others by themselves\.$/);
    story.when(recordsIn('unit', 'Production')).refused('incomplete', /Please say where they were run\.$/);
  });

  test('in any of them it is kept', () => {
    for (const environment of ['Development', 'Staging'])
      story
        .when(recordsIn('unit', environment))
        .gives({ type: 'TestsRecorded', tests: [{ test: 'unit', result: 'pass', environment }] });
  });

  test('one that is not applicable ran nowhere', () => {
    story.when(recordsIn('unit', undefined, 'not applicable')).gives('TestsRecorded');
  });

  test('where there is only one, it need not be said', () => {
    const running = given(...readyToStart)
      .later(UNTIL_OPEN)
      .when(starts(DANA))
      .and();
    running.when(recordsIn('smoke')).gives({
      ...{ type: 'TestsRecorded' },
      tests: [{ test: 'smoke', result: 'pass', environment: 'Production' }],
    });
    running.when(recordsIn('smoke', 'Staging')).refused('incomplete', /^These count in Production only/);
  });

  test('of a change from before environments were fixed, anywhere', () => {
    const { change } = story.when(recordsIn('unit', 'Staging'));
    const tests = change.execution.testsBefore.map(({ id, title }) => ({ id, title }));
    const old = { ...change, execution: { ...change.execution, testsBefore: tests } };
    expect(recordTests(old, recorded('Production'))).toMatchObject([{ type: 'TestsRecorded' }]);
  });
});

const recorded = (environment: string) => ({
  ...{ type: 'RecordTests' as const, by: DANA, at: 0 },
  tests: [{ test: 'unit', result: 'pass' as const, environment }],
});

describe('what is tested after the deployment', () => {
  const ready = given(...readyToStart).later(UNTIL_OPEN);
  const running = ready.when(starts(DANA)).and();

  test('cannot be recorded before it', () => {
    ready.when(recordsIn('smoke')).doesNothing();
  });

  test('is recorded with the end, by a tick', () => {
    const finished = running.when(finishes(DANA));
    finished.gives(
      { type: 'TestsRecorded', tests: [{ test: 'smoke', result: 'pass', environment: 'Production' }] },
      { type: 'Finished', outcome: 'success' },
    );
    finished.and().when(verifies(JONAS)).gives('Verified', 'ChangeClosed');
  });

  test('or later, but before the verification, which says whom it waits for', () => {
    const done = running.when(finishesUntested(DANA)).and();
    done
      .when(verifies(JONAS))
      .refused('not ready', /^<@U02DANA0001> still has to record these tests: Smoke tests/);
    done.when(recordsIn('smoke')).and().when(verifies(JONAS)).gives('Verified', 'ChangeClosed');
  });

  test.each([
    ['failed', finishes(DANA, 'failed', 'It broke.')],
    ['was rolled back', rollsBack(DANA)],
  ])('is not there to be tested where the change %s', (_, ends) => {
    running.when(ends).and().when(verifies(JONAS)).gives('Verified');
  });
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
