import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id as Slack's look: a letter that tells the kind (U, C, D, V, …) and ten capitals or digits. */
export function newId(letter: string): string {
  return letter + [...randomBytes(10)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** A secret for an address, a trigger or a view's hash. */
export function newSecret(): string {
  return randomBytes(16).toString('hex');
}

/** The short id that Slack gives to a block or element that came without one. */
export function newBlockId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
