import type { SectionBlock } from '@slack/types';
import { button, section } from './blocks.ts';

export interface Page<T> {
  shown: T[];
  /** " Here are 16 to 30.": which of them these are; nothing where they are the first. */
  which: string;
  /** How many are left over, with the button that shows them; nothing where none are. */
  more: SectionBlock[];
}

/**
 * A page of a list that is worked off while it is read: the `size` of `all` that follow the one called `after`. Where
 * that one has left the list since, the page begins anew with what is most urgent, so that nothing is passed over.
 * @param action of the button, which carries the name of the last one shown
 */
export function pageOf<T>(
  all: readonly T[],
  { size, idOf, action, after }: { size: number; idOf: (one: T) => string; action: string; after: unknown },
): Page<T> {
  const before = after === undefined ? 0 : all.findIndex((one) => idOf(one) === after) + 1;
  const shown = all.slice(before, before + size);
  const last = shown.at(-1);
  const left = all.length - before - shown.length;
  const [from, to] = [before + 1, before + shown.length];
  return {
    shown,
    which:
      before === 0 || !last
        ? ''
        : ` Here ${from === to ? `is ${to}` : `are ${from} ${to - from > 1 ? 'to' : 'and'} ${to}`}.`,
    more:
      left > 0 && last
        ? [
            {
              ...section(`And ${left} more.`),
              accessory: button({ label: 'Show more', action, value: idOf(last) }),
            },
          ]
        : [],
  };
}
