import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import {
  DANA,
  GRACE,
  GUIDE,
  guide,
  HENRIK,
  JONAS,
  LUCIA,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  WEI,
} from './company.ts';
import { type Given, given, goesOn, type When } from './given.ts';
import { HOUR, normal, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approves,
  beforeBoard,
  files,
  finishes,
  looksBack,
  prepares,
  readyToStart,
  recordsTests,
  rollsBack,
  type Step,
  starts,
  verifies,
} from './steps.ts';

const ready = given(...approvedNormal, recordsTests(DANA), prepares(DANA)).later(UNTIL_OPEN);
const running = goesOn(ready, starts(DANA));
const done = goesOn(running, finishes(DANA));
const verified = goesOn(done, verifies(OLGA));

const reminds =
  (due: number): Step =>
  (_, at) => ({ type: 'RemindRetrospective', by: 'docket', at, due });
/** The instants of the timers that an event sets for its retrospective. */
const timersOf = ({ events, change }: When) =>
  events
    .flatMap((event) => effects(event, change))
    .flatMap((effect) =>
      effect.do === 'timer' && effect.intent.type === 'RemindRetrospective' ? [effect.intent.due] : [],
    );
const deadlineOf = ({ change }: Given) =>
  'duties' in change ? (change.duties.retrospective?.deadline ?? 0) : 0;

describe('when it is held', () => {
  test('always of a normal change; of a standard one only where it did not go well', () => {
    const standard = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA));
    goesOn(standard, finishes(DANA)).when(verifies(WEI)).gives('Verified', 'ChangeClosed');
    goesOn(standard, finishes(DANA))
      .when(looksBack(DANA))
      .refused('not now', /needs no retrospective/);
    for (const end of [finishes(DANA, 'partial', 'Half.'), finishes(DANA, 'failed', 'No.'), rollsBack(DANA)])
      goesOn(standard, end).when(verifies(WEI)).gives('Verified');
  });

  test('of a standard one also where its verification left something open, from then on', () => {
    const standard = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA), finishes(DANA));
    const left = verifies(WEI, ['as_designed'], 'The page is old.');
    const found = standard.when(left);
    found.gives({
      ...{ type: 'Verified', met: ['as_designed'] },
      duties: {
        retrospective: {
          deadline: standard.at + 48 * HOUR,
          remindAt: [standard.at + 24 * HOUR, standard.at + 38.4 * HOUR],
        },
      },
    });
    expect(timersOf(found)).toEqual([standard.at + 24 * HOUR]);
    const open = found.and();
    expect(open.change.clocks.at(-1)).toMatchObject({ of: 'retrospective', openedAt: standard.at });
    open.when(reminds(standard.at + 48 * HOUR)).gives({
      ...{ type: 'RetrospectiveReminded', people: [DANA], overseers: [NADIA] },
    });
    open.when(looksBack(DANA, { causes: ' ' })).refused('incomplete', /what went wrong/, 'causes');
    open.when(looksBack(DANA)).gives('RetrospectiveHeld', 'ChangeClosed');
    const early = standard.when(looksBack(DANA));
    early.refused('not now', /needs no retrospective unless its verification leaves something open;/);
  });

  test('once, where it was owed already: what the verification finds counts for its causes', () => {
    const left = verifies(OLGA, ['as_designed'], 'The page is old.');
    const found = done.when(left).gives({ type: 'Verified', met: ['as_designed'] });
    expect(found.events[0]).not.toHaveProperty('duties');
    expect(deadlineOf(found.and())).toBe(deadlineOf(done));
    found
      .and()
      .when(looksBack(DANA, { causes: '' }))
      .refused('incomplete', /what went wrong/, 'causes');
    // Looked back on before: nothing is owed once more.
    goesOn(done, looksBack(DANA)).when(left).gives('Verified', 'ChangeClosed');
  });

  test('never where the policy says so', () => {
    const never = guide((yaml) => yaml.replace('when: unless success', 'when: never'));
    const story = given();
    const standard = goesOn(story.with({ policy: never }), ...readyToStart).later(UNTIL_OPEN);
    goesOn(standard, starts(DANA), finishes(DANA))
      .when(verifies(WEI, [], 'None of it.'))
      .gives('Verified', 'ChangeClosed');
  });

  test('as soon as it is implemented; it closes when both are done, in either order', () => {
    verified.when(looksBack(DANA)).gives('RetrospectiveHeld', 'ChangeClosed');
    const early = done.when(looksBack(DANA)).gives('RetrospectiveHeld').and();
    early.when(verifies(OLGA)).gives('Verified', 'ChangeClosed');
  });

  test('not before it is implemented', () => {
    ready.when(looksBack(DANA)).refused('not now', /comes after the implementation/);
    running.when(looksBack(DANA)).refused('not now');
  });

  test('twice is once', () => {
    const closed = goesOn(verified, looksBack(DANA));
    expect(closed.change).toMatchObject({ status: 'closed', retrospective: { by: DANA } });
    closed.when(looksBack(DANA)).doesNothing();
    closed.when(verifies(JONAS)).refused('not now');
  });
});

describe('who records it', () => {
  test('who took part: requester, approvers, verifier, and who coordinates process improvement', () => {
    for (const who of [DANA, LUCIA, PRIYA, GRACE, OLGA, NADIA])
      verified.when(looksBack(who)).gives('RetrospectiveHeld', 'ChangeClosed');
    for (const who of [SAM, HENRIK, JONAS])
      verified.when(looksBack(who)).refused('not your role', /took part in it: (<@U02\w+>( or )?)+\.$/);
    done.when(looksBack(OLGA)).refused('not your role');
  });

  test('they are its participants, unless others are named', () => {
    done.when(looksBack(DANA)).gives({
      type: 'RetrospectiveHeld',
      participants: [DANA, NADIA, PRIYA, expect.any(String), WEI, GRACE, LUCIA],
    });
    done.when(looksBack(DANA, { participants: [DANA, SAM, SAM] })).gives({
      type: 'RetrospectiveHeld',
      participants: [DANA, SAM],
    });
  });
});

describe('what it says', () => {
  test.each(['review', 'evaluation', 'wentWell', 'toImprove'] as const)('its %s', (field) => {
    done.when(looksBack(DANA, { [field]: ' ' })).refused('incomplete', /Please say/, field);
  });

  test('causes, where it was no success', () => {
    done.when(looksBack(DANA, { causes: '' })).gives('RetrospectiveHeld');
    for (const end of [finishes(DANA, 'partial', 'Half.'), rollsBack(DANA)])
      goesOn(running, end)
        .when(looksBack(DANA, { causes: ' ' }))
        .refused('incomplete', /what went wrong, and why/, 'causes');
  });
});

describe('its time', () => {
  const finished = running.when(finishes(DANA));

  test('48 hours from its end, day and night; reminders at half and at four fifths', () => {
    const at = running.at;
    const times = [at + 24 * HOUR, at + 38.4 * HOUR, at + 48 * HOUR];
    expect(timersOf(finished)).toEqual(times.slice(0, 1));
    for (const [i, time] of times.slice(0, 2).entries())
      expect(timersOf(done.when(reminds(time)))).toEqual([times[i + 1]]);
    expect(deadlineOf(done)).toBe(at + 48 * HOUR);
  });

  /** When those who owe it are reminded before its time, of what ended in March 2026, by the wall of Berlin. */
  const remindedOf = (day: number, hour: number) => {
    const at = Date.UTC(2026, 2, day, hour - 1);
    const { change } = running.later(at - running.at).when(finishes(DANA));
    return 'duties' in change ? change.duties.retrospective?.remindAt : [];
  };
  const berlin = (day: number, hour: number) => Date.UTC(2026, 2, day, hour - 1);

  test('what would be said only once it is late, since people are off, comes in the last working hour before', () => {
    // Friday night until Sunday night: nobody works in between.
    expect(remindedOf(13, 22)).toEqual([berlin(14, 22), berlin(15, 12) + 0.4 * HOUR]);
    // Thursday night until Saturday night, Friday at noon until Sunday at noon: on Friday at four.
    expect(remindedOf(12, 22)).toEqual([berlin(13, 16)]);
    expect(remindedOf(13, 12)).toEqual([berlin(13, 16)]);
    // Too late on Friday for one more word before the weekend.
    expect(remindedOf(13, 16)).toEqual([berlin(14, 16), berlin(15, 6) + 0.4 * HOUR]);
    // Thursday at noon: half of it on Friday at noon; what would come at night still does on Friday.
    expect(remindedOf(12, 12)).toEqual([berlin(13, 12), berlin(13, 16)]);
    // Within the week a part that falls into the night waits for the morning, which is in time.
    expect(remindedOf(10, 22)).toEqual([berlin(11, 22), berlin(12, 12) + 0.4 * HOUR]);
  });

  test('nothing is timed where none is needed', () => {
    const standard = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA));
    expect(timersOf(standard.when(finishes(DANA)))).toEqual([]);
    expect(timersOf(standard.when(rollsBack(DANA)))).toHaveLength(1);
  });

  test('requester and implementer are reminded, and at its end the change manager too', () => {
    const byMaya = goesOn(
      given(files('normal', normal({ implementer: MAYA })), ...beforeBoard.slice(1)),
      ...[PRIYA, WEI, GRACE, LUCIA].map((who) => approves(who)),
      ...[recordsTests(MAYA), prepares(MAYA)],
    ).later(UNTIL_OPEN);
    const end = goesOn(byMaya, starts(MAYA), finishes(MAYA));
    const deadline = deadlineOf(end);
    end.when(reminds(deadline - 24 * HOUR)).gives({
      ...{ type: 'RetrospectiveReminded', people: [DANA, MAYA], overseers: [] },
    });
    const { events, change } = end.when(reminds(deadline)).gives({
      ...{ type: 'RetrospectiveReminded', people: [DANA, MAYA], overseers: [NADIA] },
    });
    const again = deadline + 24 * HOUR;
    expect(events.flatMap((event) => effects(event, change))).toEqual([
      ...[DANA, MAYA, NADIA].map((to) => ({ do: 'note', to, calm: true })),
      // Whoever owes it may have gone, so it comes back every day.
      { do: 'timer', at: again, intent: { type: 'RemindRetrospective', due: again } },
    ]);
  });

  test('each reminder once, and none once it is held', () => {
    const deadline = deadlineOf(done);
    const late = goesOn(done, reminds(deadline));
    late.when(reminds(deadline)).doesNothing();
    late.when(reminds(deadline - HOUR)).doesNothing();
    goesOn(done, looksBack(DANA)).when(reminds(deadline)).doesNothing();
    goesOn(verified, looksBack(DANA)).when(reminds(deadline)).doesNothing();
    ready.when(reminds(deadline)).doesNothing();
  });

  test('a policy may say otherwise, in hours or by a word alone', () => {
    const withIt = (line: string) =>
      guide((yaml) => yaml.replaceAll('retrospective: { when: always, withinHours: 48 }', line)).categories
        .normal.retrospective;
    expect(withIt('retrospective: { when: always, withinHours: 12 }')).toEqual({
      ...{ when: 'always', withinHours: 12 },
    });
    expect(withIt('retrospective: unless success')).toEqual({ when: 'unless success', withinHours: 48 });
    expect(GUIDE.processImprovement).toBe('process_improvement');
  });
});
