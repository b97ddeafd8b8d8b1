import type { ActionDraft, ActionItem, NewAction } from '../change/aftermath.ts';
import type { Facts } from '../change/facts.ts';
import type { Actor, Change, Decision, Instant, PersonId, Right, Seat } from '../change/types.ts';

export type MeetingKind = 'weekly' | 'ad hoc' | 'process review';

/** What became of an item, in the words of the minutes. */
export type Result =
  | ('approved' | 'rejected' | 'deferred' | 'no longer before the board')
  | ('justified' | 'not justified');

/** What there is to talk about: a change that the board votes on, an emergency to be reviewed, or anything else. */
export interface Item {
  /** The change's id, or the topic's own. */
  id: string;
  about: 'vote' | 'review' | 'topic';
  /** The number of its change, if it is about one. */
  number?: string;
  title: string;
  /** As of which event of the change it is shown. */
  seen?: number;
  result?: Result;
}

/** Something that was said and is to be remembered, about an item. */
export interface Remark {
  id: string;
  item: string;
  by: PersonId;
  at: Instant;
  words: string;
}

/** A vote as the minutes tell it; of who is not named as present also when they gave it, if not in the meeting. */
export type VoteTold = Pick<Decision, 'by' | 'for' | 'role' | 'verdict' | 'words' | 'until'> & {
  apart?: 'beforehand' | 'from elsewhere';
};

/** Who took something off the agenda, and in which role. */
type TakenOff = { by: Actor } & Partial<Right>;

/** One item of the minutes, as it stood when the meeting was closed. */
export interface Minute extends Item {
  /** Decided by votes before anybody met. */
  early?: true;
  /** To when it was deferred. */
  until?: Instant;
  /** The meeting was closed before it came to it; absent in old minutes. */
  notReached?: true;
  /** It was taken off: what becomes of it is told by the minutes of the meeting that it comes to. */
  off?: TakenOff;
  votes: VoteTold[];
  /** What the board found, for an emergency that it reviewed. */
  findings?: { by: PersonId; words: string };
  remarks: Pick<Remark, 'by' | 'words'>[];
}

/** Where and of whom a meeting is, fixed when its agenda is drawn. */
export interface Plan {
  kind: MeetingKind;
  /** What the board is called, who sits on it, and which of the seats is the chair's. */
  title: string;
  seats: Seat[];
  chair: string;
  /** The channel where it is announced and held. */
  channel: string;
  startsAt: Instant;
  /** How long it is to take. */
  minutes: number;
  /** When its members are reminded of it. */
  remindAt: Instant;
}

/** A meeting of the board, from its agenda to its minutes. */
export interface Meeting extends Plan {
  id: string;
  /** Number of events so far. */
  seq: number;
  status: 'planned' | 'open' | 'closed' | 'skipped';
  /** In the order in which they come up. */
  items: Item[];
  /** Decided before anybody met. */
  early: Item[];
  /** Changes that the chair has taken off: they wait for the next meeting. */
  removed: string[];
  /** What was taken off as it then was, each with who did it; absent in old records. */
  off?: (Item & { off: TakenOff })[];
  reminded?: true;
  /** The item that is being talked about. */
  current?: string;
  openedAt?: Instant;
  /** Who opened it, and in which role; absent in old records. */
  opened?: { by: Actor } & Partial<Right>;
  attendance: PersonId[];
  remarks: Remark[];
  actions: ActionItem[];
  closed?: { by: Actor; at: Instant; minutes: Minute[] } & Partial<Right>;
  skipped?: Skipped;
}

/** Why there was no meeting. */
export type Skipped = 'nothing to decide' | 'nobody opened it' | 'called off';

/** Where an item goes on the agenda; off it waits for the next meeting. */
export type Place = 'first' | 'last' | 'off' | { after: string };

type EventBody =
  /** In which role, as held then, where somebody called the meeting; absent in old records, as below. */
  | ({ type: 'AgendaDrawn'; items: Item[] } & Plan & Partial<Right>)
  /** Changes have come, moved or been decided since. */
  | { type: 'AgendaUpdated'; items: Item[]; early: Item[] }
  | ({ type: 'ItemAdded'; item: Item } & Partial<Right>)
  | ({ type: 'ItemMoved'; item: string; to: Place } & Partial<Right>)
  | { type: 'MeetingReminded'; people: PersonId[] }
  | ({ type: 'MeetingOpened' } & Partial<Right>)
  | ({ type: 'ItemCalled'; item: string } & Partial<Right>)
  | { type: 'Attended' }
  | { type: 'Remarked'; remark: string; item: string; words: string }
  | ({ type: 'ActionAdded'; action: string } & NewAction)
  /** In which role; without one by its owner or who added it, and in old records. */
  | ({ type: 'ActionCompleted'; action: string } & Partial<Right>)
  | { type: 'ActionChased'; action: string; due: Instant; people: PersonId[] }
  | ({ type: 'MeetingClosed'; attendance: PersonId[]; minutes: Minute[] } & Partial<Right>)
  /** In which role it was called off. */
  | ({ type: 'MeetingSkipped'; why: Skipped; people: PersonId[] } & Partial<Right>);

export type MeetingEvent = EventBody & { by: Actor; at: Instant };
export type MeetingEventOf<T extends EventBody['type']> = Extract<MeetingEvent, { type: T }>;

export type MeetingIntent =
  /** By the calendar, or by the chair at once. */
  | { type: 'DrawAgenda'; plan: Plan; items: Item[] }
  /** Something has happened to a change that the board has to do with. */
  | { type: 'BringUpToDate' }
  | { type: 'AddItem'; item: Item }
  | { type: 'MoveItem'; item: string; to: Place }
  /** By the clock, for the time for which it was planned. */
  | { type: 'RemindMembers'; startsAt: Instant }
  | { type: 'Lapse'; startsAt: Instant }
  | { type: 'Open' }
  | { type: 'Call'; item: string }
  | { type: 'Attend' }
  | { type: 'Remark'; remark: string; item: string; words: string }
  | { type: 'AddAction'; action: string; item: ActionDraft }
  | { type: 'CompleteAction'; action: string }
  | { type: 'ChaseAction'; action: string; due: Instant }
  | { type: 'Close'; attendance: PersonId[] }
  | { type: 'CallOff' };

export type MeetingCommand = MeetingIntent & { by: Actor; at: Instant };
export type MeetingCommandOf<T extends MeetingIntent['type']> = Extract<MeetingCommand, { type: T }>;

/** What the rules of a meeting need from outside. */
export interface MeetingFacts extends Pick<Facts, 'policy' | 'holders'> {
  /** What waits for the board now, in the order in which an agenda has it. */
  due: Item[];
  /** The changes on the agenda, by their ids. */
  changes: ReadonlyMap<string, Change>;
  /** The items that the meeting has come to so far, by its record. */
  reached: ReadonlySet<string>;
}
