import type { Interval } from '../calendar/interval.ts';
import { EXCEPTIONS, type ExceptionId, exceptionsIn } from '../change/export/exceptions.ts';
import type { Recorded } from '../db/evidence.ts';
import { keysOf } from '../entries.ts';
import type { Policy } from '../policy/schema.ts';

/** What was counted of the changes of a period while their records were read. */
export interface Tally {
  /** To how many something happened, and how many of them were filed in it. */
  changes: number;
  filed: number;
  /** For each year, the first and the last number that was given in it, and which between them are not there. */
  numbers: Map<number, { first: number; last: number; missing: number[] }>;
  /** The versions of the policy that changes were routed by, with when that was first and last. */
  policies: Map<string, { n: number; first: number; last: number }>;
  refusals: Map<string, number>;
  /** Numbers of changes. */
  exceptions: Map<ExceptionId, string[]>;
}

export function emptyTally(): Tally {
  const none = keysOf(EXCEPTIONS).map((of): [ExceptionId, string[]] => [of, []]);
  return {
    ...{ changes: 0, filed: 0, numbers: new Map(), policies: new Map(), refusals: new Map() },
    exceptions: new Map(none),
  };
}

/** Counts one more change, by its record alone. Changes come in the order of their numbers. */
export function tallied(
  tally: Tally,
  { events }: Recorded,
  { range, policy, now }: { range: Interval; policy: Policy; now: number },
): void {
  const isIn = (at: number) => at >= range.start && at < range.end;
  tally.changes += 1;
  const number = events.find(({ type }) => type === 'Submitted');
  for (const event of events.filter(({ at }) => isIn(at))) {
    if (event.type === 'Submitted') {
      tally.filed += 1;
      countNumber(tally, event.number);
    }
    if (event.type === 'Submitted' || event.type === 'Reclassified') {
      const { policyVersion: version, at } = event;
      const { n, first, last } = tally.policies.get(version) ?? { n: 0, first: at, last: at };
      tally.policies.set(version, { n: n + 1, first: Math.min(first, at), last: Math.max(last, at) });
    }
    if (event.type === 'Refused') countRefusal(tally, event.code);
  }
  const found = new Set(exceptionsIn(events, policy, now).flatMap(({ of, at }) => (isIn(at) ? [of] : [])));
  for (const of of found) if (number?.type === 'Submitted') tally.exceptions.get(of)?.push(number.number);
}

/** Counts one more attempt that the rules refused. */
export function countRefusal({ refusals }: Tally, code: string): void {
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
}

/** `CR-2026-001` */
function countNumber({ numbers }: Tally, number: string): void {
  const [year = 0, n = 0] = number.split('-').slice(-2).map(Number);
  const known = numbers.get(year);
  if (!known) numbers.set(year, { first: n, last: n, missing: [] });
  else {
    for (let each = known.last + 1; each < n; each++) known.missing.push(each);
    known.last = n;
  }
}
