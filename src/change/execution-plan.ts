import type { Category, Policy } from '../policy/schema.ts';
import type { Execution, Named, Test, TestRecord, TestResult } from './execution.ts';
import { candidates, type Holders, holdingsOf } from './holders.ts';
import type { Change, ChangeIn, Filed, Instant, PersonId, Seat } from './types.ts';

/** How a category's changes are carried out, copied so that a later policy cannot alter a running change. */
export function executionOf(policy: Policy, category: Category): Execution {
  const { testsBefore, testsAfter, preparation, verifiers, retrospective, boardReview } =
    policy.categories[category];
  const board =
    boardReview && policy.categories[boardReview.category].stages.find(({ id }) => id === boardReview.stage);
  const named = (list: Record<string, string>, ids: string[]): Named[] =>
    ids.map((id) => ({ id, title: list[id] ?? id }));
  return {
    testsBefore: testsBefore.map((id) => testOf(policy, id)),
    testsAfter: testsAfter.map((id) => testOf(policy, id)),
    preparation: named(policy.preparation, preparation),
    strategies: Object.entries(policy.strategies).map(([id, { title, steps }]) => ({ id, title, steps })),
    verification: named(policy.verification, Object.keys(policy.verification)),
    metrics: named(policy.metrics, Object.keys(policy.metrics)),
    verifiers,
    retrospective,
    ...(board &&
      boardReview && {
        boardReview: {
          ...{ title: board.title, withinHours: boardReview.withinHours, seats: board.seats },
          ...(board.chair && { chair: board.chair }),
        },
      }),
  };
}

function testOf({ tests, environments }: Policy, id: string): Test {
  const where = tests[id]?.in?.map((environment) => environments[environment] ?? environment);
  return { id, title: tests[id]?.title ?? id, ...(where && { environments: where }) };
}

/** Who carries it out: whoever does by now, else the one it names, else its requester. */
export function implementerOf(
  change: Pick<Filed, 'proposal' | 'requester'> & { implementer?: PersonId },
): PersonId {
  return change.implementer ?? change.proposal.implementer ?? change.requester;
}

/** Whether who is to carry out what has been approved cannot use Docket any more, as was found when they left. */
export function isForsaken(change: Change): change is ChangeIn<'approved' | 'scheduled'> {
  const waits = change.status === 'approved' || change.status === 'scheduled';
  return waits && change.gone?.person === implementerOf(change);
}

/** All who carried it out: whoever does by now, or did last, and those who did a part of it before. */
export function team(
  change: Parameters<typeof implementerOf>[0] & Pick<Carried, 'handedOverBy'>,
): PersonId[] {
  return [...new Set([...(change.handedOverBy ?? []), implementerOf(change)])];
}

type Carried = Pick<Filed, 'execution' | 'requester'> & { handedOverBy?: readonly PersonId[] };

/** Who has had a hand in it, and so checks nothing of it: filed it, carried it out, or a part of it before handing it over. */
export function hadAHand({ requester, handedOverBy = [] }: Carried, implementer: PersonId): PersonId[] {
  return [requester, implementer, ...handedOverBy];
}

/** Who may verify: holders of the policy's roles, never the implementer, never the requester. */
export function verifiersOf(change: Carried, implementer: PersonId, holders: Holders): PersonId[] {
  const seat = { roles: change.execution.verifiers };
  return candidates(seat, hadAHand(change, implementer), holders);
}

/**
 * Whom to ask to verify, of all who may: those who have approved it, as they know it, and who stands in for one of
 * them; everybody else only where none of them may, or once they have been reminded of it.
 */
export function verifiersToAsk(
  change: Carried & Pick<Filed, 'decisions'> & { reminded?: { verification?: Instant } },
  implementer: PersonId,
  holders: Holders,
): PersonId[] {
  const all = verifiersOf(change, implementer, holders);
  if (change.reminded?.verification !== undefined) return all;
  const approved = new Set(
    change.decisions.filter(({ verdict }) => verdict === 'approve').map(({ by }) => by),
  );
  const first = all.filter((person) => {
    const inStead = verifierAs(person, change, implementer, holders)?.for;
    return approved.has(person) || (inStead !== undefined && approved.has(inStead));
  });
  return first.length > 0 ? first : all;
}

/** In which role this person may verify, and whom they stand in for, if not in their own right; nothing if they may not. */
export function verifierAs(
  person: PersonId,
  change: Carried,
  implementer: PersonId,
  holders: Holders,
): ReturnType<typeof holdingsOf>[number] | undefined {
  const seat = { roles: change.execution.verifiers };
  return holdingsOf(person, seat, hadAHand(change, implementer), holders)[0];
}

/** Who may review it for the board: who sits on it, never the implementer, never the requester. */
export function boardReviewers(
  change: Carried,
  implementer: PersonId,
  holders: Holders,
  seats: readonly Seat[] = change.execution.boardReview?.seats ?? [],
): PersonId[] {
  const barred = hadAHand(change, implementer);
  return [...new Set(seats.flatMap((seat) => candidates(seat, barred, holders)))];
}

/** The record that counts for a test: its last. */
export function resultOf(tests: readonly TestRecord[], test: string): TestRecord | undefined {
  return tests.findLast((record) => record.test === test);
}

/** The tests that can be recorded by now: those that come afterwards not before it is carried out. */
export function testsNow(change: Change): Test[] {
  const { testsBefore, testsAfter } = change.execution;
  return 'startedAt' in change ? [...testsBefore, ...testsAfter] : testsBefore;
}

/**
 * The tests that come afterwards and are missing or failed; none where it failed or was rolled back, for then it is not
 * there to be tested.
 */
export function unprovenAfter(change: Change): (Test & { result?: TestResult })[] {
  const gone = 'outcome' in change && (change.outcome === 'rolled back' || change.outcome === 'failed');
  return gone ? [] : unproven(change.execution.testsAfter, change.tests);
}

/** The tests of a list that are missing or failed. "Not applicable" is an answer that somebody stands for. */
export function unproven(
  required: readonly Test[],
  tests: readonly TestRecord[],
): (Test & { result?: TestResult })[] {
  return required.flatMap((test) => {
    const result = resultOf(tests, test.id)?.result;
    if (result === 'pass' || result === 'not applicable') return [];
    return [{ ...test, ...(result && { result }) }];
  });
}

/** What stands in the way of the start: tests that are missing or failed, and the open points of the checklist. */
export function openBeforeStart(
  change: Pick<Filed, 'execution' | 'tests'> & { prepared: readonly string[] },
): { tests: string[]; checklist: string[] } {
  const { testsBefore, preparation } = change.execution;
  return {
    tests: unproven(testsBefore, change.tests).map(({ title, result }) =>
      result ? `${title} (failed)` : title,
    ),
    checklist: preparation.filter(({ id }) => !change.prepared.includes(id)).map(({ title }) => title),
  };
}
