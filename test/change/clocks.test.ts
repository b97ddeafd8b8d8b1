import { describe, expect, test } from 'vitest';
import { type Clock, clocksAfter, knownAt, wasKept } from '../../src/change/clocks.ts';
import { DANA, NADIA, PRIYA } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { DAY, emergency, HOUR, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approves,
  edits,
  files,
  filesEmergency,
  filesNormal,
  finishes,
  looksBack,
  readyToStart,
  reclassifies,
  rejects,
  returns,
  starts,
  validated,
  withdraws,
} from './steps.ts';

/** "stage technical 1 done", "decision 1 runs": the clocks of a story as it ends. */
const clocksOf = ({ change }: Given) =>
  change.clocks.map(({ of, stage, round, ended }) =>
    [of, stage, round, ended?.how ?? 'runs'].filter((part) => part !== '').join(' '),
  );

describe('the clocks of a change', () => {
  test('run for the whole decision and for each stage, one after the other', () => {
    expect(clocksOf(given(...validated))).toEqual([
      'decision 1 runs',
      'stage validation 1 done',
      'stage technical 1 runs',
    ]);
    const all = given(...approvedNormal).change.clocks;
    expect(all.every((clock) => wasKept(clock) && knownAt(clock) === clock.ended?.at)).toBe(true);
  });

  test('end with a rejection, and are dropped with a withdrawal', () => {
    const technical = given(...validated);
    expect(clocksOf(goesOn(technical, rejects(PRIYA)))).toEqual([
      ...['decision 1 done', 'stage validation 1 done', 'stage technical 1 done'],
    ]);
    const [decision, , stage] = goesOn(technical, withdraws(DANA)).change.clocks;
    for (const clock of [decision, stage]) {
      expect(clock?.ended?.how).toBe('dropped');
      expect(clock && knownAt(clock)).toBeUndefined();
    }
  });

  test('go on for the whole decision while the change is returned; its stage is asked anew', () => {
    const again = goesOn(given(filesNormal), returns(NADIA), edits({ risks: 'The disk may be full.' }));
    expect(clocksOf(again)).toEqual([
      ...['decision 1 runs', 'stage validation 1 done', 'stage validation 2 runs'],
    ]);
  });

  test('begin anew for a stage that an edit opens again, and not for the decision that was made already', () => {
    const edited = goesOn(given(...approvedNormal), edits({ businessImpact: 'Slower search for an hour.' }));
    const clocks = clocksOf(edited);
    expect(clocks[0]).toBe('decision 1 done');
    expect(clocks.at(-1)).toBe('stage validation 2 runs');
    expect(clocksOf(goesOn(edited, approves(NADIA))).at(-1)).toBe('stage business 2 runs');
  });

  test('begin anew with a reclassification, and know in which category they were set', () => {
    const moved = goesOn(
      given(files('normal', { ...given(filesNormal).change.proposal, ...emergency() })),
      reclassifies(NADIA, 'emergency'),
    );
    expect(
      moved.change.clocks.map(({ of, category, round, ended }) => [of, category, round, ended?.how]),
    ).toEqual([
      ['decision', 'normal', 1, 'dropped'],
      ['stage', 'normal', 1, 'dropped'],
      ['decision', 'emergency', 2, undefined],
    ]);
  });

  test('run for the reviews that are owed afterwards', () => {
    const failed = goesOn(
      given(...readyToStart).later(UNTIL_OPEN),
      starts(DANA),
      finishes(DANA, 'failed', 'No.'),
    );
    expect(clocksOf(failed).at(-1)).toBe('retrospective 1 runs');
    const late = goesOn(failed.later(49 * HOUR), looksBack(DANA)).change.clocks.at(-1);
    expect(late?.ended?.how).toBe('done');
    expect(late && [wasKept(late), knownAt(late)]).toEqual([false, late?.deadline]);
    expect(given(filesEmergency).change.clocks).toHaveLength(2);
  });
});

test('a clock that was dropped after its time was up was not kept', () => {
  const clock: Clock = {
    ...{ of: 'stage', stage: 'technical', category: 'normal', round: 1, seq: 2, openedAt: 0, deadline: 10 },
    ended: { at: 11, how: 'dropped' },
  };
  expect([wasKept(clock), knownAt(clock)]).toEqual([false, 10]);
});

test('what the board puts off has until another instant, unless its time was up already', () => {
  const { change } = given(...validated);
  const put = (at: number) =>
    clocksAfter(change, {
      type: 'Deferred',
      by: 'docket',
      at,
      stage: 'technical',
      until: at + DAY,
      dueAt: at + 9 * DAY,
    });
  const [decision] = change.clocks;
  const [later, , stage] = put(change.submittedAt + HOUR);
  expect(later?.deadline).toBe(change.submittedAt + HOUR + 9 * DAY);
  expect(stage?.ended?.how).toBe('done');
  const [late] = put((decision?.deadline ?? 0) + 1);
  expect(late).toEqual(decision);
});
