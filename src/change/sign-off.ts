import { team } from './execution-plan.ts';
import type { Change, Instant, PersonId } from './types.ts';

/** When a change was approved, also where it was called off or expired afterwards; nothing where no approval stood. */
export function approvalOf(change: Change): Instant | undefined {
  if ('approvedAt' in change) return change.approvedAt;
  return 'ended' in change ? change.ended.approvedAt : undefined;
}

/** One line of a change's sign-off: who stands for it, and since when; nobody yet where that is still to come. */
export interface SignOff {
  what: 'Approved' | 'Implemented' | 'Verified';
  by: PersonId[];
  at?: Instant;
}

/** The sign-off of the guide's template: approved, implemented and verified by whom, and when. */
export function signOffOf(change: Change): SignOff[] {
  const approvers = change.decisions.filter(({ verdict }) => verdict === 'approve').map(({ by }) => by);
  const approvedAt = approvalOf(change);
  return [
    approvedAt === undefined
      ? { what: 'Approved', by: [] }
      : { what: 'Approved', by: [...new Set(approvers)], at: approvedAt },
    'finishedAt' in change
      ? { what: 'Implemented', by: team(change), at: change.finishedAt }
      : { what: 'Implemented', by: [] },
    'verifiedAt' in change
      ? { what: 'Verified', by: [change.verifiedBy], at: change.verifiedAt }
      : { what: 'Verified', by: [] },
  ];
}
