/**
 * `Object.entries` of a record that is written out in code, and so has exactly the keys that its type names. TypeScript
 * says `string` of them, because an object may have more keys than its type. What comes from outside may, and is not
 * for this.
 */
export function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][]; // see above
}

/** The keys of such a record, in the order in which they are written. */
export function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[]; // see above
}
