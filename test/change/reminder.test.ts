import { expect, test } from 'vitest';
import { isUnderReview } from '../../src/change/states.ts';
import { AMIRA, DANA, holders, KLAUS, LUCIA, MAYA, NADIA, OLGA, PRIYA, SAM, TOMAS } from './company.ts';
import { effectsOf, given } from './given.ts';
import { DAY, HOUR, MINUTE, MONDAY_10, normal } from './proposals.ts';
import {
  approvedNormal,
  approves,
  beforeBusiness,
  edits,
  files,
  filesEmergency,
  filesNormal,
  inVote,
  reminds,
  returns,
  validated,
  withdraws,
} from './steps.ts';

test('reminders stand at half, four fifths and all of the time, what follows after it', () => {
  const { events } = given().when(filesEmergency);
  expect(events.at(-1)).toMatchObject({
    deadline: MONDAY_10 + 2 * HOUR,
    reminders: [
      { percent: 50, at: MONDAY_10 + HOUR },
      { percent: 80, at: MONDAY_10 + 96 * MINUTE },
      { percent: 100, at: MONDAY_10 + 2 * HOUR },
      { percent: 125, at: MONDAY_10 + 150 * MINUTE },
      { percent: 150, at: MONDAY_10 + 3 * HOUR },
    ],
  });
});

test.each([
  ['no other review', [], 4],
  ['security', ['security'], 5],
  ['security and compliance', ['security', 'compliance'], 6],
])('with %s the stages together have the time of the change, and no more', (_, reviews, count) => {
  let story = given(files('normal', normal({ reviews })));
  const { dueAt } = story.change;
  const deadlines: number[] = [];
  // Each of them takes all of its time.
  for (let n = 0; n < count; n++) {
    const { change } = story;
    if (!isUnderReview(change)) throw new Error(`it is ${change.status} already`);
    deadlines.push(change.open.deadline);
    const [who = ''] = Object.values(change.open.asked).flat();
    if (n < count - 1)
      story = story
        .later(change.open.deadline - story.at)
        .when(approves(who))
        .and();
  }
  expect(Math.abs((deadlines.at(-1) ?? 0) - dueAt)).toBeLessThanOrEqual(2 * MINUTE);
});

test('those are reminded who have not decided', () => {
  given(filesEmergency, approves(OLGA))
    .when(reminds('expedited', 1, 50))
    .gives({ type: 'Reminded', by: 'docket', people: [MAYA, KLAUS, NADIA], overseers: [] });
  given(...inVote)
    .when(reminds('cab', 1, 80))
    .gives({ type: 'Reminded', people: [LUCIA, TOMAS, AMIRA] });
});

test('when all the time has passed, the overseer is told too', () => {
  given(...validated)
    .when(reminds('technical', 1, 100))
    .gives({ type: 'Reminded', people: [PRIYA], overseers: [NADIA] });
});

test('who lost the role is left in peace', () => {
  given(...validated)
    .with({ holders: holders({ devops_lead: [SAM] }) })
    .when(reminds('technical', 1, 50))
    .gives({ type: 'Reminded', people: [] });
});

test('a timer that was overtaken does nothing', () => {
  given(...beforeBusiness)
    .when(reminds('technical', 1, 50))
    .doesNothing();
  given(...approvedNormal)
    .when(reminds('cab', 1, 100))
    .doesNothing();
  given(filesNormal, returns(NADIA))
    .when(reminds('validation', 1, 50))
    .doesNothing();
  given(filesNormal, withdraws(DANA))
    .when(reminds('validation', 1, 50))
    .doesNothing();
});

test('a timer of an earlier round does nothing', () => {
  const again = given(filesNormal, returns(NADIA), edits({ risks: 'Lag.' }));
  again.when(reminds('validation', 1, 100)).doesNothing();
  again.when(reminds('validation', 2, 100)).gives('Reminded');
});

test('the same reminder a second time does nothing', () => {
  const reminded = given(...validated, reminds('technical', 1, 50));
  reminded.when(reminds('technical', 1, 50)).doesNothing();
  reminded.when(reminds('technical', 1, 80)).gives('Reminded');
});

test('what is late is said by itself; to whom it is said again, a digest can say it as well', () => {
  const story = given(...validated);
  const say = (percent: number) =>
    effectsOf(story, reminds('technical', 1, percent)).filter((effect) => effect.do === 'note');
  const [priya, nadia] = [PRIYA, NADIA].map((to) => ({ do: 'note', to, calm: true }));
  expect(say(50)).toEqual([{ ...priya, fold: expect.any(Number) }]);
  expect(say(100)).toEqual([{ do: 'note', to: 'thread' }, priya, nadia]);
  expect(say(150)).toContainEqual({ ...priya, fold: story.at + DAY });
});
