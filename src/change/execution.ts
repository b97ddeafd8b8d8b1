import type { Duties } from './aftermath.ts';
import type { Window } from './phases.ts';
import type { Actor, Instant, PersonId, Right, Seat } from './types.ts';

/** Something on a list of the policy: a test, a check, a step. */
export interface Named {
  id: string;
  title: string;
}

/** A test, and the environments that it counts in, as they are called; in any, where none is said. */
export interface Test extends Named {
  environments?: string[];
}

interface Strategy extends Named {
  steps: string[];
}

/** How a change of its category is carried out, as fixed at submission. */
export interface Execution {
  testsBefore: Test[];
  testsAfter: Test[];
  preparation: Named[];
  strategies: Strategy[];
  verification: Named[];
  /** What is measured before and after. */
  metrics: Named[];
  /** Holders of any of these verify, the implementer and the requester never. */
  verifiers: string[];
  /** Whether it is looked back on together: always, only when it did not go well, or never; and how soon. */
  retrospective: { when: 'always' | 'unless success' | 'never'; withinHours: number };
  /** Who reviews it once it has been carried out, and how soon: the seats of a board. */
  boardReview?: { title: string; withinHours: number; seats: Seat[]; chair?: string };
}

export type TestResult = 'pass' | 'fail' | 'not applicable';

/** A test as evidence. Of several records of one test, the last counts. */
export interface TestRecord {
  test: string;
  result: TestResult;
  by: PersonId;
  at: Instant;
  environment?: string;
  /** Where it can be looked at. */
  evidence?: string;
}

export interface Step {
  title: string;
  done?: { by: PersonId; at: Instant };
}

/** What was measured and seen when the result was checked, as far as somebody wrote it down. */
export interface Measured {
  /** Metric id to its value before and after, in people's own words and units. */
  metrics: Record<string, { before?: string; after?: string }>;
  /** Only where it was not as expected. */
  impact: { user?: string; system?: string; business?: string };
}

export type Outcome = 'success' | 'partial' | 'failed' | 'rolled back';

/** What happens to a change after its approval. */
export type ExecutionEvent =
  | { type: 'TestsRecorded'; tests: Omit<TestRecord, 'by' | 'at'>[] }
  | { type: 'Prepared'; items: string[] }
  /** `endBy`: where it has no window. */
  | { type: 'Started'; strategy: string; steps: string[]; endBy?: Instant }
  | { type: 'StepsDone'; steps: number[] }
  | { type: 'Noted'; words: string }
  /** Somebody else goes on with it, or starts it; with the role of who oversees changes, where they say so. */
  | ({ type: 'HandedOver'; from: PersonId; to: PersonId; words?: string } & Partial<Right>)
  /** `overseers`: who hears that an emergency has not helped, besides who is asked to verify or review it. */
  | {
      type: 'Finished';
      outcome: Exclude<Outcome, 'rolled back'>;
      words?: string;
      deviations?: string;
      deployed?: string;
      effortMinutes?: number;
      verifiers: PersonId[];
      duties: Duties;
      overseers?: PersonId[];
    }
  | { type: 'RolledBack'; words: string; verifiers: PersonId[]; duties: Duties; overseers?: PersonId[] }
  /** `role`: that let them, as held then; absent in old records. `duties`: what is owed only since then. */
  | {
      type: 'Verified';
      role?: string;
      met: string[];
      words?: string;
      measured?: Measured;
      for?: PersonId;
      duties?: Duties;
    }
  | { type: 'ChangeClosed' }
  /** `lost`: the place in the calendar that it had. Without a role: by its requester, or in old records. */
  | ({ type: 'Cancelled'; words: string; lost?: Window } & Partial<Right>)
  | { type: 'Expired' };

export type ExecutionCommand =
  | { type: 'RecordTests'; tests: Omit<TestRecord, 'by' | 'at'>[] }
  | { type: 'Prepare'; items: string[] }
  | { type: 'Start'; strategy: string }
  | { type: 'TickSteps'; steps: number[] }
  | { type: 'Note'; words: string }
  | { type: 'HandOver'; to: PersonId; words?: string }
  | {
      type: 'Finish';
      outcome: Exclude<Outcome, 'rolled back'>;
      words?: string;
      deviations?: string;
      /** The pull request, commit or pipeline run: a link or a few words. */
      deployed?: string;
      /** What it took, of all people together. */
      effortMinutes?: number;
      /** Of the tests that come afterwards, those that have passed already. */
      passed?: string[];
    }
  | { type: 'RollBack'; words: string }
  | { type: 'Verify'; met: string[]; words?: string; measured?: Measured }
  | { type: 'Cancel'; words: string }
  /** `of`: the end of the window that it was set for, if there was one. */
  | { type: 'Expire'; approvedAt: Instant; of?: Instant };

/** Why and by whom a change left the road, and when it had been approved, if it was when it did. */
export interface Ending {
  ended: { by: Actor; at: Instant; words?: string; approvedAt?: Instant };
}
