import type { Decision, Instant, OpenStage, PersonId, Right, Round, TextHash, Verdict } from './types.ts';

/** What happens to a change on its road through the stages. */
export type ReviewEvent =
  | { type: 'CriteriaChecked'; checks: string[] }
  | ({ type: 'StageOpened'; reminders: { percent: number; at: Instant }[] } & Omit<Round, 'waived'> &
      Omit<OpenStage, 'openedAt' | 'reminded' | 'quorumLost'>)
  /** `replaces`: when the vote was given that this one takes the place of. */
  | ({ type: 'Decided'; replaces?: Instant } & Omit<Decision, 'by' | 'at'>)
  /** Since it was opened, people have come or gone who can vote. */
  | ({ type: 'VotersCounted'; stage: string } & Pick<Round, 'voters' | 'chairless'>)
  /** So many have stood aside or left that the rest cannot decide. `people`: the overseers and the chair. */
  | { type: 'QuorumLost'; stage: string; quorum: number; left: number; people: PersonId[] }
  /** `role` and `for`: of who leads the board; absent in old records, and where Docket takes it up. */
  | ({ type: 'QuorumWaived'; stage: string; words: string } & Partial<Right>)
  /** `dueAt`: when the change's whole time is up, since the board wanted it later. */
  | { type: 'Deferred'; stage: string; until: Instant; dueAt: Instant }
  | ({ type: 'TakenUp'; stage: string } & Partial<Right>)
  /** Said in a meeting of the board, by `person`. */
  | { type: 'Advised'; advice: string; person: PersonId; words: string }
  | { type: 'StagePassed'; stage: string }
  /** `startBy`: where it has no window. */
  | { type: 'ChangeApproved'; automatic: boolean; expiresAt: Instant; startBy?: Instant }
  | { type: 'ChangeRejected'; stage: string; words?: string }
  /**
   * `role`: that let them, as held then, and `for`: whom they stood in for; neither where a reclassification returns it.
   * `remindAt`: when its requester is reminded; absent in old records.
   */
  | ({ type: 'Returned'; stage: string; words: string; remindAt?: Instant } & Partial<Right>)
  /** It has not been resubmitted. `due`: the instant for which the timer was set; the first time is its requester's alone. */
  | { type: 'ReturnReminded'; due: Instant; overseers: PersonId[] }
  | { type: 'Resubmitted'; words?: string }
  /** `role`: in which they could decide, as held then, and `for`: whom they stood in for; absent in old records. */
  | ({ type: 'QuestionAsked'; question: string; words: string } & Partial<Right>)
  | { type: 'QuestionAnswered'; question: string; words: string }
  /**
   * What keeps it from getting to its end, in words, or nothing any more; `people` hear of it. `gone`: who was to carry
   * it out and cannot.
   */
  | { type: 'RouteChecked'; problem: string; people: PersonId[]; gone?: PersonId }
  | {
      type: 'Reminded';
      stage: string;
      round: number;
      percent: number;
      people: PersonId[];
      /** Who hears of it besides: those that a late decision is escalated to. */
      overseers: PersonId[];
      /** It reaches each of them in their own working hours. */
      calm?: true;
      /** The next reminder; absent in old records, where all but what follows the last step were set at once. */
      next?: { percent: number; at: Instant };
    };

export type ReviewCommand =
  | {
      type: 'Decide';
      verdict: Verdict;
      seen: TextHash;
      words?: string;
      until?: Instant;
      replaces?: Instant;
    }
  | { type: 'WaiveQuorum'; words: string }
  /** A deferred change goes before its board again: by the clock, for this day, or earlier by hand. */
  | { type: 'TakeUp'; until?: Instant }
  /** By a meeting of the board. */
  | { type: 'Advise'; advice: string; person: PersonId; words: string }
  | { type: 'Return'; seen: TextHash; words: string }
  | { type: 'RemindReturned'; returnedAt: Instant; due: Instant }
  | { type: 'Ask'; question: string; words: string }
  | { type: 'Answer'; question: string; words: string }
  /** Roles, delegations or the directory have changed: who is asked is brought up to date. */
  | { type: 'AskAgain' }
  | { type: 'Remind'; stage: string; round: number; percent: number };
