import type { Test, TestRecord } from '../execution.ts';
import { implementerOf, resultOf, testsNow } from '../execution-plan.ts';
import { Refusal } from '../refusal.ts';
import { isOver } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/**
 * Test results as evidence (guide, "Testing Types Required"): who, when, where, and a link. Recorded by the
 * requester or the implementer, before the start for what must pass first and afterwards for the rest; only what was
 * run in one of its environments counts (guide, "Testing Environment Requirements"). Only what differs from the last
 * record is added.
 */
export function recordTests(change: Change, { by, at, tests }: CommandOf<'RecordTests'>): ChangeEvent[] {
  const theirs = [...new Set([change.requester, implementerOf(change)])];
  if (!theirs.some((person) => person === by)) {
    throw new Refusal(
      'not the implementer',
      `Only ${theirs.map((person) => `<@${person}>`).join(' and ')} can record tests of ${change.number}.`,
    );
  }
  if (isOver(change.status) || change.status === 'verified')
    throw new Refusal('not now', `${change.number} is ${change.status} now; its evidence is complete.`);
  const known = testsNow(change).flatMap((test) =>
    tests
      .filter((record) => record.test === test.id)
      .map((record) => ({ test, record: placed(record, test) })),
  );
  const elsewhere = known.filter(({ test, record }) => !countsThere(test, record)).map(({ test }) => test);
  if (elsewhere.length > 0) {
    const sentence = whereTheyCount(elsewhere, known.length > elsewhere.length);
    throw new Refusal('incomplete', sentence, { environment: sentence });
  }
  const news = known
    .map(({ record }) => record)
    .filter((record) => {
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

type NewRecord = Omit<TestRecord, 'by' | 'at'>;

/** Where a test counts in one environment only, it need not be said. */
function placed(record: NewRecord, { environments = [] }: Test): NewRecord {
  const [only, ...others] = environments;
  const known = record.environment ?? record.result === 'not applicable';
  return known || only === undefined || others.length > 0 ? record : { ...record, environment: only };
}

function countsThere({ environments }: Test, { result, environment }: NewRecord): boolean {
  if (result === 'not applicable' || !environments) return true;
  return environment !== undefined && environments.includes(environment);
}

/**
 * "These count in Staging only: Performance tests, Security tests."
 * @param mixed whether others were recorded along with them, which count where they were run
 */
function whereTheyCount(tests: readonly Test[], mixed: boolean): string {
  const places = new Map<string, string[]>();
  for (const { title, environments = [] } of tests) {
    const place = environments.join(' or ');
    places.set(place, [...(places.get(place) ?? []), title]);
  }
  const lines = [...places].map(([place, titles]) => `These count in ${place} only: ${titles.join(', ')}.`);
  const apart = mixed || places.size > 1 ? ', and record the others by themselves' : '';
  return [...lines, `Please say where they were run${apart}.`].join(' ');
}
