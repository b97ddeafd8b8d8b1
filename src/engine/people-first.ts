/** How often what nobody waits for goes on while somebody waits. */
const PACE_MS = 20;

/** Whoever has clicked waits, and Slack with them, for three seconds at most; messages and timers can wait. */
export interface PeopleFirst {
  /** Somebody waits for an answer from now on. @returns what is called when they have it */
  waits(): () => void;
  /**
   * For what nobody waits for: resolves when it may go on. One after the other, each in a turn of the event loop of
   * its own, so that a click which arrives meanwhile comes next; seldom while somebody waits.
   */
  turn(): Promise<void>;
}

export function makePeopleFirst(): PeopleFirst {
  const queue: (() => void)[] = [];
  let waiting = 0;
  let cancel: (() => void) | undefined;

  function next(): void {
    cancel = undefined;
    queue.shift()?.();
    arrange();
  }

  function arrange(): void {
    if (cancel || queue.length === 0) return;
    if (waiting > 0) {
      const timer = setTimeout(next, PACE_MS);
      cancel = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(next);
      cancel = () => clearImmediate(immediate);
    }
  }

  function rearrange(): void {
    cancel?.();
    cancel = undefined;
    arrange();
  }

  return {
    waits() {
      waiting += 1;
      let answered = false;
      return () => {
        if (answered) return;
        answered = true;
        waiting -= 1;
        if (waiting === 0) rearrange();
      };
    },
    turn: () =>
      new Promise((resolve) => {
        queue.push(resolve);
        arrange();
      }),
  };
}
