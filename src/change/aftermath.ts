import type { Instant, PersonId } from './types.ts';

/** A moment of an approved change's window at which somebody is told. */
export type WindowMoment = 'day before' | 'hour before' | 'start' | 'end';

/** Something to be done by an instant, and when before it those who owe it are reminded. */
export interface Duty {
  deadline: Instant;
  remindAt: Instant[];
}

/** What is still owed once a change has been carried out, fixed at that moment. */
export interface Duties {
  retrospective?: Duty;
}

/** What was learnt (guide, "Retrospective Meeting"), along its agenda. */
export interface Learnt {
  /** How the implementation went. */
  review: string;
  /** Whether the success criteria were met. */
  evaluation: string;
  /** Issues and their root causes; always there when it was no success. */
  causes?: string;
  wentWell: string;
  toImprove: string;
  recommendations?: string;
  participants: PersonId[];
}

export interface Retrospective extends Learnt {
  by: PersonId;
  at: Instant;
}

/** What happens around and after the implementation. */
export type AftermathEvent =
  | { type: 'WindowNear'; moment: 'day before' | 'hour before' }
  | { type: 'StartOverdue' }
  | { type: 'Overran'; overseers: PersonId[] }
  | ({ type: 'RetrospectiveHeld' } & Learnt)
  /** `due`: the instant for which the timer was set. */
  | { type: 'RetrospectiveReminded'; due: Instant; people: PersonId[]; overseers: PersonId[] };

export type AftermathCommand =
  /** By the clock. `of`: the start or end of the window for which the timer was set. */
  | { type: 'KeepTime'; moment: WindowMoment; approvedAt: Instant; of: Instant }
  | ({ type: 'HoldRetrospective' } & Learnt)
  | { type: 'RemindRetrospective'; due: Instant };
