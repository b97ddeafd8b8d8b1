import type { Failure } from '../change/from-template.ts';
import type { Notice, NoticeCommand } from '../change/notices.ts';
import type {
  Actor,
  Change,
  Decision,
  Instant,
  PersonId,
  Proposal,
  Right,
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
  /** How long it takes, from its start to its end. */
  minutes?: number;
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
  /** Those who have been asked to vote. */
  asked: PersonId[];
  deadline: Instant;
  /** Up to which part of its time people have been reminded, in percent. */
  reminded?: number;
  votes: Decision[];
  decided?: { outcome: 'approved' | 'rejected' | 'withdrawn'; at: Instant };
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
  suspended?: { change: string; number: string; why: string; at: Instant; people: PersonId[] };
  /** Ids of the changes that have suspended it, each once. */
  failures: string[];
  /** Who was asked to vote, when and where, as far as that is known; absent in old records. */
  notices?: Notice[];
  retired?: { by: Actor; at: Instant; words: string };
}

type EventBody =
  | ({
      type: 'TemplateProposed';
      from?: Template['from'];
      reminders: { percent: number; at: Instant }[];
    } & Omit<Version, 'proposer' | 'proposedAt' | 'votes' | 'decided' | 'reminded'>)
  | ({ type: 'TemplateVoted'; version: number } & Omit<Decision, 'by' | 'at'>)
  | { type: 'TemplateApproved' | 'TemplateRejected' | 'TemplateWithdrawn'; version: number }
  /** `people`: who have not voted yet; `overseers`: who are told once the time is up. */
  | { type: 'TemplateReminded'; version: number; percent: number; people: PersonId[]; overseers: PersonId[] }
  /** `asked`: those whose vote is still to come, after people have come or gone; `voters`: how many can vote in all. */
  | { type: 'TemplateAskedAnew'; version: number; asked: PersonId[]; voters: number }
  /** `tell`: the board, who oversees changes, and the template's owner. */
  | ({ type: 'TemplateSuspended'; why: string; tell: PersonId[] } & Pick<
      Failure,
      'change' | 'number' | 'people'
    >)
  /** Without a role: by its owner, or in old records. */
  | ({ type: 'TemplateReinstated' | 'TemplateRetired'; words: string } & Partial<Right>)
  /** Who has been asked to vote, once it is known whether that reached them. */
  | { type: 'TemplateNotified'; notices: Notice[] }
  /** Somebody tried what they may not do. */
  | { type: 'TemplateRefused'; command: TemplateIntent['type']; code: string; sentence: string };

export type TemplateEvent = EventBody & { by: Actor; at: Instant };
export type TemplateEventOf<T extends TemplateEvent['type']> = Extract<TemplateEvent, { type: T }>;

export type TemplateIntent =
  /** A new template, taken from a closed change; the facts bring the change. */
  | { type: 'Propose'; change: string; title: string; use: string; locked: FieldId[] }
  | { type: 'Revise'; content: Content }
  /** On the version whose hash they were shown. */
  | { type: 'Vote'; verdict: Verdict; seen: TextHash; words?: string }
  | { type: 'Withdraw'; seen: TextHash }
  /** By the clock. */
  | { type: 'Remind'; version: number; percent: number }
  /** By Docket, once somebody has taken a role or lost it. */
  | { type: 'AskAgain' }
  /** By Docket, as Slack has taken messages or not. */
  | NoticeCommand
  | Failure
  | { type: 'Reinstate'; words: string }
  | { type: 'Retire'; words: string };
export type TemplateCommand = TemplateIntent & { by: Actor; at: Instant };
export type CommandOf<T extends TemplateCommand['type']> = Extract<TemplateCommand, { type: T }>;

/** The change that a new template is taken from. */
export interface Source {
  source?: Change;
}
