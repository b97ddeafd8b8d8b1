import { isDeepStrictEqual } from 'node:util';

/** Something did not go as it should: what was expected, and what was there instead. */
export class Difference extends Error {
  constructor(expected: string, instead: string) {
    super(`Expected: ${expected}\nInstead:\n${instead}`);
    this.name = 'Difference';
  }
}

/** @throws {Difference} when the two are not the same */
export function same(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Difference(`${what}: ${JSON.stringify(expected)}`, JSON.stringify(actual, null, 2));
}
