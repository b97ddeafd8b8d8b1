import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import { stuck } from '../../src/change/stuck.ts';
import { turnOf } from '../../src/change/turn.ts';
import { DANA, JONAS, KLAUS, MAYA, NADIA, OLGA, PRIYA, SAM } from './company.ts';
import { type Given, given, goesOn, type When } from './given.ts';
import { DAY, HOUR, MINUTE, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approves,
  cancels,
  edits,
  files,
  filesEmergency,
  finishes,
  meetsFreeze,
  prepares,
  recordsTests,
  type Step,
  starts,
} from './steps.ts';

const startsAt = standard().startsAt ?? 0;
const endsAt = standard().endsAt ?? 0;
const filed = given(files('standard', standard({ implementer: MAYA })));
const approved = filed.when(approves(JONAS));
const waiting = approved.and();
const ready = goesOn(waiting, recordsTests(MAYA), prepares(MAYA)).later(5.6 * DAY);
const running = ready.when(starts(MAYA));

/** The timers that a step sets for the window: moment and instant. */
function timers({ events, change }: When) {
  return events
    .flatMap((event) => effects(event, change))
    .flatMap((effect) =>
      effect.do === 'timer' && effect.intent.type === 'KeepTime' ? [[effect.intent.moment, effect.at]] : [],
    );
}

/** The clock tells of a moment of the window, as a timer of this approval would. */
const tells =
  (moment: 'day before' | 'hour before' | 'start' | 'end', of = moment === 'end' ? endsAt : startsAt): Step =>
  (change, at) => {
    const approvedAt = change && 'approvedAt' in change ? change.approvedAt : 0;
    return { type: 'KeepTime', by: 'docket', at, moment, approvedAt, of };
  };
/** The same once more, a day or more after the window's end. */
const tellsAgain =
  (moment: 'start' | 'end', of: number, due: number): Step =>
  (change, at) => {
    const approvedAt = change && 'approvedAt' in change ? change.approvedAt : 0;
    return { type: 'KeepTime', by: 'docket', at, moment, approvedAt, of, due };
  };
const heard = ({ events, change }: When) => events.flatMap((event) => effects(event, change));
/** Held until they work, but not until the hour before, when that is said. */
const calmNoteTo = (to: string) => [{ do: 'note', to, calm: true, before: startsAt - HOUR }];
const notesTo = (...people: string[]) => people.map((to) => ({ do: 'note', to }));

describe('before the window', () => {
  test('an approval sets the clock: a day and an hour ahead, a quarter of an hour after its start, and at its end', () => {
    expect(timers(approved)).toEqual([
      ['day before', startsAt - DAY],
      ['hour before', startsAt - HOUR],
      ['start', startsAt + 15 * MINUTE],
      ['end', endsAt],
    ]);
  });

  test('only for what is still ahead', () => {
    const near = filed.later(UNTIL_OPEN - 5 * HOUR).when(approves(JONAS));
    expect(timers(near).map(([moment]) => moment)).toEqual(['hour before', 'start', 'end']);
  });

  test('its implementer is told, once each', () => {
    const told = waiting.when(tells('day before')).gives({ type: 'WindowNear', moment: 'day before' });
    expect(heard(told)).toEqual(calmNoteTo(MAYA));
    told.and().when(tells('day before')).doesNothing();
    const soon = told.and().when(tells('hour before')).gives('WindowNear');
    expect(heard(soon)).toEqual(notesTo(MAYA));
  });

  test('not any more once the window is open', () => {
    waiting
      .later(6 * DAY)
      .when(tells('hour before'))
      .doesNothing();
  });
});

describe('the start is overdue', () => {
  const late = waiting.later(startsAt + 15 * MINUTE - waiting.at);

  test('implementer and requester are told, once', () => {
    const told = late.when(tells('start')).gives('StartOverdue');
    expect(heard(told)).toEqual(notesTo(MAYA, DANA));
    told.and().when(tells('start')).doesNothing();
  });

  test('nobody once it has been started or called off', () => {
    running.and().when(tells('start')).doesNothing();
    goesOn(waiting, cancels(DANA)).when(tells('start')).doesNothing();
  });
});

describe('the window is over', () => {
  test('still being implemented: seen in the thread; implementer, requester and change manager are told, once', () => {
    const over = running.and().later(3 * HOUR);
    const told = over.when(tells('end')).gives({ type: 'Overran', overseers: [NADIA] });
    expect(heard(told).filter((effect) => effect.do !== 'timer')).toEqual([
      { do: 'note', to: 'thread' },
      ...notesTo(MAYA, DANA, NADIA),
      { do: 'redraw' },
    ]);
    told.and().when(tells('end')).doesNothing();
    told.and().when(finishes(MAYA)).gives('TestsRecorded', 'Finished');
  });

  test('still the day after, and every day: the same hear of it in their working hours, until it has ended', () => {
    const first = running
      .and()
      .later(3 * HOUR)
      .when(tells('end'));
    expect(timers(first)).toEqual([['end', endsAt + DAY]]);
    const dayAfter = first.and().later(DAY);
    const again = dayAfter
      .when(tellsAgain('end', endsAt, endsAt + DAY))
      .gives({ type: 'Overran', due: endsAt + DAY });
    const nag = { do: 'note', calm: true, fold: endsAt + 2 * DAY };
    expect(heard(again).filter((effect) => effect.do !== 'timer')).toEqual(
      [MAYA, DANA, NADIA].map((to) => ({ ...nag, to })),
    );
    expect(timers(again)).toEqual([['end', endsAt + 2 * DAY]]);
    again
      .and()
      .when(tellsAgain('end', endsAt, endsAt + DAY))
      .doesNothing();
    again.and().when(tells('end')).doesNothing();
    // What a downtime has missed is said once.
    expect(
      timers(
        again
          .and()
          .later(3 * DAY)
          .when(tellsAgain('end', endsAt, endsAt + 2 * DAY)),
      ),
    ).toEqual([['end', endsAt + 5 * DAY]]);
    goesOn(again.and(), finishes(MAYA))
      .when(tellsAgain('end', endsAt, endsAt + 2 * DAY))
      .doesNothing();
  });

  test('never started: it has no place any more, and its people can choose another time', () => {
    const told = waiting.later(UNTIL_OPEN + 2 * HOUR).when(tells('end'));
    told.gives({ type: 'Unscheduled', against: [{ kind: 'in the past' }] });
    expect(told.change).toMatchObject({ status: 'approved', against: [{ sentence: 'Its window is over.' }] });
    expect(heard(told)).toEqual([{ do: 'note', to: 'thread' }, ...notesTo(DANA, MAYA), { do: 'redraw' }]);
    told.and().when(tells('end')).doesNothing();
    waiting.later(UNTIL_OPEN).when(tells('end')).doesNothing();
  });

  test('nothing when it has been finished', () => {
    goesOn(running.and(), finishes(MAYA)).when(tells('end')).doesNothing();
  });
});

describe('a timer that the change has overtaken does nothing', () => {
  const ofFirst =
    (story: Given): Step =>
    (_, at) => {
      const approvedAt = 'approvedAt' in story.change ? story.change.approvedAt : 0;
      return { type: 'KeepTime', by: 'docket', at, moment: 'day before', approvedAt, of: startsAt };
    };

  test('of an earlier approval', () => {
    const edited = goesOn(waiting, edits({ systems: ['payments'] }));
    edited.when(ofFirst(waiting)).doesNothing();
    const again = goesOn(edited, approves(JONAS));
    again.when(ofFirst(waiting)).doesNothing();
    again.when(tells('day before')).gives('WindowNear');
  });

  test('of another window', () => {
    waiting.when(tells('day before', startsAt - DAY)).doesNothing();
    waiting.when(tells('start', startsAt + DAY)).doesNothing();
  });

  test('of what has another implementer, it tells the new one', () => {
    const other = goesOn(given(files('standard', standard({ implementer: SAM }))), approves(JONAS));
    expect(heard(other.when(tells('day before')))).toEqual(calmNoteTo(SAM));
  });
});

describe('without a window', () => {
  const approvals = [filesEmergency, approves(MAYA), approves(OLGA)];
  const approved = given(...approvals).when(approves(KLAUS));
  const startBy = approved.and().at - MINUTE + 2 * HOUR;
  const started = goesOn(approved.and(), recordsTests(PRIYA), prepares(PRIYA)).when(starts(PRIYA));
  const endBy = started.before.at + 2 * HOUR;

  test('the time of its category counts once more for the start, and then for the end', () => {
    expect(timers(approved)).toEqual([['start', startBy + 15 * MINUTE]]);
    expect(timers(started)).toEqual([['end', endBy]]);
  });

  test('who forgets to start it, or to say how it went, hears of it', () => {
    const late = approved
      .and()
      .later(3 * HOUR)
      .when(tells('start', startBy))
      .gives('StartOverdue');
    expect(heard(late).slice(0, -1)).toEqual(notesTo(PRIYA, DANA));
    late.and().when(tells('start', startBy)).doesNothing();
    // The day after the change manager, too, and every day until it has been started or called off.
    const next = startBy + DAY;
    expect(timers(late)).toEqual([['start', next]]);
    const again = late
      .and()
      .later(DAY)
      .when(tellsAgain('start', startBy, next));
    expect(heard(again)).toMatchObject([
      ...[PRIYA, DANA, NADIA].map((to) => ({ do: 'note', to, calm: true })),
      { do: 'timer', at: next + DAY },
    ]);
    again
      .and()
      .when(tellsAgain('start', startBy, next))
      .doesNothing();
    goesOn(again.and(), cancels(DANA))
      .when(tellsAgain('start', startBy, next + DAY))
      .doesNothing();
    started.and().when(tells('start', startBy)).doesNothing();
    const over = started
      .and()
      .later(3 * HOUR)
      .when(tells('end', endBy))
      .gives('Overran');
    expect(heard(over)).toEqual(expect.arrayContaining(notesTo(PRIYA, DANA, NADIA)));
    over.and().when(tells('end', endBy)).doesNothing();
    goesOn(started.and(), finishes(PRIYA)).when(tells('end', endBy)).doesNothing();
  });

  test('the time for its start goes on where a freeze comes over it', () => {
    const scope = { systems: [], environments: [], categories: [] };
    const { at } = approved.and();
    const stop = {
      id: 'freeze/1',
      kind: 'stop' as const,
      startsAt: at,
      endsAt: at + HOUR,
      scope,
      reason: 'Outage',
    };
    const caught = goesOn(
      approved.and().with({ calendar: { freezes: [stop], scheduled: [] } }),
      meetsFreeze(stop.id),
    );
    const late = caught.later(3 * HOUR);
    late.when(tells('start', startBy)).gives('StartOverdue');
    expect(stuck(late.change, late.facts, late.at)).toMatchObject({ why: 'window missed', since: startBy });
    expect(turnOf(late.change, PRIYA, late.facts, late.at)).toEqual({ step: 'start', due: startBy });
  });

  test('it is on the desk of the change manager, and in time among what is theirs to do', () => {
    const { change, before } = started;
    expect(stuck(change, before.facts, endBy)).toBeUndefined();
    expect(stuck(change, before.facts, endBy + 1)).toMatchObject({
      why: 'overrun',
      since: endBy,
      people: [PRIYA],
    });
    expect(stuck(approved.change, before.facts, startBy + 1)).toMatchObject({
      why: 'window missed',
      since: startBy,
    });
    expect(turnOf(approved.change, PRIYA, before.facts, startBy + 1)).toEqual({
      step: 'start',
      due: startBy,
    });
    expect(turnOf(change, PRIYA, before.facts, endBy)).toEqual({ step: 'finish', due: endBy });
  });
});
