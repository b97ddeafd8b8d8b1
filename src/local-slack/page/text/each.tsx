import { Fragment, type ReactNode } from 'react';

/** Draws parts of a text. They have no ids and are replaced as a whole, so the position of each is its identity. */
export function each<T>(parts: readonly T[], draw: (part: T, index: number) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return parts.map((part, index) => <Fragment key={index}>{draw(part, index)}</Fragment>);
}
