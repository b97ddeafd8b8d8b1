import type { Change, ChangeEvent } from '../change/types.ts';
import { saveActions } from './actions.ts';
import { type StoredChange, saveChange } from './changes.ts';
import type { Db, Query, Statement } from './db.ts';
import { saveFigures } from './figures.ts';

/**
 * The statements that save all that is kept of a change beside its events: its row, and what lists and reports read.
 * @param events the last of its events, which are saved with it; all of them write everything anew
 * @param before the change before these events, if its row is there
 */
export function changeRows(
  q: Query,
  t: Db['t'],
  { state, head }: StoredChange,
  events: readonly ChangeEvent[],
  before?: Change,
): Statement[] {
  return [
    saveChange(q, t, state, head, events.at(-1)?.at ?? 0, before),
    ...saveActions(q, t, state, events),
    ...saveFigures(q, t, state, events),
  ];
}
