/** Tells whoever watches the workspace that something in it changed. */
export interface Changes {
  /** Something changed. Watchers hear of it once per turn, however often this is called. */
  changed(): void;
  /** How often something has changed so far: while it is the same, all is as it was. */
  count(): number;
  /** Calls `hear` after every change. Returns a function that stops it. */
  watch(hear: () => void): () => void;
}

export function createChanges(): Changes {
  const watchers = new Set<() => void>();
  let pending = false;
  let count = 0;
  const tell = () => {
    pending = false;
    for (const hear of [...watchers]) hear();
  };
  return {
    count: () => count,
    changed() {
      count += 1;
      if (pending) return;
      pending = true;
      queueMicrotask(tell);
    },
    watch(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
  };
}

/** Real milliseconds between looks at what changes without the workspace changing, such as a test's own list. */
const GLANCE_EVERY = 50;
/** A look that takes longer, in milliseconds, is not repeated at each change, but after so many times as long. */
const LONG_LOOK = 2;
const REST = 20;

/**
 * Waits until `look` gives something (no empty list either) without throwing, looking again after every change.
 * @param timeoutMs real milliseconds
 * @throws what `look` threw last, or that it stayed empty
 */
export function eventually<T>(changes: Changes, look: () => T, timeoutMs = 5000): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    let problem: unknown = new Error(`This did not come true within ${timeoutMs} ms: ${look}`);
    const stop = () => {
      clearTimeout(timer);
      clearInterval(glancing);
      unwatch();
    };
    let nextAt = 0;
    const attempt = () => {
      const began = performance.now();
      if (began < nextAt) return;
      try {
        const seen = look();
        if (!seen || (Array.isArray(seen) && seen.length === 0)) return;
        stop();
        resolve(seen);
      } catch (error) {
        problem = error;
      }
      // Where there is much to look at, most of the time is left to those who make the changes.
      const ended = performance.now();
      if (ended - began > LONG_LOOK) nextAt = ended + (ended - began) * REST;
    };
    const timer = setTimeout(() => {
      stop();
      reject(problem);
    }, timeoutMs);
    const glancing = setInterval(attempt, GLANCE_EVERY);
    const unwatch = changes.watch(attempt);
    attempt();
  });
}
