import type { ActResult, Deed, Snapshot } from '../protocol.ts';

interface ClientState {
  snapshot?: Snapshot;
  /** `performance.now()` when the snapshot arrived, so that a shown clock can run on. */
  receivedAt: number;
  /** The server stopped answering. */
  lost: boolean;
}

export interface Client {
  get(): ClientState;
  /** Calls `listener` after every change of `get()`; returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  /** Carries out a deed of the person whose snapshot is on the screen, and answers with the server's verdict; never throws. */
  act(deed: Deed): Promise<ActResult>;
  /** Shows the workspace as this person from now on; undefined lets the server choose. */
  become(person: string | undefined): void;
  close(): void;
}

const UNREACHABLE: ActResult = { ok: false, error: 'Local Slack is not answering. Is it still running?' };

/** Keeps one person's snapshot fresh over `/local/events`, and posts what they do. */
export function createClient(): Client {
  let state: ClientState = { receivedAt: 0, lost: false };
  let person: string | undefined;
  let events: EventSource | undefined;
  // Rises whenever a deed starts or ends: a snapshot fetched across that line may already be stale, and
  // showing it would put old text back into a field.
  let epoch = 0;
  let loading = false;
  let again = false;
  const listeners = new Set<() => void>();

  const set = (next: Partial<ClientState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };

  const load = async () => {
    const before = epoch;
    const asked = person;
    const answer = await fetch(`/local/state${asked ? `?as=${encodeURIComponent(asked)}` : ''}`);
    // A link to somebody who is not here (any more): the server chooses.
    if (answer.status === 404 && asked) {
      again = true;
      return listen(undefined);
    }
    if (!answer.ok) throw new Error(`state answered ${answer.status}`);
    // The server is ours and typed by the same protocol file.
    const snapshot = (await answer.json()) as Snapshot;
    if (before !== epoch || asked !== person) again = true;
    else set({ snapshot, receivedAt: performance.now(), lost: false });
    if (!asked && !person) listen(snapshot.me.id);
  };

  const refresh = async () => {
    again = true;
    if (loading) return;
    loading = true;
    while (again) {
      again = false;
      await load().catch(() => set({ lost: true }));
    }
    loading = false;
  };

  const listen = (id: string | undefined) => {
    person = id;
    events?.close();
    if (!id) return;
    events = new EventSource(`/local/events?as=${encodeURIComponent(id)}`);
    events.onmessage = () => void refresh();
    events.onopen = () => void refresh();
    events.onerror = () => set({ lost: true });
  };

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async act(deed) {
      const as = state.snapshot?.me.id;
      if (!as) return UNREACHABLE;
      epoch += 1;
      const result = await post({ as, ...deed }).catch(() => UNREACHABLE);
      epoch += 1;
      void refresh();
      return result;
    },
    become(id) {
      listen(id);
      void refresh();
    },
    close: () => events?.close(),
  };
}

async function post(act: { as: string } & Deed): Promise<ActResult> {
  const answer = await fetch('/local/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  // The server is ours and typed by the same protocol file.
  return (await answer.json()) as ActResult;
}
