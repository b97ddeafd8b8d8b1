import { describe, expect, test } from 'vitest';
import { DANA, GRACE, JONAS, KLAUS, MAYA, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { given, goesOn } from './given.ts';
import { DAY, MINUTE, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approvedStandard,
  approves,
  beforeBoard,
  cancels,
  edits,
  files,
  filesEmergency,
  filesStandard,
  finishes,
  finishesUntested,
  looksBack,
  notes,
  prepares,
  readyToStart,
  recordsTests,
  rejects,
  reviewsEmergency,
  rollsBack,
  type Step,
  starts,
  ticks,
  verifies,
} from './steps.ts';

const ready = given(...readyToStart).later(UNTIL_OPEN);
const running = ready.when(starts(DANA)).and();

/** The whole list of the checklist, less some. */
const ticksOff =
  (by: string, ...items: string[]): Step =>
  (_, at) => ({ type: 'Prepare', by, at, items });

describe('the whole road', () => {
  test('standard: approved, started, finished, verified, closed', () => {
    const story = goesOn(running, ticks(DANA, 0), ticks(DANA, 0, 1, 2, 3), finishes(DANA));
    const { change } = story.when(verifies(JONAS)).gives('Verified', 'ChangeClosed');
    expect(change).toMatchObject({
      status: 'closed',
      outcome: 'success',
      implementer: DANA,
      verifiedBy: JONAS,
    });
  });

  test('normal: verified, then looked back on, then closed', () => {
    const story = given(...approvedNormal, recordsTests(DANA), prepares(DANA)).later(UNTIL_OPEN);
    const verified = goesOn(story, starts(DANA, 'canary'), finishes(DANA), verifies(WEI));
    expect(verified.change.status).toBe('verified');
    verified.when(looksBack(PRIYA)).gives('RetrospectiveHeld', 'ChangeClosed');
  });

  test('emergency: started as soon as three have approved, tested afterwards', () => {
    const approved = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS));
    const story = goesOn(approved, recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA), finishes(PRIYA));
    const verified = goesOn(story, verifies(WEI), looksBack(MAYA));
    verified.when(reviewsEmergency(GRACE)).gives('EmergencyReviewed', 'ChangeClosed');
  });
});

describe('the checklist', () => {
  test('what is open stands in the way of the start, which says what', () => {
    const open = given(...approvedStandard, recordsTests(DANA), ticksOff(DANA, 'backup')).later(UNTIL_OPEN);
    open
      .when(starts(DANA))
      .refused(
        'not ready',
        /tick these first: Monitoring alerts configured, Rollback procedures tested, Sup/,
      );
  });

  test('a tick can be taken back, an unknown one is none, the same twice is nothing', () => {
    const story = given(...approvedStandard, prepares(DANA));
    story.when(ticksOff(DANA, 'support', 'rollback', 'monitoring', 'backup')).doesNothing();
    story.when(ticksOff(DANA, 'backup', 'nonsense')).gives({ type: 'Prepared', items: ['backup'] });
    story.when(ticksOff(DANA)).gives({ type: 'Prepared', items: [] });
  });
});

describe('the start', () => {
  test('says at once all that stands in its way, and when its window opens', () => {
    const early = given(...approvedStandard);
    early.when(starts(DANA)).refused('not ready', /^These tests must pass before the start: Unit tests/);
    early
      .when(starts(DANA))
      .refused('not ready', /\nPlease tick these first: Backup procedures verified, Mon/);
    early
      .when(starts(DANA))
      .refused(
        'not ready',
        /\nThe window of CR-2026-001 has not opened yet: it opens \w+day \d+ .*\d\d:\d\d UTC\+\d\d:00\.$/,
      );
    const late = given(...approvedStandard, recordsTests(DANA)).later(UNTIL_OPEN + DAY);
    late.when(starts(DANA)).refused('not ready', /^Please tick these first: .*\nIts window is over\.$/);
  });

  test('waits for the window', () => {
    const early = given(...readyToStart);
    early.when(starts(DANA)).refused('not ready', /window of CR-2026-001 has not opened/);
    const { startsAt = 0 } = early.change.proposal;
    early
      .later(startsAt - early.at - 1)
      .when(starts(DANA))
      .refused('not ready');
    early
      .later(startsAt - early.at)
      .when(starts(DANA))
      .gives('Started');
  });

  test('never without an approval that stands: whoever tries is on record', () => {
    for (const road of [
      [filesStandard],
      [filesStandard, rejects(JONAS)],
      [...approvedStandard, cancels(DANA)],
    ]) {
      const { refusal, ...tried } = given(...road).when(starts(DANA));
      expect(tried.events).toEqual([]);
      expect(refusal).toMatchObject({ code: 'not approved', forbidden: true });
      expect(refusal?.sentence).toContain('so it cannot be started');
    }
  });

  test('takes a way to carry it out from the policy', () => {
    ready.when(starts(DANA, 'by_magic')).refused('unknown', /choose how/);
    const { change } = ready
      .when(starts(DANA, 'blue_green'))
      .gives({ type: 'Started', strategy: 'blue_green' });
    expect(change).toMatchObject({ steps: [{ title: 'Green environment deployed' }, {}, {}, {}, {}] });
  });

  test('twice is once; another way than the one under way is refused', () => {
    running.when(starts(DANA)).doesNothing();
    running.when(starts(DANA, 'canary')).refused('not now', /has been started already/);
  });
});

describe('only who carries it out', () => {
  const steps = [prepares, starts, (by: string) => ticks(by, 0), notes, finishes, rollsBack] as const;
  const named = given(files('standard', standard({ implementer: MAYA })), approves(JONAS));
  const theirs = goesOn(named, recordsTests(MAYA)).later(UNTIL_OPEN);
  const underWay = goesOn(theirs, prepares(MAYA), starts(MAYA));

  test.each([DANA, JONAS, NADIA, SAM])('not %s, where somebody else is named', (who) => {
    for (const step of steps.slice(0, 2)) theirs.when(step(who)).refused('not the implementer', /carries/);
    for (const step of steps.slice(2)) underWay.when(step(who)).refused('not the implementer');
  });

  test('an edit that names another hands it over, by a new approval', () => {
    const { startsAt = 0, endsAt = 0 } = theirs.change.proposal;
    const edited = theirs.when(edits({ implementer: OLGA, startsAt: startsAt + DAY, endsAt: endsAt + DAY }));
    const again = edited.and().when(approves(JONAS)).and();
    again.when(prepares(MAYA)).refused('not the implementer');
    again.when(prepares(OLGA)).gives('Prepared');
  });
});

describe('at the wrong time', () => {
  const steps = [prepares(DANA), starts(DANA), ticks(DANA, 0), notes(DANA), finishes(DANA), rollsBack(DANA)];
  const done = goesOn(running, finishes(DANA));
  const closed = goesOn(done, verifies(JONAS));
  test.each([
    ['in review', given(filesStandard, recordsTests(DANA)), steps.filter((_, n) => n !== 1)],
    ['before the board', given(...beforeBoard), steps.filter((_, n) => n !== 1)],
    ['approved', ready, steps.slice(2)],
    ['implementing', running, steps.slice(0, 1)],
    ['closed', closed, steps],
  ] as const)('%s', (_, story, tried) => {
    for (const step of tried) story.when(step).refused('not now');
  });

  test('implemented: finished once is finished', () => {
    done.when(finishes(DANA)).doesNothing();
    for (const step of [...steps.slice(0, 4), rollsBack(DANA), finishes(DANA, 'failed', 'After all.')])
      done.when(step).refused('not now');
  });
});

test('a step keeps the time at which it was ticked, until its tick is taken back', () => {
  const first = running.when(ticks(DANA, 0)).and();
  const second = first.later(MINUTE).when(ticks(DANA, 0, 1));
  expect(second.change).toMatchObject({
    steps: [{ done: { at: running.at } }, { done: { at: first.at + MINUTE } }, {}, {}],
  });
  second
    .and()
    .when(ticks(DANA, 1, 0, 99))
    .doesNothing();
  const { change } = second.and().when(ticks(DANA, 1));
  expect(change).toMatchObject({ steps: [{ title: 'Deployed to staging' }, { done: {} }, {}, {}] });
  expect('steps' in change && change.steps[0]?.done).toBeUndefined();
});

test('a note needs words; the same twice in a row is one', () => {
  running.when(notes(DANA, '  ')).refused('incomplete', /what happened/);
  const noted = running.when(notes(DANA, ' It lagged. ')).gives({ type: 'Noted', words: 'It lagged.' }).and();
  noted.when(notes(DANA, 'It lagged.')).doesNothing();
});

test('an end that is no success needs words', () => {
  for (const step of [finishes(DANA, 'partial'), finishes(DANA, 'failed', ' '), rollsBack(DANA, '')])
    running.when(step).refused('incomplete', /say what happened/);
  running.when(finishesUntested(DANA)).gives({ type: 'Finished', outcome: 'success' });
  const { change } = running.when(rollsBack(DANA, 'Too slow.')).gives('RolledBack');
  expect(change).toMatchObject({ status: 'implemented', outcome: 'rolled back', outcomeWords: 'Too slow.' });
});

test('a material edit after the approval throws the preparation away and needs a new approval', () => {
  const story = given(...readyToStart);
  const edited = story.when(edits({ rollbackSteps: 'Restore the whole backup.' })).and();
  expect(edited.change.status).toBe('in review');
  edited.later(UNTIL_OPEN).when(starts(DANA)).refused('not approved');
  const again = edited.when(approves(JONAS)).and();
  expect(again.change).toMatchObject({ status: 'scheduled', prepared: [] });
  again
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .refused('not ready', /Backup procedures verified/);
});

test('a correction of a typo after the approval keeps it ready', () => {
  const { change } = given(...readyToStart).when(edits({ title: 'Rotate the TLS certificate' }));
  expect(change).toMatchObject({
    status: 'scheduled',
    prepared: ['backup', 'monitoring', 'rollback', 'support'],
  });
});

test('nobody needs to hold a role to carry out: a stranger who is named may', () => {
  const story = given(files('standard', standard({ implementer: SAM })), approves(JONAS), recordsTests(SAM));
  goesOn(story.later(UNTIL_OPEN), prepares(SAM), starts(SAM)).when(finishesUntested(SAM)).gives('Finished');
});

test('those who are asked to verify are fixed at the end: neither requester nor implementer', () => {
  const story = given(
    files('standard', standard({ implementer: PRIYA })),
    approves(JONAS),
    recordsTests(DANA),
  );
  const { events } = goesOn(story.later(UNTIL_OPEN), prepares(PRIYA), starts(PRIYA)).when(
    finishesUntested(PRIYA),
  );
  expect(events).toMatchObject([{ verifiers: expect.not.arrayContaining([PRIYA, DANA, TOMAS]) }]);
});
