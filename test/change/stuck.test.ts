import { describe, expect, test } from 'vitest';
import { byUrgency, stuck } from '../../src/change/stuck.ts';
import { DANA, guide, holders, NADIA, OLGA } from './company.ts';
import { type Given, given } from './given.ts';
import { DAY, emergency, HOUR } from './proposals.ts';
import {
  approvedNormal,
  approvedStandard,
  beforeBoard,
  files,
  filesNormal,
  filesStandard,
  finishes,
  readyToStart,
  returns,
  starts,
  validated,
} from './steps.ts';

const look = ({ change, facts, at }: Given, instead: Partial<Given['facts']> = {}) =>
  stuck(change, { ...facts, ...instead }, at);
const words = (story: Given, instead: Partial<Given['facts']> = {}) => look(story, instead)?.words;

describe('nothing is stuck', () => {
  test('while it is in time', () => {
    for (const steps of [[filesStandard], [filesNormal], validated, approvedStandard, approvedNormal])
      expect(look(given(...steps))).toBeUndefined();
  });

  test('that has ended or is verified', () => {
    const running = given(...readyToStart).later(5 * DAY + 12 * HOUR);
    expect(look(running.when(starts(DANA)).and())).toBeUndefined();
  });
});

describe('a review is stuck', () => {
  test('past its deadline', () => {
    const late = given(...validated).later(3 * DAY);
    expect(look(late)).toMatchObject({
      words: 'Technical review is late and waits for <@U02PRIYA003>.',
      step: 'reassign',
    });
    expect(look(late)?.since).toBe(openUntil(late));
  });

  test('at once where nobody is left who could decide', () => {
    const nobody = { holders: holders({ devops_lead: [] }) };
    expect(words(given(...validated), nobody)).toBe(
      'Technical review: nobody can decide as DevOps lead. Fill the role with `/change setup`.',
    );
    expect(words(given(...validated), { holders: holders({ devops_lead: [DANA] }) })).toMatch(
      /nobody can decide/,
    );
  });

  test('at once where nobody of those who were asked can decide any more, but others could', () => {
    const others = { holders: holders({ devops_lead: [OLGA] }) };
    expect(look(given(...validated), others)).toMatchObject({
      words: expect.stringMatching(/nobody who was asked/),
      step: 'reassign',
    });
  });

  test('a board not for one empty seat', () => {
    expect(
      look(given(...beforeBoard), { holders: holders({ business_representative: [] }) }),
    ).toBeUndefined();
  });
});

test('a returned change is stuck when it is not taken up for the policy’s days', () => {
  const returned = given(filesNormal, returns(NADIA));
  expect(look(returned.later(4 * DAY))).toBeUndefined();
  expect(words(returned.later(6 * DAY))).toBe('Returned to <@U02DANA0001> and not taken up again.');
  const policy = guide((yaml) => yaml.replace('returnedDays: 5', 'returnedDays: 1'));
  expect(look(returned.later(2 * DAY), { policy })).toMatchObject({ step: 'reclassify' });
});

test('an approved change is stuck when its window is over', () => {
  expect(look(given(...approvedStandard).later(6 * DAY))).toMatchObject({
    ...{ words: expect.stringMatching(/window is over/), step: 'cancel' },
    since: given(...approvedStandard).change.proposal.endsAt,
  });
});

test('one that is being carried out too', () => {
  const running = given(...readyToStart)
    .later(5 * DAY + 12 * HOUR)
    .when(starts(DANA))
    .and();
  expect(words(running.later(DAY))).toBe('<@U02DANA0001> is still at it; its window is over.');
});

test('what is carried out is stuck when nobody verifies it for the policy’s days, or nobody could', () => {
  const done = given(...readyToStart)
    .later(5 * DAY + 12 * HOUR)
    .when(starts(DANA))
    .and()
    .when(finishes(DANA))
    .and();
  expect(look(done.later(DAY))).toBeUndefined();
  expect(look(done.later(3 * DAY))).toMatchObject({
    words: expect.stringMatching(/^Carried out, and not verified by/),
    step: 'verify',
  });
  const nobody = holders({ peer_reviewer: [], development_lead: [], devops_lead: [DANA] });
  expect(words(done, { holders: nobody })).toMatch(/Nobody can verify it/);
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

function openUntil({ change }: Given): number {
  return 'open' in change ? change.open.deadline : 0;
}
