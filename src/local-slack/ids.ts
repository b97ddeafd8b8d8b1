const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Random letters out of an alphabet. */
function letters(count: number, alphabet: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** An id as Slack's look: a letter that tells the kind (U, C, D, V, …) and ten capitals or digits. */
export function newId(letter: string): string {
  return letter + letters(10, LETTERS);
}

/** A secret for an address, a trigger or a view's hash. */
export function newSecret(): string {
  return letters(32, '0123456789abcdef');
}

/** The short id that Slack gives to a block or element that came without one. */
export function newBlockId(): string {
  return letters(5, `${LETTERS}abcdefghijklmnopqrstuvwxyz`);
}
