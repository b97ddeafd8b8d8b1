import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExceptionId, exceptionsIn } from '../../src/change/export/exceptions.ts';
import type { ChangeEvent, EventOf, EventType } from '../../src/change/types.ts';
import { AMIRA, DANA, GUIDE, JONAS, KLAUS, MAYA, NADIA, OLGA, PRIYA, WEI } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { play } from './play.ts';
import { DAY, HOUR, standard, UNTIL_OPEN } from './proposals.ts';
import { stories } from './random.ts';
import * as step from './steps.ts';

const LATER = Date.parse('2030-01-01');

const found = (history: readonly ChangeEvent[], now = 0): ExceptionId[] =>
  exceptionsIn(history, GUIDE, now).map(({ of }) => of);

/** The same record with the first event of a type written otherwise, as somebody might who can write the database. */
function forged<T extends EventType>(
  { history }: Pick<Given, 'history'>,
  type: T,
  other: (event: EventOf<T>) => object,
): ChangeEvent[] {
  const at = history.findIndex((event) => event.type === type);
  expect(at).toBeGreaterThanOrEqual(0);
  return history.map((event, i) =>
    i === at ? ({ ...event, ...other(event as EventOf<T>) } as ChangeEvent) : event,
  );
}

const without = ({ history }: Given, ...types: EventType[]) =>
  history.filter(({ type }) => !types.includes(type));

/** Maya carries out what Dana has asked for. */
const verified = () => {
  const theirs = given(step.files('standard', standard({ implementer: MAYA })), step.approves(JONAS));
  const ready = goesOn(theirs, step.recordsTests(MAYA), step.prepares(MAYA)).later(UNTIL_OPEN);
  return goesOn(ready, step.starts(MAYA), step.finishes(MAYA), step.verifies(JONAS));
};

describe('what auditors write up', () => {
  it('is found in no record of a change that went by the rules', () => {
    expect(found(verified().history)).toEqual([]);
  });

  it.each<[ExceptionId, (story: Given) => ChangeEvent[]]>([
    ['selfApproved', (s) => forged(s, 'Decided', () => ({ by: DANA }))],
    ['selfApproved', (s) => forged(s, 'Decided', () => ({ for: DANA }))],
    ['approvedByImplementer', (s) => forged(s, 'Decided', () => ({ by: MAYA }))],
    ['unapproved', (s) => without(s, 'Decided', 'StagePassed', 'ChangeApproved')],
    ['outsideWindow', (s) => forged(s, 'Started', ({ at }) => ({ at: at - 7 * DAY }))],
    ['selfVerified', (s) => forged(s, 'Verified', () => ({ by: MAYA }))],
    ['selfVerified', (s) => forged(s, 'Verified', () => ({ for: DANA }))],
  ])('is found where the record shows it: %s', (of, forge) => {
    expect(found(forge(verified()))).toContain(of);
  });

  it('is an approval that was recorded after the start', () => {
    const { history } = verified();
    const late = ['Decided', 'StagePassed', 'ChangeApproved'];
    const events = history.filter(({ type }) => !late.includes(type));
    events.push(...history.filter(({ type }) => late.includes(type)));
    expect(found(events)).toEqual(expect.arrayContaining(['unapproved', 'approvedLate']));
  });

  it('is an approval that an edit has taken away before the start', () => {
    const { history } = verified();
    const opened = history.find(({ type }) => type === 'StageOpened');
    const start = history.findIndex(({ type }) => type === 'Started');
    expect(opened && found(history.toSpliced(start, 0, opened))).toEqual(['unapproved']);
  });

  it('is an impact that says nothing, where its category asks for it', () => {
    const approved = given(...step.approvedNormal);
    expect(found(approved.history)).toEqual([]);
    for (const userImpact of [' - ', 'n/a', 'TBD', undefined])
      expect(
        found(forged(approved, 'Submitted', ({ proposal }) => ({ proposal: { ...proposal, userImpact } }))),
      ).toEqual(['blankImpact']);
    const said = forged(approved, 'Submitted', ({ proposal }) => ({
      proposal: { ...proposal, userImpact: 'None.' },
    }));
    expect(found(said)).toEqual([]);
  });

  it('is an emergency that nobody reviewed or looked back on in time, from the moment in which its time was up', () => {
    const approved = [step.filesEmergency, step.approves(MAYA), step.approves(OLGA), step.approves(KLAUS)];
    const started = [step.recordsTests(PRIYA), step.prepares(PRIYA), step.starts(PRIYA)];
    const done = given(...approved, ...started, step.finishes(PRIYA));
    const { at } = done.history.at(-1) ?? { at: 0 };
    expect(exceptionsIn(done.history, GUIDE, at + HOUR)).toEqual([]);
    expect(exceptionsIn(done.history, GUIDE, LATER)).toEqual([
      { of: 'unreviewedEmergency', at: at + 24 * HOUR },
      { of: 'lateRetrospective', at: at + 48 * HOUR },
      { of: 'lateVerification', at: at + 48 * HOUR },
    ]);
    const reviewed = goesOn(done, step.reviewsEmergency(AMIRA));
    expect(found(reviewed.history, LATER)).toEqual(['lateRetrospective', 'lateVerification']);
    const tooLate = goesOn(done.later(30 * HOUR), step.reviewsEmergency(AMIRA));
    expect(found(tooLate.history, LATER)).toContain('unreviewedEmergency');
    const owed = forged(done, 'Finished', ({ duties: { boardReview: _, ...duties } }) => ({ duties }));
    expect(exceptionsIn(owed, GUIDE, LATER)[0]).toEqual({ of: 'unreviewedEmergency', at });
  });

  it('is a decision that did not come in its time, whether or not it came later', () => {
    const filed = given(step.filesStandard);
    const [submitted] = filed.history;
    const due = submitted?.type === 'Submitted' ? submitted.dueAt : 0;
    expect(exceptionsIn(filed.history, GUIDE, due)).toEqual([]);
    expect(exceptionsIn(filed.history, GUIDE, LATER)).toEqual([{ of: 'lateDecision', at: due }]);
    const late = goesOn(filed.later(due - filed.at + 1), step.approves(JONAS));
    expect(found(late.history, LATER)).toEqual(['lateDecision']);
    for (const end of [step.approves(JONAS), step.rejects(JONAS), step.withdraws(DANA)])
      expect(found(goesOn(filed, end).history, LATER)).toEqual([]);
    const moved = goesOn(given(step.filesNormal), step.reclassifies(NADIA, 'emergency'));
    expect(found(moved.history, moved.at + DAY)).toEqual(['lateDecision']);
  });

  it('is a retrospective that is owed only since the verification, from its own time on', () => {
    const left = goesOn(
      given(...step.readyToStart).later(UNTIL_OPEN),
      ...[step.starts(DANA), step.finishes(DANA), step.verifies(WEI, [], 'None of it.')],
    );
    const { at } = left.history.at(-1) ?? { at: 0 };
    expect(exceptionsIn(left.history, GUIDE, LATER)).toEqual([
      { of: 'lateRetrospective', at: at + 48 * HOUR },
    ]);
    expect(found(goesOn(left, step.looksBack(DANA)).history, LATER)).toEqual([]);
  });
});

/** The same once more, by looking each up in the record. */
function expected(life: readonly ChangeEvent[], now: number): string[] {
  const end = life.find(({ type }) => type === 'Finished' || type === 'RolledBack');
  if (end?.type !== 'Finished' && end?.type !== 'RolledBack') return [];
  const done = {
    boardReview: 'EmergencyReviewed',
    retrospective: 'RetrospectiveHeld',
    verification: 'Verified',
  };
  const named = {
    boardReview: 'unreviewedEmergency',
    retrospective: 'lateRetrospective',
    verification: 'lateVerification',
  };
  const verified = life.find(({ type }) => type === 'Verified');
  const duties = { ...end.duties, ...(verified?.type === 'Verified' && verified.duties) };
  return (['boardReview', 'retrospective', 'verification'] as const).flatMap((duty) => {
    const deadline = duties[duty]?.deadline ?? Infinity;
    const inTime = life.some((event) => event.type === done[duty] && event.at <= deadline);
    return inTime || deadline >= now ? [] : [named[duty]];
  });
}

it('is in random lives of changes only what was not done in time', () => {
  const seen = { ended: 0, late: 0 };
  fc.assert(
    fc.property(stories, fc.integer({ min: 0, max: 5 * 24 }), (story, hours) => {
      const end = play(story, () => {});
      if (!end) return;
      const now = end.at + hours * HOUR;
      const decisions = end.change.clocks.filter(
        (clock) => clock.of === 'decision' && (clock.ended?.at ?? now) > clock.deadline,
      );
      const late = [...expected(end.history, now), ...decisions.map(() => 'lateDecision')];
      expect(
        found(end.history, now)
          .filter((of) => of !== 'blankImpact')
          .toSorted(),
      ).toEqual(late.toSorted());
      seen.ended += 'finishedAt' in end.change ? 1 : 0;
      seen.late += late.length;
    }),
    { numRuns: 300 },
  );
  expect(seen.ended).toBeGreaterThan(0);
  expect(seen.late).toBeGreaterThan(0);
}, 120_000);
