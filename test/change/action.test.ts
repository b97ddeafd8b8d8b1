import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import { DANA, GRACE, JONAS, NADIA, OLGA, SAM, WEI } from './company.ts';
import { given, goesOn, type When } from './given.ts';
import { DAY, HOUR, UNTIL_OPEN } from './proposals.ts';
import {
  addsAction,
  completesAction,
  finishes,
  looksBack,
  readyToStart,
  type Step,
  starts,
  verifies,
} from './steps.ts';

const running = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA));
const done = goesOn(running, finishes(DANA, 'failed', 'No.'));
const added = done.when(addsAction(JONAS, SAM));
const open = added.and();
const due = done.at + 7 * DAY;

const chases =
  (when: number): Step =>
  (_, at) => ({ type: 'ChaseAction', by: 'docket', at, action: 'a-1', due: when });
const setOff = ({ events, change }: When) => events.flatMap((event) => effects(event, change));
const notesTo = (taken: When) => setOff(taken).flatMap((each) => (each.do === 'note' ? [each.to] : []));
const timers = (taken: When) =>
  setOff(taken).flatMap((each) =>
    each.do === 'timer' && each.intent.type === 'ChaseAction' ? [[each.at, each.intent.due]] : [],
  );

describe('an action item', () => {
  test('is added by those who took part or oversee; its owner is told and chased when it is due', () => {
    added.gives({ type: 'ActionAdded', action: 'a-1', owner: SAM, words: 'Alert on refused keys.' });
    expect(notesTo(added)).toEqual(['thread', SAM]);
    expect(timers(added)).toEqual([[due, due]]);
    for (const who of [DANA, NADIA]) done.when(addsAction(who, SAM)).gives('ActionAdded');
    for (const who of [SAM, GRACE, OLGA])
      done.when(addsAction(who, SAM)).refused('not your role', /took part/);
  });

  test('delivered twice is one', () => {
    open.when(addsAction(JONAS, SAM)).doesNothing();
    open.when(addsAction(JONAS, SAM, DAY, 'a-2')).gives({ type: 'ActionAdded', action: 'a-2' });
  });

  test('says what, who and by when, and not in the past', () => {
    const half =
      (item: object): Step =>
      (_, at) => ({ type: 'AddAction', by: DANA, at, action: 'a-9', item });
    for (const item of [{}, { words: 'Alert.' }, { owner: SAM, due }, { words: ' ', owner: SAM, due }])
      done.when(half(item)).refused('incomplete', /who does it and by which day/, 'action.0');
    done.when(addsAction(DANA, SAM, -2 * DAY)).refused('incomplete', /in the past/, 'action.0');
    done.when(addsAction(DANA, SAM, -HOUR)).gives('ActionAdded'); // noon has passed, its day has not
  });

  test('comes out of a review: not before the change was carried out', () => {
    running.when(addsAction(DANA, SAM)).refused('not now', /come out of its review/);
  });

  test('of the retrospective comes with it; a half filled row names its place and loses nothing', () => {
    const item = { words: 'Alert.', owner: SAM, due };
    done
      .when(looksBack(DANA, { actions: [item, {}, item] }))
      .gives(
        'RetrospectiveHeld',
        { type: 'ActionAdded', action: 'retrospective-1' },
        { type: 'ActionAdded', action: 'retrospective-3' },
      );
    done
      .when(looksBack(DANA, { actions: [item, { words: 'And?' }] }))
      .refused('incomplete', /who does it/, 'action.1');
  });
});

describe('it is done', () => {
  test.each([SAM, DANA, NADIA])('says its owner, the requester or the change manager: %s', (who) => {
    const { change } = open.when(completesAction(who)).gives('ActionCompleted');
    expect(change).toMatchObject({ actions: [{ id: 'a-1', done: { by: who } }] });
  });

  test('nobody else says so', () => {
    for (const who of [JONAS, OLGA]) open.when(completesAction(who)).refused('not your role');
    open.when(completesAction(SAM, 'a-7')).refused('unknown', /no such action item/);
  });

  test('twice is once', () => {
    goesOn(open, completesAction(SAM)).when(completesAction(SAM)).doesNothing();
  });

  test('a change closes with open items, and they live on', () => {
    const closed = goesOn(open, verifies(WEI), looksBack(DANA));
    expect(closed.change.status).toBe('closed');
    closed.when(chases(due)).gives('ActionChased');
    closed.when(addsAction(DANA, WEI, DAY, 'a-2')).gives('ActionAdded');
    expect(goesOn(closed, completesAction(SAM)).change).toMatchObject({ status: 'closed' });
  });
});

describe('it is due', () => {
  const first = open.later(due - open.at).when(chases(due));

  test('its owner is told, a day later the change manager, then both every week', () => {
    first.gives({ type: 'ActionChased', people: [SAM] });
    expect([notesTo(first), timers(first)]).toEqual([[SAM], [[due + DAY, due + DAY]]]);
    const second = first
      .and()
      .later(DAY)
      .when(chases(due + DAY))
      .gives({ type: 'ActionChased', people: [NADIA] });
    const [[at = 0] = []] = timers(second);
    expect(at).toBe(due + 8 * DAY);
    const third = second
      .and()
      .later(7 * DAY)
      .when(chases(at))
      .gives({ type: 'ActionChased', people: [SAM, NADIA] });
    expect(timers(third)).toEqual([[due + 15 * DAY, due + 15 * DAY]]);
  });

  test('once for each instant, and not when it is done', () => {
    first.and().when(chases(due)).doesNothing();
    goesOn(open, completesAction(SAM)).when(chases(due)).doesNothing();
    done.when(chases(due)).doesNothing();
  });
});
