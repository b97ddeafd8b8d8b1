/**
 * Does what concerns the same thing one after the other, in the order in which it was asked for.
 * @returns a function that takes the thing's key and the work, and gives the work's own result
 */
export function inTurn(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = mine.then(forget, forget);
    last.set(key, settled);
    return mine;

    function forget(): void {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}
