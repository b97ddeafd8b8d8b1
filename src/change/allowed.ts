import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { shownHash } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { isUnderReview } from './states.ts';
import type { FiledChange, Intent, PersonId } from './types.ts';

export type Step = 'approve' | 'reject' | 'abstain' | 'return' | 'ask' | 'edit' | 'withdraw';

/**
 * What this person could do to this change now. It asks the rules themselves, so that a button is shown only
 * where pressing it would work, and the two cannot drift apart.
 */
export function allowed(change: FiledChange, person: PersonId, facts: Facts, at: number): Set<Step> {
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
  };
  const works = (intent: Intent) => {
    try {
      // An empty answer means that it is done already.
      return decide(change, { ...intent, by: person, at }, facts).length > 0;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  };
  // Object.entries widens the keys of the record above to string.
  const steps = Object.entries(tries) as [Step, Intent][];
  return new Set(steps.filter(([, intent]) => works(intent)).map(([step]) => step));
}
