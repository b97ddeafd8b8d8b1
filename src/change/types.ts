import type { Freeze } from '../calendar/freezes.ts';
import type { Instant } from '../calendar/interval.ts';
import type { FIELDS, FieldId, FieldKind } from '../policy/fields.ts';
import type { Category, RiskLevel, StagePolicy } from '../policy/schema.ts';
import type { AftermathCommand, AftermathEvent } from './aftermath.ts';
import type { Clock } from './clocks.ts';
import type { DeskCommand, DeskEvent, Reclassification, RiskSetting } from './desk.ts';
import type { Ending, Execution, ExecutionCommand, ExecutionEvent, TestRecord } from './execution.ts';
import type { FeedbackCommand, FeedbackEvent, Finding, Rating } from './feedback.ts';
import type { FromTemplate } from './from-template.ts';
import type { Notice, NoticeCommand, NoticeEvent } from './notices.ts';
import type { Approved, Implemented, Implementing, Verified, Window } from './phases.ts';
import type { ReviewCommand, ReviewEvent } from './review.ts';
import type { Exemption, SchedulingCommand, SchedulingEvent } from './scheduling.ts';

export type { Instant };
/** A Slack user id, `U…` or `W…`. */
export type PersonId = string;
/** Who did something: a person, or Docket itself by rule or by clock. */
export type Actor = PersonId | 'docket';
/** Sixteen hex digits that stand for exactly what was shown. */
export type TextHash = string;

/**
 * Group id to what of it is affected, as item ids; none means "not affected", and a group that is absent has not
 * been looked at. While somebody still types, `NOT_AFFECTED` may stand among the items; the rules refuse that.
 */
export type Assessment = Record<string, { affected: string[]; note?: string }>;

interface ValueOf {
  line: string;
  text: string;
  link: string;
  minutes: number;
  instant: Instant;
  person: PersonId;
  people: PersonId[];
  /** Slack channel ids, `C…`. */
  channels: string[];
  yesNo: boolean;
  choices: string[];
  /** Question id to answer id. */
  risk: Record<string, string>;
  level: Exclude<RiskLevel, 'low'>;
  assessment: Assessment;
}
export type FieldValue = ValueOf[FieldKind];
/** What the requester wrote: any part of the template. An empty field is an absent one. */
export type Proposal = { [F in FieldId]?: ValueOf[(typeof FIELDS)[F]['kind']] };

export interface Risk {
  level: RiskLevel;
  points: number;
  /** One for each point given: "Many users (+3)". */
  reasons: string[];
  /** Who said that it is another level than the points make it, and why. */
  set?: RiskSetting;
}

/** A stage as fixed at submission; a later policy never changes it. */
export interface Stage extends Omit<StagePolicy, 'material' | 'seats'> {
  material: FieldId[];
  /** `owners`: the role that owns each system, where the seat asks those. */
  seats: (StagePolicy['seats'][number] & { owners?: Record<string, string> })[];
}
export type Seat = Stage['seats'][number];

/** On a board one may also stand aside, which counts as not being there, or want to see it again later. */
export type Verdict = 'approve' | 'reject' | 'abstain' | 'recuse' | 'defer';

export interface Decision {
  stage: string;
  seat: string;
  verdict: Verdict;
  by: PersonId;
  /** The role that let them decide, as held then. */
  role: string;
  /** Whom they stood in for. */
  for?: PersonId;
  at: Instant;
  /** Of the material fields, as shown to them. */
  seen: TextHash;
  words?: string;
  /** To defer: the day on which it is to come back. */
  until?: Instant;
}

/** In which role somebody did something, as held then, and whom they stood in for. */
export type Right = Pick<Decision, 'role' | 'for'>;

/** A board has put a change off: how it voted then, and when it comes back. */
export interface Deferral {
  stage: string;
  by: Actor;
  at: Instant;
  until: Instant;
  votes: Decision[];
}

export interface Question extends Partial<Right> {
  id: string;
  by: PersonId;
  at: Instant;
  words: string;
  answer?: { words: string; at: Instant };
}

export interface FieldChange {
  field: FieldId;
  before?: FieldValue;
  after?: FieldValue;
}

export interface Edit {
  at: Instant;
  changes: FieldChange[];
  material: FieldId[];
}

/** Everything a change has from the moment it is submitted. */
export interface Filed {
  id: string;
  requester: PersonId;
  category: Category;
  proposal: Proposal;
  /** Number of events so far; the next one gets this plus one. */
  seq: number;
  number: string;
  risk: Risk;
  route: Stage[];
  policyVersion: string;
  submittedAt: Instant;
  /** When the category's whole time is up. */
  dueAt: Instant;
  /** The proposal that decisions are bound to: the current one, less corrections of a few characters. */
  reviewed: Proposal;
  decisions: Decision[];
  questions: Question[];
  edits: Edit[];
  /** Stage id to how often it has been opened, and who can have a say in its vote. */
  opened: Record<string, Round>;
  execution: Execution;
  /** Every record, in order; of one test the last counts. */
  tests: TestRecord[];
  /** What was typed for a category that it was in before, and that its present one does not ask for. */
  aside: Proposal;
  /** The first one first. */
  deferrals?: Deferral[];
  /** Guidance from meetings of the board. */
  advice?: { id: string; by: PersonId; at: Instant; words: string }[];
  reclassified?: Reclassification;
  /** Why nobody could take it to its end, as was found when people came or went. */
  blocked?: string;
  /** Who was to carry it out and cannot use Docket any more, and since when that is known; absent in old records. */
  gone?: { person: PersonId; at: Instant };
  /** Every time that was set for it, kept or not. */
  clocks: Clock[];
  /** Defects that it has caused, and what audits have found. */
  findings: Finding[];
  /** How content people are with it, one for each person. */
  ratings: Rating[];
  /** Filed from the catalogue, and so with fields that nobody may alter. */
  template?: FromTemplate;
  /** The declared freezes that its people were told of, and who let it into soft ones. */
  caught?: Pick<Freeze, 'id' | 'kind'>[];
  exemptions?: Exemption[];
  /** Windows that passed although it could have been started in them. */
  missed?: Window[];
  /** Who was told what, as it was delivered; nothing of it in old records. */
  notices?: Notice[];
}

/** How often a stage has been opened, and what its vote is counted by. */
export interface Round {
  round: number;
  /** How many of its seats are filled or can still be, by different people; also by who stood aside. */
  voters: number;
  /** Nobody can take the chair's seat. */
  chairless?: true;
  /** Those who are left may decide, although they are fewer than the quorum. */
  waived?: true;
}

export interface OpenStage {
  stage: string;
  round: number;
  openedAt: Instant;
  deadline: Instant;
  /** Seat id to the people who were asked to fill it. */
  asked: Record<string, PersonId[]>;
  /** Up to which part of its time people have been reminded, in percent. */
  reminded?: number;
  /** It has been said that too few are left for the quorum. */
  quorumLost?: true;
}

/** Sent back to its requester. */
interface Return {
  by: PersonId;
  at: Instant;
  words: string;
  /** The last instant for which its requester was reminded. */
  reminded?: Instant;
}

/** A change request, from its submission on: until then it is its requester's private draft. */
export type Change =
  | ({ status: 'validating' | 'in review'; open: OpenStage } & Filed)
  | ({ status: 'returned'; returned: Return } & Filed)
  | ({ status: 'deferred'; deferred: Deferral } & Filed)
  | ({ status: 'approved' } & Approved)
  | ({ status: 'scheduled' } & Approved & Window)
  | ({ status: 'implementing' } & Implementing)
  | ({ status: 'implemented' } & Implemented)
  | ({ status: 'verified' } & Verified)
  | ({ status: 'closed'; closedAt: Instant } & Verified)
  | ({ status: 'rejected' | 'withdrawn' | 'cancelled' | 'expired' } & Filed & Ending);

export type Status = Change['status'];
/** A change in one of the given states. */
export type ChangeIn<S extends Status> = Extract<Change, { status: S }>;
export type UnderReview = ChangeIn<'validating' | 'in review'>;

type EventBody =
  | {
      type: 'Submitted';
      number: string;
      category: Category;
      proposal: Proposal;
      risk: Risk;
      route: Stage[];
      policyVersion: string;
      dueAt: Instant;
      execution: Execution;
      template?: FromTemplate;
      /** Who hears of an emergency, besides those who are asked. */
      overseers?: PersonId[];
    }
  | ExecutionEvent
  | AftermathEvent
  | DeskEvent
  | FeedbackEvent
  | NoticeEvent
  | SchedulingEvent
  | ReviewEvent
  | {
      type: 'Edited';
      proposal: Proposal;
      risk: Risk;
      changes: FieldChange[];
      material: FieldId[];
      voided: Pick<Decision, 'stage' | 'seat' | 'by'>[];
      /** The risk that had been set by hand, which the edit has undone. */
      unset?: { by: PersonId; level: RiskLevel };
      /** The place in the calendar that it had, where it has to be decided on anew. */
      lost?: Window;
      /** It has to be let into its soft freezes anew; absent in old records, in which that held for whatever became of it. */
      exemptionsVoid?: true;
    }
  /** Without a role: by its requester, or in old records. */
  | ({ type: 'Withdrawn'; words?: string } & Partial<Right>)
  | { type: 'Refused'; command: CommandType; code: string; sentence: string };

/** By what in Slack somebody did it. */
export type Via = 'command' | 'button' | 'form' | 'Home' | 'message' | 'shortcut';

export type ChangeEvent = EventBody & { by: Actor; at: Instant; via?: Via };
export type EventType = ChangeEvent['type'];
export type EventOf<T extends EventType> = Extract<ChangeEvent, { type: T }>;

type CommandBody =
  | ExecutionCommand
  | AftermathCommand
  | DeskCommand
  | FeedbackCommand
  | NoticeCommand
  | SchedulingCommand
  | ReviewCommand
  | {
      type: 'Submit';
      id: string;
      category: Category;
      proposal: Proposal;
      /** The template of the catalogue that it is filed from. */
      template?: { id: string; version: number };
    }
  | { type: 'Edit'; proposal: Proposal; words?: string }
  | { type: 'Withdraw'; words?: string }
  /** For the catalogue. */
  | { type: 'OfferAsExample' };

export type Command = CommandBody & { by: Actor; at: Instant };
type CommandType = CommandBody['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;
/** A command before somebody gives it at some time. */
export type Intent = CommandBody;
