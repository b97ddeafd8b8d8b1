import fc from 'fast-check';
import { expect, it } from 'vitest';
import { missedAfter } from '../../src/change/missed.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import { DANA, JONAS } from './company.ts';
import { given, goesOn } from './given.ts';
import { play } from './play.ts';
import { DAY, HOUR, UNTIL_OPEN } from './proposals.ts';
import { stories } from './random.ts';
import * as step from './steps.ts';

const approved = given(...step.approvedStandard);
const { startsAt = 0, endsAt = 0 } = approved.change.proposal;

it('a window is missed once it has passed although it could have been started in it, whatever comes then', () => {
  const late = approved.later(UNTIL_OPEN + 3 * HOUR);
  const cancelled = goesOn(late, step.cancels(DANA));
  expect(cancelled.change.missed).toEqual([{ startsAt, endsAt }]);
  const moved = goesOn(late, step.schedules(DANA, startsAt + 7 * DAY, endsAt + 7 * DAY));
  expect(moved.change.missed).toEqual([{ startsAt, endsAt }]);
  const again = goesOn(moved, step.approves(JONAS));
  expect(missedAfter(again.change, { type: 'Expired', by: 'docket', at: endsAt + 8 * DAY })).toHaveLength(2);
});

it('a window is not missed that was given up before its end, begun in, or not approved for', () => {
  expect(goesOn(approved, step.cancels(DANA)).change.missed).toBeUndefined();
  const ready = goesOn(approved, step.recordsTests(DANA), step.prepares(DANA)).later(UNTIL_OPEN);
  const running = goesOn(ready, step.starts(DANA)).later(5 * HOUR);
  expect(goesOn(running, step.finishes(DANA)).change.missed).toBeUndefined();
  const waiting = given(step.filesStandard).later(UNTIL_OPEN + 3 * HOUR);
  expect(goesOn(waiting, step.rejects(JONAS)).change.missed).toBeUndefined();
});

/** The same once more, straight from the record: every window that an approval was followed by, without a start. */
function expected(life: readonly ChangeEvent[]): number[] {
  const ends = new Set<number>();
  let window: { startsAt?: number; endsAt?: number } = {};
  let approvedAt: number | undefined;
  for (const event of life) {
    const { endsAt: end } = window;
    if (approvedAt !== undefined && window.startsAt !== undefined && end !== undefined)
      if (event.type !== 'Started' && event.at >= end && approvedAt <= end) ends.add(end);
    if ('proposal' in event) window = event.proposal;
    if (event.type === 'ChangeApproved') approvedAt = event.at;
    const left = ['StageOpened', 'Started', 'Returned', 'Reclassified', 'Withdrawn', 'Cancelled', 'Expired'];
    if (left.includes(event.type)) approvedAt = undefined;
  }
  return [...ends];
}

it('agrees in random lives with what the record says', () => {
  let seen = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const end = play(story, () => {});
      if (!end) return;
      const missed = (end.change.missed ?? []).map((window) => window.endsAt);
      expect(missed).toEqual(expected(end.history));
      seen += missed.length;
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(0);
}, 120_000);
