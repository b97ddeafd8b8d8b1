import type { Freeze } from '../calendar/freezes.ts';
import type { Actor, Instant, PersonId } from '../change/types.ts';

/** A freeze that somebody declared. Where it was ended early, `endsAt` is when. */
export interface DeclaredFreeze extends Freeze {
  /** Number of events so far. */
  seq: number;
  declaredBy: PersonId;
  declaredAt: Instant;
  ended?: { by: Actor; at: Instant; words: string };
}
