import { implementerOf, resultOf } from '../execution-plan.ts';
import { Refusal } from '../refusal.ts';
import { isOver } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/**
 * Test results as evidence (guide, "Testing Types Required"): who, when, where, and a link. Recorded by the
 * requester or the implementer, before the start for what must pass first and afterwards for the rest. Only what
 * differs from the last record is added.
 */
export function recordTests(change: Change, { by, at, tests }: CommandOf<'RecordTests'>): ChangeEvent[] {
  if (by !== change.requester && by !== implementerOf(change)) {
    throw new Refusal(
      'not the implementer',
      `Only <@${change.requester}> and <@${implementerOf(change)}> can record tests of ${change.number}.`,
    );
  }
  if (isOver(change.status) || change.status === 'verified')
    throw new Refusal('not now', `${change.number} is ${change.status} now; its evidence is complete.`);
  const { testsBefore, testsAfter } = change.execution;
  const known = tests.filter(({ test }) => [...testsBefore, ...testsAfter].some(({ id }) => id === test));
  const news = known.filter((record) => {
    const last = resultOf(change.tests, record.test);
    return (
      !last ||
      last.result !== record.result ||
      last.evidence !== record.evidence ||
      last.environment !== record.environment
    );
  });
  return news.length > 0 ? [{ type: 'TestsRecorded', by, at, tests: news }] : [];
}
