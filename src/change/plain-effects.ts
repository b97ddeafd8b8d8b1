import type { Effect } from './effects.ts';
import type { PersonId } from './types.ts';

export const redraw: Effect = { do: 'redraw' };
export const toThread: Effect = { do: 'note', to: 'thread' };
export const note = (to: PersonId): Effect => ({ do: 'note', to });
/** What can wait until they work. */
export const calmNote = (to: PersonId): Effect => ({ do: 'note', to, calm: true });
