import type { Decision, Instant, OpenStage, PersonId, TextHash, Verdict } from './types.ts';

/** What happens to a change on its road through the stages. */
export type ReviewEvent =
  | { type: 'CriteriaChecked'; checks: string[] }
  | ({ type: 'StageOpened'; voters: number; reminders: { percent: number; at: Instant }[] } & Omit<
      OpenStage,
      'openedAt'
    >)
  | ({ type: 'Decided' } & Omit<Decision, 'by' | 'at'>)
  | { type: 'StagePassed'; stage: string }
  | { type: 'ChangeApproved'; automatic: boolean; expiresAt: Instant }
  | { type: 'ChangeRejected'; stage: string; words?: string }
  | { type: 'Returned'; stage: string; words: string }
  | { type: 'Resubmitted'; words?: string }
  | { type: 'QuestionAsked'; question: string; words: string }
  | { type: 'QuestionAnswered'; question: string; words: string }
  | {
      type: 'Reminded';
      stage: string;
      round: number;
      percent: number;
      people: PersonId[];
      overseers: PersonId[];
    };

export type ReviewCommand =
  | { type: 'Decide'; verdict: Verdict; seen: TextHash; words?: string }
  | { type: 'Return'; seen: TextHash; words: string }
  | { type: 'Ask'; question: string; words: string }
  | { type: 'Answer'; question: string; words: string }
  /** Roles, delegations or the directory have changed: who is asked is brought up to date. */
  | { type: 'AskAgain' }
  | { type: 'Remind'; stage: string; round: number; percent: number };
