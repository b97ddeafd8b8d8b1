import { boardReviewDue, retrospectiveDue } from './duties.ts';
import { evolve } from './evolve.ts';
import type { Change, ChangeEvent } from './types.ts';

/** The events, and the closing that follows by itself once it is verified and nothing is owed any more. */
export function andClose(change: Change, events: ChangeEvent[]): ChangeEvent[] {
  const after = events.reduce<Change>((state, event) => evolve(state, event, state.id), change);
  const at = events.at(-1)?.at ?? 0;
  const owed = retrospectiveDue(after) ?? boardReviewDue(after);
  const done = after.status === 'verified' && owed === undefined;
  return done ? [...events, { type: 'ChangeClosed', by: 'docket', at }] : events;
}
