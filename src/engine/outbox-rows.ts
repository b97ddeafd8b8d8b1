import type { Effect } from '../change/effects.ts';
import type { ChangeEvent } from '../change/types.ts';

/** What stands in the outbox: an effect, and the event that set it off. */
export interface Job {
  effect: Effect;
  seq: number;
}

/**
 * The outbox rows for a batch of events that is saved together.
 *
 * Ids are fixed (`change/seq/n`), so that nothing is added twice. What must be seen in order shares a lane: a
 * thread, one person's messages, the redrawing of cards. A timer waits for nobody.
 * @param seqBefore the number of events before the batch
 * @param effectsOf what each of the events sets off
 */
export function outboxRows(
  changeId: string,
  seqBefore: number,
  events: readonly ChangeEvent[],
  effectsOf: readonly Effect[][],
) {
  const last = effectsOf.findLastIndex((list) => list.some((effect) => effect.do === 'redraw'));
  return events.flatMap((event, i) => {
    const seq = seqBefore + i + 1;
    // One redraw serves the whole batch: cards are drawn from the state, not from the event.
    const wanted = (effectsOf[i] ?? []).filter((effect) => effect.do !== 'redraw' || i === last);
    return wanted.map((effect, n) => {
      const id = `${changeId}/${seq}/${n}`;
      const payload: Job = { effect, seq };
      const due = effect.do === 'timer' ? effect.at : event.at;
      return {
        id,
        lane: laneOf(effect, changeId, id),
        position: seq * 1000 + n,
        kind: effect.do,
        changeId,
        payload,
        due,
      };
    });
  });
}

function laneOf(effect: Effect, changeId: string, id: string): string {
  switch (effect.do) {
    case 'card':
      return `${changeId}/${effect.card === 'headline' ? 'thread' : effect.to}`;
    case 'note':
      return `${changeId}/${effect.to}`;
    case 'redraw':
      return `${changeId}/redraw`;
    case 'timer':
    case 'operator':
      return id;
    default:
      return effect satisfies never;
  }
}
