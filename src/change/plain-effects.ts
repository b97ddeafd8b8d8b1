import { DAY } from '../calendar/zone.ts';
import type { Effect } from './effects.ts';
import type { Instant, PersonId } from './types.ts';

export const redraw: Effect = { do: 'redraw' };
export const toThread: Effect = { do: 'note', to: 'thread' };
export const note = (to: PersonId): Effect => ({ do: 'note', to });
/** What can wait until they work. */
export const calmNote = (to: PersonId): Effect => ({ do: 'note', to, calm: true });
/** What a digest can say as well, if it comes before `fold`. */
export const nag = (to: PersonId, fold: Instant): Effect => ({ do: 'note', to, calm: true, fold });
/** What can wait until they work, if that is before an instant; else it comes by day. */
export const calmNoteBefore = (to: PersonId, before: Instant): Effect => ({
  ...{ do: 'note', to, calm: true, before },
});
/** The same of what a digest can say as well, if it comes before that. */
export const nagBefore = (to: PersonId, before: Instant): Effect => ({
  ...{ do: 'note', to, calm: true, fold: before, before },
});
/**
 * What somebody owes and is late with: at its time it is said by itself; said again each day, a digest can say it as
 * well.
 */
export const lateNote = (to: PersonId, deadline: Instant, due: Instant): Effect =>
  due > deadline ? nag(to, due + DAY) : calmNote(to);
/** What ended at night is checked in the morning: nobody is woken for what can be seen then as well. */
export const verifyCard = (to: PersonId): Effect => ({ do: 'card', card: 'verify', calm: 'by day', to });
