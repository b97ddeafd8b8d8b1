export function median(all: readonly number[]): number {
  return at(all, 0.5);
}

/** The figure below which such a part of all lie. */
export function at(all: readonly number[], part: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
