import { expect, test } from 'vitest';
import { allowed, whyNot } from '../../src/change/allowed.ts';
import { AMIRA, DANA, EVERYBODY, holders, JONAS, LUCIA, NADIA, OLGA, PRIYA, SAM, WEI } from './company.ts';
import { type Given, given } from './given.ts';
import { standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedStandard,
  approves,
  beforeBoard,
  files,
  filesNormal,
  filesStandard,
  finishes,
  looksBack,
  readyToStart,
  reclassifies,
  rejects,
  returns,
  starts,
  validated,
  verifies,
  withdraws,
} from './steps.ts';

/** Who may do what now; people who may do nothing are left out. */
function may({ change, facts, at }: Given): Record<string, string> {
  const each = EVERYBODY.map((who) => [who, [...allowed(change, who, facts, at)].join(' ')] as const);
  return Object.fromEntries(each.filter(([, steps]) => steps));
}
const requester = { [DANA]: 'edit withdraw recordTests' };

test('in validation the change manager may also return, set the risk and reclassify', () => {
  const all = 'approve reject return ask setRisk reclassify';
  expect(may(given(filesNormal))).toEqual({ ...requester, [NADIA]: all });
});

test('in a review its lead decides or asks, and the change manager may reclassify', () => {
  const leads = { [PRIYA]: 'approve reject ask', [NADIA]: 'reclassify' };
  expect(may(given(...validated))).toEqual({ ...requester, ...leads });
});

test('where several hold a role, the change manager may say which of them is asked', () => {
  expect(may(given(filesStandard))[NADIA]).toBe('reclassify reassign');
});

test('where the change manager filed it, the deputy may do what the change manager could', () => {
  const filed = given(filesStandard).with({
    holders: holders({ change_manager: [DANA, { person: AMIRA, deputy: true }] }),
  });
  expect(may(filed)).toMatchObject({ [DANA]: requester[DANA], [AMIRA]: 'reclassify reassign' });
});

test('on the board those vote who have not', () => {
  const open = 'approve reject ask vote';
  const seats = may(given(...beforeBoard, approves(PRIYA)));
  expect(seats).toMatchObject({ ...requester, [AMIRA]: open, [WEI]: open });
  expect(seats[PRIYA]).toBe('changeVote');
});

test('where there is nothing to do it to, it says what there would have to be', () => {
  const { change, facts, at } = given(...beforeBoard, approves(PRIYA));
  const why = (step: Parameters<typeof whyNot>[0], who: string) => whyNot(step, change, who, facts, at);
  expect(why('exempt', NADIA)).toContain('No soft freeze holds it now.');
  expect(why('changeVote', WEI)).toContain('There is no vote of yours on it');
  expect(why('changeVote', PRIYA)).toBeUndefined();
});

test('what lacks something after it was reclassified is still its requester’s to edit', () => {
  const lacking = given(filesStandard, reclassifies(NADIA, 'normal'));
  expect(lacking.change.status).toBe('returned');
  expect(may(lacking)[DANA]).toContain('edit');
});

test('a returned change is the requester’s, and may be reclassified', () => {
  expect(may(given(filesNormal, returns(NADIA)))).toEqual({ ...requester, [NADIA]: 'reclassify' });
});

test('an approved change is its implementer’s, and may be called off by the change manager', () => {
  const mine = 'edit schedule recordTests prepare start cancel';
  expect(may(given(...approvedStandard))).toEqual({ [DANA]: mine, [NADIA]: 'schedule cancel' });
  const theirs = given(files('standard', standard({ implementer: SAM })), approves(JONAS));
  expect(may(theirs)).toEqual({
    ...{ [DANA]: 'edit schedule recordTests cancel', [SAM]: 'schedule recordTests prepare start' },
    [NADIA]: 'schedule cancel',
  });
});

test('a change that runs is its implementer’s; one that is done belongs to those who verify', () => {
  const running = given(...readyToStart)
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .and();
  expect(may(running)).toEqual({
    [DANA]: 'recordTests tickSteps note handOver finish rollBack',
    [NADIA]: 'handOver',
  });
  const done = running.when(finishes(DANA, 'failed', 'No.')).and();
  const [verifier, back, add] = ['verify', 'retrospective addAction', 'addAction'];
  expect(may(done)).toEqual({
    ...{ [DANA]: `recordTests ${back}`, [JONAS]: `${verifier} ${back}`, [OLGA]: verifier },
    ...{ [WEI]: verifier, [LUCIA]: verifier, [PRIYA]: verifier, [NADIA]: back },
  });
  const verified = done.when(verifies(WEI)).and();
  expect(may(verified)).toEqual({ [DANA]: back, [JONAS]: back, [WEI]: back, [NADIA]: back });
  const closed = verified.when(looksBack(WEI)).and();
  expect(may(closed)).toEqual({ [DANA]: add, [JONAS]: add, [WEI]: add, [NADIA]: add });
});

test('an ended change is nobody’s', () => {
  expect(may(given(filesNormal, withdraws(DANA)))).toEqual({});
  expect(may(given(...validated, rejects(PRIYA)))).toEqual({});
});

test('a stranger may do nothing', () => {
  const { change, facts, at } = given(files('standard', standard()));
  expect(allowed(change, SAM, facts, at)).toEqual(new Set());
});
