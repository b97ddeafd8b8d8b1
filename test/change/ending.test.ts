import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import type { Change } from '../../src/change/types.ts';
import { DANA, JONAS, LUCIA, NADIA, PRIYA, SAM } from './company.ts';
import { given } from './given.ts';
import { DAY, HOUR, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approvedStandard,
  approves,
  cancels,
  edits,
  expires,
  filesEmergency,
  filesNormal,
  finishes,
  readyToStart,
  recordsTests,
  returns,
  type Step,
  schedules,
  starts,
  verifies,
} from './steps.ts';

const expiresOf =
  (approvedAt: number): Step =>
  (_, at) => ({ type: 'Expire', by: 'docket', at, approvedAt });
function asApproved(change: Change) {
  if (change.status !== 'approved' && change.status !== 'scheduled') throw new Error('it is not approved');
  return change;
}
const running = given(...readyToStart)
  .later(UNTIL_OPEN)
  .when(starts(DANA))
  .and();

describe('cancelled', () => {
  test.each([DANA, NADIA])('by its requester or the change manager, with the reason: %s', (who) => {
    const { change } = given(...approvedNormal)
      .when(cancels(who, ' The vendor is late. '))
      .gives({ type: 'Cancelled', words: 'The vendor is late.' });
    expect(change).toMatchObject({ status: 'cancelled', ended: { by: who, words: 'The vendor is late.' } });
  });

  test.each([SAM, PRIYA, JONAS])('by nobody else: %s', (who) => {
    given(...approvedNormal)
      .when(cancels(who))
      .refused('not your role', /change manager can cancel/);
  });

  test('not without the reason', () => {
    given(...approvedNormal)
      .when(cancels(DANA, ' '))
      .refused('incomplete', /say why/);
  });

  test('twice is once', () => {
    given(...approvedNormal, cancels(DANA))
      .when(cancels(NADIA))
      .doesNothing();
  });

  test.each([
    ['validating', given(filesNormal)],
    ['returned', given(filesNormal, returns(NADIA))],
    ['implementing', running],
    ['implemented', running.when(finishes(DANA)).and()],
    ['closed', running.when(finishes(DANA)).and().when(verifies(JONAS)).and()],
  ])('not what is %s', (status, story) => {
    story.when(cancels(DANA)).refused('not now', new RegExp(`${status} now`));
  });

  test('what is cancelled neither starts nor expires', () => {
    const { at } = given(...approvedStandard);
    const story = given(...readyToStart, cancels(DANA)).later(UNTIL_OPEN);
    story.when(starts(DANA)).refused('not approved', /cancelled now/);
    story.when(expiresOf(at)).doesNothing();
    story.when(recordsTests(DANA)).refused('not now');
  });
});

describe('expired', () => {
  test('what was approved and not carried out', () => {
    const { change } = given(...approvedNormal)
      .later(60 * DAY)
      .when(expires)
      .gives('Expired');
    expect(change).toMatchObject({ status: 'expired', ended: { by: 'docket' } });
  });

  test('thirty days after its window, or after its approval where it has none', () => {
    const until = (steps: readonly Step[]) => {
      const story = given(...steps.slice(0, -1)).when(steps.at(-1) ?? filesNormal);
      const timer = story.events
        .flatMap((event) => effects(event, story.change))
        .find(({ do: what }) => what === 'timer');
      return {
        at: timer && 'at' in timer ? timer.at : 0,
        ended: story.change.proposal.endsAt ?? story.before.at,
      };
    };
    for (const steps of [
      approvedStandard,
      [filesEmergency, ...['U02MAYA0011', 'U02OLGA0012', 'U02KLAUS010'].map((who) => approves(who))],
    ]) {
      const { at, ended } = until(steps);
      expect(at - ended).toBe(30 * DAY);
    }
  });

  test('thirty days after its approval, where that came when its window was over', () => {
    const { events, change, before } = given(...approvedNormal.slice(0, -1))
      .later(90 * DAY)
      .when(approves(LUCIA))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Unscheduled');
    const expiries = events
      .flatMap((event) => effects(event, change))
      .flatMap((effect) => (effect.do === 'timer' && effect.intent.type === 'Expire' ? [effect.at] : []));
    expect(expiries).toEqual(expiries.map(() => before.at + 30 * DAY));
  });

  test('not by the timer of an earlier approval', () => {
    const first = given(...approvedStandard);
    const approvedAt = 'approvedAt' in first.change ? first.change.approvedAt : 0;
    const again = first.when(edits({ systems: ['payments'] })).and();
    again.when(expiresOf(approvedAt)).doesNothing();
    const second = again.when(approves(JONAS)).and();
    second.when(expiresOf(approvedAt)).doesNothing();
    second.when(expires).gives('Expired');
  });

  test('not by the timer of a window that has been moved', () => {
    const story = given(...approvedNormal);
    const { approvedAt, proposal } = asApproved(story.change);
    const { startsAt = 0, endsAt = 0 } = proposal;
    const moved = story.when(schedules(DANA, startsAt, endsAt - HOUR)).and();
    const expire =
      (of: number): Step =>
      (_, at) => ({ type: 'Expire', by: 'docket', at, approvedAt, of });
    moved.when(expire(endsAt)).doesNothing();
    moved.when(expire(endsAt - HOUR)).gives('Expired');
  });

  test('not what has been started', () => {
    running.when(expires).doesNothing();
    given(filesNormal).when(expires).doesNothing();
  });
});
