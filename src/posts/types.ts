import type { Period } from '../calendar/period.ts';
import type { WallTime } from '../calendar/zone.ts';
import type { Actor, Instant, PersonId, Right } from '../change/types.ts';
import type { PostId } from '../policy/posts.ts';

/** Where changes are announced, whichever channel that is when it comes there. */
export const ANNOUNCEMENTS = 'announcements';

/** A post for one period: this week's report, tonight's backup. Its stream is `post/<post>/<period>`. */
export interface Edition {
  /** Number of events so far. */
  seq: number;
  id: string;
  post: PostId;
  period: Period;
  /** When it should have come, and when it did. */
  due: Instant;
  at: Instant;
  /** Why it did not come, if so. */
  skipped?: 'too late' | 'nothing to say';
  /** `ANNOUNCEMENTS`, channels (C…) and people (U…). */
  to: string[];
  /** What was worked out for it when it came. */
  says?: unknown;
  /** Whether something is to be worked at, and how that went. */
  work?: { state: 'under way' | 'done' | 'failed'; words?: string; attempts: number };
  /** What it asks somebody to do, and for which instant they were last chased. */
  duty?: Duty & { chasedFor?: Instant };
  /** Who has done it, in which role and in their words; old records have no role. */
  done?: { by: Actor; at: Instant; words: string } & Partial<Right>;
}

/** Something that people are to do by an instant: whoever holds one of these roles. */
export interface Duty {
  owners: string[];
  deadline: Instant;
}

/** What a post is to be when its time has come. */
export interface Made {
  to: string[];
  /** What it says, as far as that is not worked out anew each time it is drawn. Anything JSON can say. */
  says?: unknown;
  /** It is not said but done. */
  work?: boolean;
  /** It asks for something that is recorded when it is done. */
  duty?: Duty;
}

type EventBody =
  | ({ type: 'Published'; post: PostId; period: Period; due: Instant } & Made)
  | {
      type: 'Skipped';
      post: PostId;
      period: Period;
      due: Instant;
      why: Exclude<Edition['skipped'], undefined>;
    }
  | { type: 'WorkDone'; words: string }
  /** `again`: when it is tried once more; it is given up if not. */
  | { type: 'WorkFailed'; words: string; again?: Instant }
  /** In which role, as held then; absent in old records. */
  | ({ type: 'DutyDone'; words: string } & Partial<Right>)
  /** `due`: the instant for which the timer was set; `again`: when it is set for next. */
  | { type: 'DutyChased'; due: Instant; people: PersonId[]; again: Instant };
export type EditionEvent = EventBody & { by: Actor; at: Instant };
export type EditionEventOf<T extends EventBody['type']> = Extract<EditionEvent, { type: T }>;

export type EditionIntent =
  /** Its time has come. `made`: what it is to be, if there is anything to say; it comes too late after so many hours. */
  | { type: 'Publish'; post: PostId; period: Period; due: Instant; skipAfterHours?: number; made?: Made }
  /** How it went, in words. */
  | { type: 'SayWorked'; words: string; failed: boolean }
  /** Somebody has done what it asked for. */
  | { type: 'SayDone'; words: string }
  /** By the clock: it is due, or still not done. */
  | { type: 'ChaseDuty'; due: Instant };
export type EditionCommand = EditionIntent & { by: Actor; at: Instant };
export type EditionCommandOf<T extends EditionIntent['type']> = Extract<EditionCommand, { type: T }>;

/** What timers of a post say: that its time has come, `day` being the one it is named by; that it is worked at; that it is due. */
export type EditionTimer =
  | { type: 'Come'; due: Instant; day: WallTime }
  | { type: 'Work' }
  /** For one person's own edition of it, at their own time. */
  | { type: 'ComeFor'; due: Instant; person: PersonId }
  | { type: 'ChaseDuty'; due: Instant };
