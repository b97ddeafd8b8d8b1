import type { Change, Instant, PersonId } from './types.ts';

/** One line of a change's sign-off: who stands for it, and since when; nobody yet where that is still to come. */
export interface SignOff {
  what: 'Approved' | 'Implemented' | 'Verified';
  by: PersonId[];
  at?: Instant;
}

/** The sign-off of the guide's template: approved, implemented and verified by whom, and when. */
export function signOffOf(change: Change): SignOff[] {
  const approvers = change.decisions.filter(({ verdict }) => verdict === 'approve').map(({ by }) => by);
  return [
    'approvedAt' in change
      ? { what: 'Approved', by: [...new Set(approvers)], at: change.approvedAt }
      : { what: 'Approved', by: [] },
    'finishedAt' in change
      ? { what: 'Implemented', by: [change.implementer], at: change.finishedAt }
      : { what: 'Implemented', by: [] },
    'verifiedAt' in change
      ? { what: 'Verified', by: [change.verifiedBy], at: change.verifiedAt }
      : { what: 'Verified', by: [] },
  ];
}
