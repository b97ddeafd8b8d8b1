import type { Freeze } from '../calendar/freezes.ts';
import type { Actor, Instant, PersonId, Right } from '../change/types.ts';

/** A freeze that somebody declared. Where it was ended early, `endsAt` is when. */
export interface DeclaredFreeze extends Freeze {
  /** Number of events so far. */
  seq: number;
  declaredBy: PersonId;
  declaredAt: Instant;
  /** `until`: when it would have ended. */
  ended?: { by: Actor; at: Instant; words: string; until: Instant };
  /** The last time that it was altered. */
  altered?: { by: Actor; at: Instant };
}

/** What somebody says of a freeze. One that stops the line begins at once, whatever else is said. */
export type Declaration = Omit<Freeze, 'id'>;

type EventBody =
  | ({ type: 'FreezeDeclared' } & Declaration)
  /** `before`: what it was until then. */
  | ({ type: 'FreezeAltered'; before: Declaration } & Declaration)
  /** `until`: when it would have ended. */
  | { type: 'FreezeEnded'; words: string; until: Instant };
/** In which role, as held then; absent in old records. */
export type FreezeEvent = EventBody & { by: Actor; at: Instant } & Partial<Right>;

export type FreezeIntent =
  | { type: 'Declare'; freeze: Declaration }
  /** `seen`: how many events it had when they saw it; what somebody else altered since is not overwritten unseen. */
  | { type: 'Alter'; freeze: Declaration; seen: number }
  | { type: 'End'; words: string };
export type FreezeCommand = FreezeIntent & { by: Actor; at: Instant };

/** Every change that it holds hears of it, and every one that it holds no more; `before`: what it was until then. */
export interface GoAround {
  type: 'GoAround';
  before?: Declaration;
}
