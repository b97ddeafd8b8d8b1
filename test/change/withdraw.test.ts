import { expect, test } from 'vitest';
import { decide } from '../../src/change/decide.ts';
import { isOver } from '../../src/change/states.ts';
import type { FiledChange } from '../../src/change/types.ts';
import { DANA, facts, NADIA, PRIYA, SAM } from './company.ts';
import { given } from './given.ts';
import { approvedNormal, edits, filesNormal, rejects, returns, validated, withdraws } from './steps.ts';

test.each([
  ['validating', [filesNormal]],
  ['in review', validated],
  ['returned', [filesNormal, returns(NADIA)]],
  ['approved', approvedNormal],
] as const)('the requester withdraws a change that is %s', (status, steps) => {
  const story = given(...steps);
  expect(story.change.status).toBe(status);
  const { change } = story
    .when(withdraws(DANA, ' Not needed. '))
    .gives({ type: 'Withdrawn', words: 'Not needed.' });
  expect(change).toMatchObject({ status: 'withdrawn', ended: { by: DANA } });
});

test('twice is once', () => {
  given(filesNormal, withdraws(DANA)).when(withdraws(DANA)).doesNothing();
});

test.each([SAM, NADIA])('nobody else withdraws it: %s', (who) => {
  given(filesNormal)
    .when(withdraws(who))
    .refused('not the requester', /can withdraw/);
});

test('what was rejected cannot be withdrawn', () => {
  given(...validated, rejects(PRIYA))
    .when(withdraws(DANA))
    .refused('not now', /rejected now/);
});

test('what has begun can be neither withdrawn nor edited', () => {
  const approved = given(...approvedNormal);
  const { change } = approved;
  if (change.status !== 'approved') throw new Error('it is approved');
  const begun = { implementer: PRIYA, startedAt: 0, strategy: 'standard', steps: [], notes: [] };
  const implementing: FiledChange = { ...change, ...begun, status: 'implementing' };
  for (const step of [withdraws(DANA), edits({ title: 'New' })])
    expect(() => decide(implementing, step(implementing, 0), facts())).toThrow(/is implementing now/);
});

test('an ended change is over, all others go on', () => {
  expect((['withdrawn', 'rejected', 'cancelled', 'expired', 'closed'] as const).every(isOver)).toBe(true);
  expect((['draft', 'returned', 'approved', 'verified'] as const).some(isOver)).toBe(false);
});
