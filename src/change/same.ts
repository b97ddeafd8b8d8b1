/** Whether two lists, neither of which names anything twice, hold the same in whatever order. */
export function sameMembers<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
