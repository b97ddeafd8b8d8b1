/**
 * What has been typed but not yet sent. Before a form is submitted or a button in it pressed, everything typed
 * must have arrived, in order: Slack sends the whole state of a view along with both.
 */
export interface Outbox {
  /** A field says how to send what it still holds back; returns a function that takes it off the list. */
  join(place: string, flush: () => void): () => void;
  /** Sends after everything sent earlier from the same place. */
  send(place: string, deed: () => Promise<unknown>): Promise<void>;
  /** Sends everything held back in that place, and resolves when all of it has arrived. */
  settle(place: string): Promise<void>;
}

export function createOutbox(): Outbox {
  const held = new Map<string, Set<() => void>>();
  const tails = new Map<string, Promise<void>>();
  return {
    join(place, flush) {
      const fields = held.get(place) ?? new Set();
      held.set(place, fields.add(flush));
      return () => fields.delete(flush);
    },
    send(place, deed) {
      const tail = (tails.get(place) ?? Promise.resolve()).then(deed).then(() => undefined);
      tails.set(place, tail);
      return tail;
    },
    async settle(place) {
      for (const flush of held.get(place) ?? []) flush();
      await tails.get(place);
    },
  };
}
