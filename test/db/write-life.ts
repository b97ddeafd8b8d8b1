import { fold } from '../../src/change/evolve.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import { changeRows } from '../../src/db/change-rows.ts';
import type { Db } from '../../src/db/db.ts';
import { insertEvents } from '../../src/db/events.ts';
import { link, NOTHING_YET, type Tail } from '../../src/db/ledger.ts';

/** A change that is written batch by batch, each with its rows, as `handle` does; `n` is its number's. */
export function lifeWriter(db: Db, id: string, n: number) {
  let tail: Tail = NOTHING_YET;
  const all: ChangeEvent[] = [];
  return async (events: readonly ChangeEvent[]) => {
    const numbered = events.map((event) =>
      event.type === 'Submitted' ? { ...event, number: `CR-2026-${n}` } : event,
    );
    all.push(...numbered);
    const state = fold(id, all);
    if (!state || events.length === 0) return;
    const made = numbered.map(({ type, by, at, ...data }) => ({ type, actor: by, at, data }));
    const linked = link(id, tail, made);
    tail = linked.tail;
    const stored = { state, head: tail.head };
    await db.atomically((q) => [
      ...insertEvents(q, db.t, linked.rows),
      ...changeRows(q, db.t, stored, numbered),
    ]);
  };
}
