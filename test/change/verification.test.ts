import { describe, expect, test } from 'vitest';
import { DANA, GRACE, HENRIK, holders, JONAS, KLAUS, MAYA, OLGA, PRIYA, SAM, WEI } from './company.ts';
import { given, goesOn } from './given.ts';
import { standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approves,
  files,
  filesEmergency,
  filesNormal,
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

const running = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA));
const done = goesOn(running, finishes(DANA));
const partial = goesOn(running, finishes(DANA, 'partial', 'One of three.'));

describe('who verifies', () => {
  const everyRole = { holders: holders({ peer_reviewer: [DANA, MAYA, JONAS], devops_lead: [MAYA] }) };
  const theirs = given(
    files('standard', standard({ implementer: MAYA })),
    approves(JONAS),
    recordsTests(MAYA),
  );
  const byMaya = goesOn(theirs.later(UNTIL_OPEN), prepares(MAYA), starts(MAYA), finishes(MAYA)).with(
    everyRole,
  );

  test('not the requester, even with the role', () => {
    byMaya.when(verifies(DANA)).refused('own change', /You filed/);
  });

  test('not the implementer, even with the role', () => {
    byMaya.when(verifies(MAYA)).refused('own change', /You carried/);
  });

  test.each([SAM, GRACE, HENRIK])('not %s, without the role', (who) => {
    done
      .when(verifies(who))
      .refused('not your role', /verifying role \(Peer reviewer, Development lead, DevOps/);
  });

  test('who holds the role now, and not who held it when it was finished', () => {
    const company = { holders: holders({ peer_reviewer: [SAM] }) };
    done.with(company).when(verifies(JONAS)).refused('not your role');
    const { change } = done.with(company).when(verifies(SAM));
    expect(change).toMatchObject({ status: 'closed', verifiedBy: SAM, verifiedAs: 'peer_reviewer' });
  });

  test('the one who approved it may: they have seen the whole case', () => {
    done.when(verifies(JONAS)).gives('Verified', 'ChangeClosed');
  });
});

describe('what is verified', () => {
  test('a check that is not met needs words', () => {
    done.when(verifies(WEI, ['as_designed'])).refused('incomplete', /left open/);
    done
      .when(verifies(WEI, ['as_designed', 'nonsense'], ' The page is old. '))
      .gives({ type: 'Verified', met: ['as_designed'], words: 'The page is old.' });
  });

  test('twice is once, a second verifier comes too late', () => {
    const verified = goesOn(partial, verifies(WEI));
    verified.when(verifies(WEI)).doesNothing();
    verified.when(verifies(JONAS)).refused('not now', /verified now/);
  });

  test.each([
    ['validating', given(filesNormal)],
    ['scheduled', given(...approvedNormal)],
    ['implementing', running],
  ])('nothing while it is %s', (status, story) => {
    story.when(verifies(WEI)).refused('not now', new RegExp(`${status} now`));
    story.when(looksBack(JONAS)).refused('not now', /comes after the implementation/);
  });
});

describe('an emergency is tested afterwards', () => {
  const only =
    (test: string, result: 'pass' | 'fail', environment?: string): Step =>
    (_, at) => ({
      ...{ type: 'RecordTests', by: PRIYA, at },
      tests: [{ test, result, ...(environment && { environment }) }],
    });
  const approved = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS));
  const before = [
    only('critical', 'pass', 'Staging'),
    only('basic_integration', 'pass', 'Staging'),
    prepares(PRIYA),
    starts(PRIYA),
  ];
  const fixed = goesOn(approved, ...before, finishesUntested(PRIYA));

  test('and not verified before', () => {
    fixed.when(verifies(WEI)).refused('not ready', /Post-implementation validation \(manual\)/);
    goesOn(fixed, only('post_implementation', 'pass')).when(verifies(WEI)).gives('Verified');
  });

  test('a failed test needs words of the verifier', () => {
    const failed = goesOn(fixed, only('post_implementation', 'fail'));
    failed.when(verifies(WEI)).refused('incomplete', /Post-implementation validation \(manual\) failed/);
    failed.when(verifies(WEI, undefined, 'Only the report is late.')).gives('Verified');
  });

  test('what was rolled back is not there to be tested', () => {
    goesOn(approved, ...before, rollsBack(PRIYA))
      .when(verifies(WEI))
      .gives('Verified');
  });
});
