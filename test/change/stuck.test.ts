import { describe, expect, test } from 'vitest';
import { boardReviewDue, retrospectiveDue } from '../../src/change/duties.ts';
import { byUrgency, stuck } from '../../src/change/stuck.ts';
import { DANA, GRACE, guide, holders, KLAUS, MAYA, NADIA, OLGA, PRIYA } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { DAY, emergency, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approvedStandard,
  approves,
  beforeBoard,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  finishes,
  looksBack,
  prepares,
  readyToStart,
  recordsTests,
  returns,
  starts,
  validated,
  verifies,
  withdraws,
} from './steps.ts';

const look = ({ change, facts, at }: Given, instead: Partial<Given['facts']> = {}) =>
  stuck(change, { ...facts, ...instead }, at);
const running = given(...readyToStart)
  .later(UNTIL_OPEN)
  .when(starts(DANA))
  .and();

test('nothing is stuck while it is in time', () => {
  for (const steps of [[filesStandard], [filesNormal], validated, approvedStandard, approvedNormal])
    expect(look(given(...steps))).toBeUndefined();
  expect(look(running)).toBeUndefined();
});

test('nor when it has ended, or is verified and owes nothing that is late', () => {
  const done = running
    .when(finishes(DANA, 'failed', 'No.'))
    .and()
    .when(verifies(OLGA))
    .and();
  expect(look(done)).toBeUndefined();
  const closed = done.when(looksBack(DANA)).and();
  expect(look(closed.later(90 * DAY))).toBeUndefined();
  expect(look(given(filesNormal, withdraws(DANA)).later(90 * DAY))).toBeUndefined();
});

describe('a review is stuck', () => {
  test('when its time is up', () => {
    const story = given(...validated);
    const since = 'open' in story.change ? story.change.open.deadline : 0;
    expect(look(story.later(3 * DAY))).toEqual({ why: 'late', since, people: [PRIYA], step: 'reassign' });
  });

  test('at once when nobody is left who could decide', () => {
    const seat = { id: 'technical' };
    for (const devops_lead of [[], [DANA]])
      expect(look(given(...validated), { holders: holders({ devops_lead }) })).toMatchObject({
        ...{ why: 'nobody can decide', people: [], seat },
      });
  });

  test('at once when nobody of those who were asked can decide any more, though others could', () => {
    const others = { holders: holders({ devops_lead: [OLGA] }) };
    expect(look(given(...validated), others)).toMatchObject({
      ...{ why: 'nobody asked can decide', people: [OLGA], step: 'reassign' },
    });
  });

  test('but a board not by one empty seat', () => {
    const company = holders({ business_representative: [] });
    expect(look(given(...beforeBoard), { holders: company })).toBeUndefined();
  });
});

test('a returned change is stuck when it is not taken up for the policy’s days', () => {
  const returned = given(filesNormal, returns(NADIA));
  expect(look(returned.later(4 * DAY))).toBeUndefined();
  expect(look(returned.later(6 * DAY))).toMatchObject({ why: 'not resubmitted', people: [DANA] });
  const policy = guide((yaml) => yaml.replace('returnedDays: 5', 'returnedDays: 1'));
  expect(look(returned.later(2 * DAY), { policy })).toMatchObject({ step: 'reclassify' });
});

test('an approved change is stuck when its window is over, and so is one that is being carried out', () => {
  const approved = given(...approvedStandard);
  const since = approved.change.proposal.endsAt;
  expect(look(approved.later(6 * DAY))).toEqual({
    why: 'window missed',
    since,
    people: [DANA],
    step: 'cancel',
  });
  expect(look(running.later(DAY))).toEqual({
    ...{ why: 'overrun', since, people: [DANA], step: 'handOver' },
  });
});

test('what is carried out is stuck when nobody verifies it for the policy’s days, or nobody could', () => {
  const done = running.when(finishes(DANA)).and();
  expect(look(done.later(DAY))).toBeUndefined();
  expect(look(done.later(3 * DAY))).toMatchObject({ why: 'not verified', step: 'verify' });
  const nobody = holders({ peer_reviewer: [], development_lead: [], devops_lead: [DANA] });
  expect(look(done, { holders: nobody })).toMatchObject({ why: 'nobody can verify', people: [] });
});

test('what is verified is stuck when its retrospective is overdue', () => {
  const done = running
    .when(finishes(DANA, 'failed', 'No.'))
    .and()
    .when(verifies(OLGA))
    .and();
  const since = retrospectiveDue(done.change);
  expect(look(done.later(DAY))).toBeUndefined();
  expect(look(done.later(3 * DAY))).toEqual({
    ...{ why: 'not looked back on', since, people: [DANA], step: 'retrospective' },
  });
});

test('an emergency is stuck when the board has not reviewed it in time, with all else that is late beside it', () => {
  const urgent = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS));
  const done = goesOn(urgent, recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA), finishes(PRIYA));
  const since = boardReviewDue(done.change);
  const review = { why: 'not reviewed', since, step: 'reviewEmergency' };
  const late = look(done.later(DAY + 1));
  expect(late).toMatchObject(review);
  expect(late?.people).toContain(GRACE);
  expect(late).not.toHaveProperty('besides');
  expect(look(done.later(3 * DAY))).toMatchObject({
    why: 'not verified',
    besides: [review, { why: 'not looked back on', step: 'retrospective' }],
  });
});

test('emergencies come first, then what has been stuck for longest', () => {
  const of = (story: Given) => {
    const found = look(story);
    if (!found) throw new Error('not stuck');
    return { change: story.change, stuck: found };
  };
  const old = of(given(filesNormal).later(9 * DAY));
  const older = of(given(...validated).later(20 * DAY));
  const urgent = of(given(files('emergency', emergency())).later(20 * DAY));
  expect([older, urgent, old].sort(byUrgency).map(({ change }) => change.category)).toEqual([
    'emergency',
    'normal',
    'normal',
  ]);
});
