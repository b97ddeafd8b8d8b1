import { expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import type { Notice } from '../../src/change/notices.ts';
import { DANA, GRACE, LUCIA, MAYA, NADIA, OLGA, PRIYA, SAM, WEI } from './company.ts';
import { given, goesOn, type When } from './given.ts';
import { normal, UNTIL_OPEN } from './proposals.ts';
import * as step from './steps.ts';

const SUPPORT = 'C02SUPPORT1';
const named = { stakeholders: [SAM, WEI, DANA], stakeholderChannels: [SUPPORT] };
const filed = given(step.files('normal', normal({ implementer: MAYA, ...named })));
const vote = goesOn(filed, ...step.beforeBoard.slice(1)).when(step.approves(PRIYA));
const approved = goesOn(vote.and(), step.approves(WEI), step.approves(GRACE)).when(step.approves(LUCIA));
const started = goesOn(approved.and(), step.recordsTests(MAYA), step.prepares(MAYA))
  .later(UNTIL_OPEN)
  .when(step.starts(MAYA));
const finished = started.and().when(step.finishesUntested(MAYA));

/** What goes into the record of an effect once it has been delivered: who, and what. */
const told = ({ events, change }: When) =>
  events
    .flatMap((event) => effects(event, change))
    .flatMap((effect) =>
      'told' in effect && effect.told
        ? [
            [
              effect.do === 'tell' ? effect.channel : 'to' in effect && effect.to,
              effect.told.of,
              effect.told.stage,
            ],
          ]
        : [],
    );

const asked: Notice = {
  ...{ of: 'asked', stage: 'validation', to: NADIA, event: 2, at: 1_000 },
  ...{ channel: 'D02NADIA', ts: '1.000001' },
};
const end: Notice = { of: 'ended', to: SAM, event: 30, at: 2_000, channel: 'D02SAM', ts: '2.000001' };
const lost: Notice = { of: 'ended', to: SUPPORT, event: 30, at: 3_000, failed: 'not_in_channel' };

test('who is asked to decide goes into the record, with the stage', () => {
  const opened = goesOn(filed, step.approves(NADIA)).when(step.approves(PRIYA));
  const { stage } = opened.events.find(({ type }) => type === 'StageOpened') as { stage: string };
  expect(told(opened).length).toBeGreaterThan(0);
  expect(told(opened).every(([, of, where]) => of === 'asked' && where === stage)).toBe(true);
});

test('so does what those hear whom the communication plan names, also where they would hear it anyway', () => {
  const plan = [SAM, WEI, DANA, SUPPORT];
  const of = (what: string) => plan.map((who) => [who, what, undefined]);
  expect(told(approved).toSorted()).toEqual(of('planned').toSorted());
  expect(told(started).toSorted()).toEqual(of('started').toSorted());
  const off = approved.and().when(step.cancels(NADIA, 'Not this year.'));
  expect(told(off).toSorted()).toEqual(of('called off').toSorted());
});

test('and whoever its end is told, whether the plan names them or not', () => {
  const whom = told(finished).map(([who]) => who);
  // Lucia, Priya and Wei may verify it, and hear by their cards.
  expect(whom.toSorted()).toEqual([DANA, PRIYA, LUCIA, WEI, SAM, SUPPORT].toSorted());
  expect(told(finished).every(([, of]) => of === 'ended')).toBe(true);
  expect(told(vote)).toEqual([]);
});

test.each([
  ['in review', vote.and()],
  ['approved', approved.and()],
  ['being implemented', started.and()],
  ['implemented', finished.and()],
  ['rejected', given(step.filesStandard, step.rejects('U02JONAS002', 'No.'))],
  ['cancelled', goesOn(approved.and(), step.cancels(DANA))],
  ['closed', goesOn(finished.and(), step.recordsTests(MAYA), step.verifies(OLGA), step.looksBack(DANA))],
])('what was delivered is put down also when it is %s, and alters nothing else', (_, before) => {
  const taken = before.when(step.notifies(end, lost));
  taken.gives({ type: 'Notified', by: 'docket', notices: [end, lost] });
  const { seq, notices, ...rest } = taken.change;
  const { seq: last, notices: none, ...then } = before.change;
  expect([seq, notices, rest]).toEqual([last + 1, [...(none ?? []), end, lost], then]);
  expect(taken.events.flatMap((event) => effects(event, taken.change))).toEqual([]);
});

test('each is put down once: given again, found again after a crash, or brought about twice', () => {
  const once = goesOn(filed, step.notifies(asked));
  once.when(step.notifies(asked)).doesNothing();
  once.when(step.notifies({ ...asked, at: 9_000, ts: '9.000001' })).doesNothing();
  // The card that a second effect finds where the first has posted it.
  once.when(step.notifies({ ...asked, event: 5 })).doesNothing();
  once.when(step.notifies(asked, end, end)).gives({ type: 'Notified', notices: [end] });
  // Asked anew in another round, or told of another event, is another notice.
  const anew = { ...asked, event: 12, ts: '12.000001' };
  once.when(step.notifies(anew)).gives({ type: 'Notified', notices: [anew] });
});

const heard = goesOn(filed, step.notifies(asked));
test.each([
  ['in the vote', goesOn(heard, ...step.beforeBoard.slice(1))],
  ['approved', goesOn(heard, ...step.approvedNormal.slice(1))],
  ['cancelled', goesOn(heard, ...step.approvedNormal.slice(1), step.cancels(DANA))],
  ['returned', goesOn(heard, step.returns(NADIA, 'Which system?'))],
  ['rejected', goesOn(heard, step.rejects(NADIA, 'No.'))],
  ['withdrawn', goesOn(heard, step.withdraws(DANA))],
])('stays there when it is %s, and is put down no second time', (_, after) => {
  after.when(step.notifies(asked)).doesNothing();
});

test('what one has given up and another has brought is put down as brought, and not the other way round', () => {
  const brought: Notice = {
    of: 'ended',
    to: SUPPORT,
    event: 30,
    at: 4_000,
    channel: SUPPORT,
    ts: '4.000001',
  };
  const given = goesOn(filed, step.notifies(lost));
  const then = given.when(step.notifies(brought));
  then.gives({ type: 'Notified', by: 'docket', notices: [brought] });
  goesOn(filed, step.notifies(brought)).when(step.notifies(lost)).doesNothing();
});

test('nobody else puts it down', () => {
  filed
    .when((_, at) => ({ type: 'Notify', by: DANA, at, notices: [end] }))
    .refused('not your role', /by Docket/);
});
