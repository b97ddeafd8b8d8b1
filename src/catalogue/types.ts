import type {
  Actor,
  Change,
  Decision,
  Instant,
  PersonId,
  Proposal,
  Stage,
  TextHash,
  Verdict,
} from '../change/types.ts';
import type { FieldId } from '../policy/fields.ts';

/** What the board approves: when it may be used, what it fills in, and what of that nobody may alter. */
export interface Content {
  title: string;
  use: string;
  proposal: Proposal;
  locked: FieldId[];
}

/** One text of a template and how the board decided on it. */
export interface Version {
  version: number;
  content: Content;
  /** Of the content, as the board is shown it. */
  hash: TextHash;
  proposer: PersonId;
  proposedAt: Instant;
  /** The board as fixed when it was proposed, and how many different people could then fill its seats. */
  board: Stage;
  voters: number;
  votes: Decision[];
  decided?: { outcome: 'approved' | 'rejected'; at: Instant };
}

/** A standard change agreed beforehand. */
export interface Template {
  id: string;
  /** Number of events so far. */
  seq: number;
  owner: PersonId;
  /** The change that it was taken from. */
  from: { change: string; number: string };
  /** The first one first. The highest approved one is in force; a later one may be before the board. */
  versions: Version[];
  /** Filed from it, and it did not go well: nothing may be filed from it until it is reinstated. */
  suspended?: { change: string; number: string; why: string; at: Instant };
  retired?: { by: Actor; at: Instant; words: string };
}

type EventBody =
  | ({ type: 'TemplateProposed'; from?: Template['from'] } & Omit<
      Version,
      'proposer' | 'proposedAt' | 'votes' | 'decided'
    >)
  | ({ type: 'TemplateVoted'; version: number } & Omit<Decision, 'by' | 'at'>)
  | { type: 'TemplateApproved' | 'TemplateRejected'; version: number }
  | { type: 'TemplateSuspended'; change: string; number: string; why: string }
  | { type: 'TemplateReinstated' | 'TemplateRetired'; words: string };

export type TemplateEvent = EventBody & { by: Actor; at: Instant };

export type TemplateIntent =
  /** A new template, taken from a closed change; the facts bring the change. */
  | { type: 'Propose'; change: string; title: string; use: string; locked: FieldId[] }
  | { type: 'Revise'; content: Content }
  | { type: 'Vote'; version: number; verdict: Verdict; seen: TextHash; words?: string }
  /** By Docket, when a change filed from it did not go well. */
  | { type: 'Suspend'; change: string; number: string; why: string }
  | { type: 'Reinstate'; words: string }
  | { type: 'Retire'; words: string };
export type TemplateCommand = TemplateIntent & { by: Actor; at: Instant };
export type CommandOf<T extends TemplateCommand['type']> = Extract<TemplateCommand, { type: T }>;

/** The change that a new template is taken from. */
export interface Source {
  source?: Change;
}
