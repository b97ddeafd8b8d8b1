import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import {
  AMIRA,
  DANA,
  GRACE,
  guide,
  HENRIK,
  holders,
  KLAUS,
  LUCIA,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from './company.ts';
import { type Given, given, goesOn, type When } from './given.ts';
import { DAY, emergency, HOUR, UNTIL_OPEN } from './proposals.ts';
import {
  addsAction,
  approves,
  cancels,
  expires,
  files,
  filesEmergency,
  finishes,
  looksBack,
  prepares,
  readyToStart,
  recordsTests,
  reviewsEmergency,
  rollsBack,
  type Step,
  starts,
  verifies,
} from './steps.ts';

/** Priya carries it out, who also chairs the board; Maya, Olga and Klaus have approved it. */
const approved = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS));
const running = goesOn(approved, recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA));
const finished = running.when(finishes(PRIYA));
const done = finished.and();
const deadline = running.at + 24 * HOUR;

const reminds =
  (due: number): Step =>
  (_, at) => ({ type: 'RemindBoardReview', by: 'docket', at, due });
const setOff = ({ events, change }: When) => events.flatMap((event) => effects(event, change));
const timers = (taken: When) =>
  setOff(taken).flatMap((each) =>
    each.do === 'timer' && each.intent.type === 'RemindBoardReview' ? [[each.at, each.intent.due]] : [],
  );
const notesTo = (taken: When) => setOff(taken).flatMap((each) => (each.do === 'note' ? [each.to] : []));
const boardOf = (taken: When) =>
  setOff(taken).flatMap((each) => (each.do === 'card' && each.card === 'board-review' ? [each.to] : []));

describe('the board is asked', () => {
  test('when an emergency has been carried out, however it ended: all its seats but the implementer’s', () => {
    for (const end of [finishes(PRIYA), finishes(PRIYA, 'failed', 'No.'), rollsBack(PRIYA)])
      expect(boardOf(running.when(end))).toEqual([LUCIA, TOMAS, AMIRA, WEI, GRACE]);
    expect(timers(finished)).toEqual([[running.at + 12 * HOUR, running.at + 12 * HOUR]]);
  });

  test('not for other categories, nor for what was never carried out', () => {
    const standard = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA));
    const ended = standard.when(finishes(DANA));
    expect([boardOf(ended), timers(ended)]).toEqual([[], []]);
    ended
      .and()
      .when(reviewsEmergency(GRACE))
      .refused('not now', /nothing for the board/);
    for (const end of [cancels(DANA), expires])
      goesOn(approved, end).when(reviewsEmergency(GRACE)).refused('not now');
    running.when(reviewsEmergency(GRACE)).refused('not now', /implementing now/);
  });

  test('that nobody else sits on it is found at its filing', () => {
    const alone = { devops_lead: [PRIYA], development_lead: [DANA], product_manager: [] };
    const none = { security_representative: [], infrastructure_architect: [], business_representative: [] };
    given()
      .with({ holders: holders({ ...alone, ...none }) })
      .when(filesEmergency)
      .refused('nobody to ask', /sits on the board \(Change Advisory Board\)/);
  });

  test('the operator hears when nobody sits on it any more', () => {
    const board = ['devops_lead', 'development_lead', 'product_manager', 'security_representative'];
    const empty = [...board, 'infrastructure_architect', 'business_representative'].map((role) => [role, []]);
    const taken = running.with({ holders: holders(Object.fromEntries(empty)) }).when(finishes(PRIYA));
    expect(setOff(taken).filter((each) => each.do === 'operator')).toHaveLength(1);
  });
});

describe('who reviews', () => {
  test.each([LUCIA, TOMAS, AMIRA, WEI, GRACE])('%s, who sits on the board', (who) => {
    done.when(reviewsEmergency(who)).gives({ type: 'EmergencyReviewed', by: who });
  });

  test('with the role that they hold now', () => {
    done.when(reviewsEmergency(WEI)).gives({ type: 'EmergencyReviewed', role: 'infrastructure_architect' });
    const later = done.with({ holders: holders({ infrastructure_architect: [SAM] }) });
    later.when(reviewsEmergency(WEI)).refused('not your role', /do not sit on it now; <@.* or <@.* does/);
    later.when(reviewsEmergency(SAM)).gives('EmergencyReviewed');
  });

  test('may add action items before and after, though they took no part in it', () => {
    done.when(addsAction(WEI, SAM)).gives('ActionAdded');
    goesOn(done, reviewsEmergency(GRACE)).when(addsAction(WEI, SAM)).gives('ActionAdded');
    done.when(addsAction(SAM, SAM)).refused('not your role', /took part/);
  });

  test.each([SAM, HENRIK, NADIA, KLAUS])('not %s, who does not', (who) => {
    done.when(reviewsEmergency(who)).refused('not your role');
  });

  test('not who carried it out, not who filed it, though they sit on it', () => {
    done.when(reviewsEmergency(PRIYA)).refused('own change', /carried out/);
    const own = given(files('emergency', emergency(), WEI), approves(MAYA), approves(OLGA), approves(KLAUS));
    const ended = goesOn(own, recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA), finishes(PRIYA));
    ended.when(reviewsEmergency(WEI)).refused('own change', /filed/);
  });

  test('once: the same again is nothing, another comes too late', () => {
    const reviewed = goesOn(done, reviewsEmergency(WEI));
    reviewed.when(reviewsEmergency(WEI, { justified: false })).doesNothing();
    reviewed.when(reviewsEmergency(GRACE)).refused('not now', /already recorded/);
  });
});

describe('what it says', () => {
  test('a verdict and its findings, and what is to be done', () => {
    done.when(reviewsEmergency(WEI, { findings: ' ' })).refused('incomplete', /board found/, 'findings');
    const taken = done.when(
      reviewsEmergency(WEI, {
        ...{ justified: false, findings: ' It could have waited. ' },
        actions: [{}, { words: 'Alert earlier.', owner: MAYA, due: done.at + DAY }],
      }),
    );
    taken.gives(
      { type: 'EmergencyReviewed', justified: false, findings: 'It could have waited.' },
      { type: 'ActionAdded', action: 'board-2', owner: MAYA },
    );
    expect(notesTo(taken)).toEqual(['thread', DANA, PRIYA, 'thread', MAYA]);
  });
});

describe('an emergency closes', () => {
  test('only once it was reviewed, in whatever order the three are done', () => {
    const three = [reviewsEmergency(WEI), looksBack(DANA), verifies(LUCIA)];
    for (const first of three)
      for (const second of three.filter((each) => each !== first)) {
        const two = goesOn(done, first, second);
        expect(two.change.status).not.toBe('closed');
        const [last = first] = three.filter((each) => each !== first && each !== second);
        expect(goesOn(two, last).change.status).toBe('closed');
      }
  });
});

describe('its time', () => {
  const people = [LUCIA, TOMAS, AMIRA, WEI, GRACE];

  test('the board is reminded before', () => {
    const taken = done.when(reminds(deadline - 12 * HOUR));
    taken.gives({ type: 'BoardReviewReminded', people });
    expect(notesTo(taken)).toEqual(people);
    // An emergency of a Friday evening is to be reviewed before anybody works again.
    const reminder = { do: 'note', to: GRACE, calm: true, fold: deadline, before: deadline };
    expect(taken.events.flatMap((event) => effects(event, taken.change))).toContainEqual(reminder);
    const [second, last] = [deadline - 4.8 * HOUR, deadline];
    expect(timers(taken)).toEqual([[second, second]]);
    expect(timers(taken.and().when(reminds(second)))).toEqual([[last, last]]);
    taken
      .and()
      .when(reminds(deadline - 12 * HOUR))
      .doesNothing();
  });

  test('when it is up, board, change manager and chair hear of it, and every day again until it is held', () => {
    const late = goesOn(done).later(deadline - done.at);
    const first = late.when(reminds(deadline)).gives({ type: 'BoardReviewEscalated', people });
    expect(notesTo(first)).toEqual(['thread', ...people, NADIA]);
    expect(timers(first)).toEqual([[deadline + DAY, deadline + DAY]]);
    const second = first
      .and()
      .later(DAY)
      .when(reminds(deadline + DAY))
      .gives('BoardReviewEscalated');
    expect(timers(second)).toEqual([[deadline + 2 * DAY, deadline + 2 * DAY]]);
    goesOn(second.and(), reviewsEmergency(WEI))
      .when(reminds(deadline + 2 * DAY))
      .doesNothing();
  });

  test('the chair, where she did not carry it out herself', () => {
    const byMaya = given(files('emergency', emergency({ implementer: MAYA })));
    const ended = goesOn(
      goesOn(byMaya.with({ holders: holders({ on_call_engineer: [SAM] }) }), approves(SAM), approves(OLGA)),
      ...[approves(KLAUS), recordsTests(MAYA), prepares(MAYA), starts(MAYA), finishes(MAYA)],
    );
    ended.when(reminds(ended.at + 2 * DAY)).gives({
      ...{ type: 'BoardReviewEscalated', overseers: [NADIA, PRIYA] },
    });
  });

  test('after a downtime of days it is told once, and then goes on a day after', () => {
    const back = done.later(deadline + 3.5 * DAY - done.at);
    expect(timers(back.when(reminds(deadline)))).toEqual([[deadline + 4 * DAY, deadline + 4 * DAY]]);
  });

  test('a policy says who and when; a board that is not there is refused', () => {
    const line = 'boardReview: { withinHours: 24, category: normal, stage: cab }';
    const other = guide((yaml) =>
      yaml.replace(line, 'boardReview: { withinHours: 8, category: emergency, stage: expedited }'),
    );
    const filed = given().with({ policy: other }).when(filesEmergency).and();
    expect(filed.change.execution.boardReview).toMatchObject({ title: 'Expedited approval', withinHours: 8 });
    expect(() => guide((yaml) => yaml.replace(line, line.replace('cab', 'committee')))).toThrow(
      /normal has no stage committee/,
    );
  });
});

test('a company without such a board closes its emergencies without', () => {
  const policy = guide((yaml) => yaml.replace(/^ *boardReview:.*$/m, ''));
  const story: Given = goesOn(
    given().with({ policy }),
    ...[filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS)],
    ...[recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA), finishes(PRIYA), verifies(LUCIA)],
  );
  story.when(looksBack(DANA)).gives('RetrospectiveHeld', 'ChangeClosed');
});
