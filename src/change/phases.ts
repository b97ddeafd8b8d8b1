import type { ActionItem, BoardReview, Duties, Retrospective, WindowMoment } from './aftermath.ts';
import type { Measured, Outcome, Step } from './execution.ts';
import type { Obstacle } from './scheduling.ts';
import type { Filed, Instant, PersonId } from './types.ts';

// What a change has besides, from its approval on: each phase all that the one before it has.

export interface Window {
  startsAt: Instant;
  endsAt: Instant;
}
export interface Approved extends Filed {
  approvedAt: Instant;
  /** Until when it is to be started, where it has no window. */
  startBy?: Instant;
  /** Ids of what is ticked on the checklist before the start. */
  prepared: string[];
  /** The moments of its window that have been told: each once. */
  told: WindowMoment[];
  /** The last instant for which it was said once more that its start, or its end, is late. */
  saidAgain?: Instant;
  /** Why it has no place in the calendar, as its people were told. */
  against?: Obstacle[];
}
export interface Implementing extends Approved {
  implementer: PersonId;
  /** Who carried a part of it out before. */
  handedOverBy?: PersonId[];
  startedAt: Instant;
  /** Until when it is to be over, where it has no window. */
  endBy?: Instant;
  strategy: string;
  steps: Step[];
  notes: { by: PersonId; at: Instant; words: string }[];
}
export interface Implemented extends Implementing {
  outcome: Outcome;
  finishedAt: Instant;
  outcomeWords?: string;
  /** What was done differently than planned, in the implementer's words. */
  deviations?: string;
  /** The pull request, commit or pipeline run, as a link or in a few words. */
  deployed?: string;
  /** What it took, of all people together. */
  effortMinutes?: number;
  /** Who were asked to verify. */
  verifiers: PersonId[];
  /** What is owed before it closes, and the last instant for which a reminder of it went out. */
  duties: Duties;
  reminded: { [D in keyof Duties]?: Instant };
  retrospective?: Retrospective;
  boardReview?: BoardReview;
  /** What came out of its reviews; they live on when it is closed. */
  actions: ActionItem[];
}
export interface Verified extends Implemented {
  verifiedBy: PersonId;
  /** The role that let them, as held then. */
  verifiedAs?: string;
  /** Whom they stood in for. */
  verifiedFor?: PersonId;
  verifiedAt: Instant;
  /** Ids of the checks that were met. */
  met: string[];
  verificationWords?: string;
  measured?: Measured;
}
