import { expect, test } from 'vitest';
import { allowed } from '../../src/change/allowed.ts';
import { AMIRA, DANA, EVERYBODY, NADIA, PRIYA, SAM, WEI } from './company.ts';
import { type Given, given } from './given.ts';
import { standard } from './proposals.ts';
import {
  approvedStandard,
  approves,
  beforeBoard,
  files,
  filesNormal,
  rejects,
  returns,
  validated,
  withdraws,
} from './steps.ts';

/** Who may do what now; people who may do nothing are left out. */
function may({ change, facts, at }: Given): Record<string, string> {
  const each = EVERYBODY.map((who) => [who, [...allowed(change, who, facts, at)].join(' ')] as const);
  return Object.fromEntries(each.filter(([, steps]) => steps));
}
const requester = { [DANA]: 'edit withdraw' };

test('in validation the change manager may also return', () => {
  expect(may(given(filesNormal))).toEqual({ ...requester, [NADIA]: 'approve reject return ask' });
});

test('in a review its lead decides or asks', () => {
  expect(may(given(...validated))).toEqual({ ...requester, [PRIYA]: 'approve reject ask' });
});

test('on the board those vote who have not', () => {
  const vote = 'approve reject abstain ask';
  const seats = may(given(...beforeBoard, approves(PRIYA)));
  expect(seats).toMatchObject({ ...requester, [AMIRA]: vote, [WEI]: vote });
  expect(seats[PRIYA]).toBeUndefined();
});

test('a returned or approved change is the requester’s', () => {
  expect(may(given(filesNormal, returns(NADIA)))).toEqual(requester);
  expect(may(given(...approvedStandard))).toEqual(requester);
});

test('an ended change is nobody’s', () => {
  expect(may(given(filesNormal, withdraws(DANA)))).toEqual({});
  expect(may(given(...validated, rejects(PRIYA)))).toEqual({});
});

test('a stranger may do nothing', () => {
  const { change, facts, at } = given(files('standard', standard()));
  expect(allowed(change, SAM, facts, at)).toEqual(new Set());
});
