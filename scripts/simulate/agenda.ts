/** What is going to be done and when, the earliest first (a binary heap). */
export class Agenda {
  private readonly heap: { at: number; n: number; run: () => Promise<void> }[] = [];
  private n = 0;

  add(at: number, run: () => Promise<void>): void {
    const { heap } = this;
    heap.push({ at, n: this.n++, run });
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.before(i, parent)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  next(): number | undefined {
    return this.heap[0]?.at;
  }

  /** Takes out what is due first, if it is due at `now`. */
  take(now: number): (() => Promise<void>) | undefined {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.at > now) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.sink();
    }
    return first.run;
  }

  private sink(): void {
    for (let i = 0; ; ) {
      const least = [i, 2 * i + 1, 2 * i + 2].reduce((a, b) =>
        b < this.heap.length && this.before(b, a) ? b : a,
      );
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private before(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    return !!one && !!other && (one.at < other.at || (one.at === other.at && one.n < other.n));
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (!one || !other) return;
    this.heap[a] = other;
    this.heap[b] = one;
  }
}
