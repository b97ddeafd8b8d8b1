import { expect, test } from 'vitest';
import { isOver } from '../../src/change/states.ts';
import { DANA, NADIA, PRIYA, SAM } from './company.ts';
import { effectsOf, given } from './given.ts';
import { UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  edits,
  filesNormal,
  readyToStart,
  rejects,
  returns,
  starts,
  validated,
  withdraws,
} from './steps.ts';

test.each([
  ['validating', [filesNormal]],
  ['in review', validated],
  ['returned', [filesNormal, returns(NADIA)]],
] as const)('the requester withdraws a change that is %s', (status, steps) => {
  const story = given(...steps);
  expect(story.change.status).toBe(status);
  const { change } = story
    .when(withdraws(DANA, ' Not needed. '))
    .gives({ type: 'Withdrawn', words: 'Not needed.' });
  expect(change).toMatchObject({ status: 'withdrawn', ended: { by: DANA } });
});

test('what is approved is cancelled instead', () => {
  given(...approvedNormal)
    .when(withdraws(DANA))
    .refused('not now', /Cancel it instead/);
});

test('twice is once', () => {
  given(filesNormal, withdraws(DANA)).when(withdraws(DANA)).doesNothing();
});

test.each([SAM, NADIA])('nobody else withdraws it: %s', (who) => {
  given(filesNormal)
    .when(withdraws(who))
    .refused('not the requester', /can withdraw/);
});

test('what was returned and is not taken up again, the change manager takes back as well, with the reason', () => {
  const left = given(filesNormal, returns(NADIA));
  left.when(withdraws(SAM)).refused('not the requester', /and the change manager/);
  left.when(withdraws(NADIA)).refused('incomplete', /say why/);
  const done = left.when(withdraws(NADIA, 'Dana has left.'));
  done.gives({ type: 'Withdrawn', by: NADIA, words: 'Dana has left.' });
  done.and().when(withdraws(NADIA, 'Dana has left.')).doesNothing();
  const told = { do: 'note', to: DANA };
  expect(effectsOf(left, withdraws(NADIA, 'Dana has left.'))).toContainEqual(told);
  expect(effectsOf(left, withdraws(DANA))).not.toContainEqual(told);
});

test('what was rejected cannot be withdrawn', () => {
  given(...validated, rejects(PRIYA))
    .when(withdraws(DANA))
    .refused('not now', /rejected now/);
});

test('what has begun can be neither withdrawn nor edited', () => {
  const running = given(...readyToStart)
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .and();
  for (const step of [withdraws(DANA), edits({ title: 'New' })])
    running.when(step).refused('not now', /is implementing now/);
});

test('an ended change is over, all others go on', () => {
  expect((['withdrawn', 'rejected', 'cancelled', 'expired', 'closed'] as const).every(isOver)).toBe(true);
  expect((['returned', 'approved', 'verified'] as const).some(isOver)).toBe(false);
});
