import type { Freeze } from '../calendar/freezes.ts';
import type { Actor, Instant, PersonId } from '../change/types.ts';

/** A freeze that somebody declared. Where it was ended early, `endsAt` is when. */
export interface DeclaredFreeze extends Freeze {
  /** Number of events so far. */
  seq: number;
  declaredBy: PersonId;
  declaredAt: Instant;
  /** `until`: when it would have ended. */
  ended?: { by: Actor; at: Instant; words: string; until: Instant };
}

/** What somebody says of a freeze. One that stops the line begins at once, whatever else is said. */
export type Declaration = Omit<Freeze, 'id'>;

type EventBody =
  | ({ type: 'FreezeDeclared' } & Declaration)
  /** `until`: when it would have ended. */
  | { type: 'FreezeEnded'; words: string; until: Instant };
export type FreezeEvent = EventBody & { by: Actor; at: Instant };

export type FreezeIntent = { type: 'Declare'; freeze: Declaration } | { type: 'End'; words: string };
export type FreezeCommand = FreezeIntent & { by: Actor; at: Instant };

/** Every change that it holds hears of it: that it was declared, or that it has ended. */
export interface GoAround {
  type: 'GoAround';
}
