/**
 * Slack keeps what an input holds when a view is redrawn, as long as its ids are the same, and pays no heed to
 * new initial values. So where a template has filled fields, the inputs of the form get new ids: `title@1`.
 * These two functions are all that knows of it.
 */
export function suffixed(block: string, generation: number): string {
  return generation > 0 ? `${block}@${generation}` : block;
}

/** The block that it is, whatever was filled in for it. */
export function unsuffixed(block: string): string {
  return block.replace(/@\d+$/, '');
}
