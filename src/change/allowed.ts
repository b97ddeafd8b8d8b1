import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { shownHash } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { isUnderReview } from './states.ts';
import type { Change, Intent, PersonId } from './types.ts';

export type Step =
  | ('approve' | 'reject' | 'abstain' | 'return' | 'ask' | 'edit' | 'withdraw' | 'cancel')
  | (
      | 'recordTests'
      | 'prepare'
      | 'start'
      | 'tickSteps'
      | 'note'
      | 'finish'
      | 'rollBack'
      | 'verify'
      | 'retrospective'
    );

/**
 * What this person could do to this change now. It asks the rules themselves, so that a button is shown only
 * where pressing it would work, and the two cannot drift apart.
 */
export function allowed(change: Change, person: PersonId, facts: Facts, at: number): Set<Step> {
  const seen = isUnderReview(change) ? shownHash(change, change.open.stage) : '';
  const words = 'why';
  const tries: Record<Step, Intent> = {
    approve: { type: 'Decide', verdict: 'approve', seen },
    reject: { type: 'Decide', verdict: 'reject', seen, words },
    abstain: { type: 'Decide', verdict: 'abstain', seen, words },
    return: { type: 'Return', seen, words },
    ask: { type: 'Ask', question: 'new', words },
    edit: { type: 'Edit', proposal: { ...change.proposal, title: `${change.proposal.title} edited` } },
    withdraw: { type: 'Withdraw' },
    ...executionTries(change),
  };
  const works = (intent: Intent) => {
    try {
      // An empty answer means that it is done already.
      return decide(change, { ...intent, by: person, at }, facts).length > 0;
    } catch (error) {
      // What stands in the way of a start can change without any event: the window opens. The button stays.
      if (error instanceof Refusal) return error.code === 'not ready';
      throw error;
    }
  };
  // Object.entries widens the keys of the record above to string.
  const steps = Object.entries(tries) as [Step, Intent][];
  return new Set(steps.filter(([, intent]) => works(intent)).map(([step]) => step));
}

/** For each step of the execution, a command that would have an effect if the step may be taken. */
function executionTries(change: Change) {
  const { testsBefore, testsAfter, preparation, verification, strategies } = change.execution;
  const prepared = 'prepared' in change ? change.prepared : [];
  const done = 'steps' in change ? change.steps.flatMap((step, i) => (step.done ? [i] : [])) : [];
  const words = 'why';
  const tests = [...testsBefore, ...testsAfter]
    .slice(0, 1)
    .map(({ id }) => ({ test: id, result: 'fail' as const, evidence: 'allowed?' }));
  return {
    recordTests: { type: 'RecordTests', tests },
    prepare: { type: 'Prepare', items: prepared.length > 0 ? [] : preparation.map(({ id }) => id) },
    start: { type: 'Start', strategy: strategies[0]?.id ?? '' },
    tickSteps: { type: 'TickSteps', steps: done.length > 0 ? [] : [0] },
    note: { type: 'Note', words: `${words} not` },
    finish: { type: 'Finish', outcome: 'partial', words },
    rollBack: { type: 'RollBack', words },
    verify: { type: 'Verify', met: verification.map(({ id }) => id), words },
    retrospective: {
      ...{ type: 'HoldRetrospective', participants: [] },
      ...{ review: words, evaluation: words, causes: words, wentWell: words, toImprove: words },
    },
    cancel: { type: 'Cancel', words },
  } as const satisfies Partial<Record<Step, Intent>>;
}
