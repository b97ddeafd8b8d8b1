import type { Instant, PersonId, Right } from './types.ts';

/** A moment of an approved change's window at which somebody is told. */
export type WindowMoment = 'day before' | 'hour before' | 'start' | 'end';

/** Something to be done by an instant, and when before it those who owe it are reminded. */
export interface Duty {
  deadline: Instant;
  remindAt: Instant[];
}

/** What is still owed once a change has been carried out, fixed at that moment, or as its verification finds it out. */
export interface Duties {
  verification?: Duty;
  retrospective?: Duty;
  /** `people`: who were asked, because they sit on the board. */
  boardReview?: Duty & { people: PersonId[] };
}

/** Something that came out of a review, to be done by somebody. */
export interface NewAction {
  words: string;
  owner: PersonId;
  /** The noon of its day, in the company's zone. */
  due: Instant;
}

export interface ActionItem extends NewAction {
  id: string;
  by: PersonId;
  at: Instant;
  /** In which role, where it was not its owner or who asked for it. */
  done?: { by: PersonId; at: Instant } & Partial<Right>;
  /** The last instant for which its owner was chased. */
  chasedFor?: Instant;
}

/** What is to be done, for a line that goes on after it. */
export function taskOf({ words }: Pick<ActionItem, 'words'>): string {
  return words.trim().replace(/\.$/, '');
}

/** What the board found when it looked at an emergency afterwards (guide, "Emergency Change Approval", 5). */
export interface BoardReview {
  by: PersonId;
  at: Instant;
  /** The role that let them speak for the board, as held then. */
  role: string;
  /** Whom they stood in for. */
  for?: PersonId;
  /** Whether it was right to carry it out as an emergency. */
  justified: boolean;
  findings: string;
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
  /** `due`: the instant for which it was said once more, to who oversees changes as well; the first time has none. */
  | { type: 'StartOverdue'; due?: Instant; overseers?: PersonId[] }
  | { type: 'Overran'; overseers: PersonId[]; due?: Instant }
  /** `due`: the instant for which the timer was set. */
  | { type: 'VerificationReminded'; due: Instant; people: PersonId[]; overseers: PersonId[] }
  /** Who may verify has changed: `added` are asked too; where nobody is left, `overseers` hear of it. */
  | { type: 'VerifiersAsked'; verifiers: PersonId[]; added: PersonId[]; overseers: PersonId[] }
  | ({ type: 'RetrospectiveHeld' } & Learnt)
  /** `due`: the instant for which the timer was set. */
  | { type: 'RetrospectiveReminded'; due: Instant; people: PersonId[]; overseers: PersonId[] }
  | ({ type: 'EmergencyReviewed' } & Omit<BoardReview, 'by' | 'at'>)
  | { type: 'BoardReviewReminded'; due: Instant; people: PersonId[] }
  | { type: 'BoardReviewEscalated'; due: Instant; people: PersonId[]; overseers: PersonId[] }
  | ({ type: 'ActionAdded'; action: string } & NewAction)
  /** In which role; without one by its owner or the requester, and in old records. */
  | ({ type: 'ActionCompleted'; action: string } & Partial<Right>)
  | { type: 'ActionChased'; action: string; due: Instant; people: PersonId[] };

export type AftermathCommand =
  /** By the clock. `of`: the start or end of the window for which the timer was set; `due`: when it is said once more that it is late. */
  | { type: 'KeepTime'; moment: WindowMoment; approvedAt: Instant; of: Instant; due?: Instant }
  | { type: 'RemindVerification'; due: Instant }
  | ({ type: 'HoldRetrospective'; actions: ActionDraft[] } & Learnt)
  | { type: 'RemindRetrospective'; due: Instant }
  | { type: 'ReviewEmergency'; justified: boolean; findings: string; actions: ActionDraft[] }
  | { type: 'RemindBoardReview'; due: Instant }
  /** `action`: its id, the same when it is delivered again. */
  | { type: 'AddAction'; action: string; item: ActionDraft }
  | { type: 'CompleteAction'; action: string }
  | { type: 'ChaseAction'; action: string; due: Instant };

/** An action item as filled in; a row left empty is none. */
export type ActionDraft = Partial<NewAction>;
