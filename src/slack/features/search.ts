import * as z from 'zod';
import type { Holders } from '../../change/holders.ts';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { type Found, searchChanges } from '../../db/search.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { buttons, context, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { cut } from '../blocks/format.ts';
import { changeLine } from '../blocks/lines.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';
import { readSearch } from '../search-query.ts';

const PAGE = 15;
const MORE = 'search-more';
/** A button carries 2,000 characters; what is searched for goes along. */
const LONGEST = 500;

const next = z.object({ words: z.string(), before: z.number() });

const HOW =
  'Please say what to look for: `/change search payments gateway`. You can narrow it with `status:open`, `risk:high`, `category:emergency`, `system:…`, `from:@name` and `with:@name`.';

/** `/change search`. */
export function search(world: World): Feature {
  const { db, policy } = world;

  async function page(words: string, by: PersonId, before?: number): Promise<Drawn> {
    const { terms, understood } = readSearch(words, policy, by);
    if (terms.length === 0) throw new Refusal('unknown', HOW);
    const found = await searchChanges(db, terms, { before, limit: PAGE + 1 });
    const { holders } = await loadFacts(world);
    return drawFound({ words, understood, found, holders, first: before === undefined });
  }

  return {
    words: [
      {
        name: 'search',
        group: 'look',
        usage: 'words…',
        help: 'Find changes by number, words, systems and people; `status:open risk:high from:@name` narrow it',
        run: async ({ by, words, reply }) => reply(await page(cut(words.trim(), LONGEST), by)),
      },
    ],
    listen({ button }) {
      button(MORE, async ({ by, value, turn }) => {
        const { words, before } = readCarried(next, value);
        await turn(await page(words, by, before));
      });
    },
  };
}

/** A page of what was found, how the words were read, and a way to more. */
export function drawFound({
  words,
  understood,
  found,
  holders,
  first,
}: {
  words: string;
  understood: string;
  found: readonly Found[];
  holders: Holders;
  first: boolean;
}): Drawn {
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  if (!last)
    return plainly(
      first
        ? `I found no change with ${understood}. Fewer words, or only their beginnings, find more.`
        : `There are no more changes with ${understood}.`,
    );
  const more =
    found.length > PAGE
      ? [{ label: 'Show more', action: MORE, value: JSON.stringify({ words, before: last.key }) }]
      : [];
  return {
    text: `Found: ${shown.map(({ change }) => change.number).join(', ')}`,
    blocks: fitMessage([
      section(`*Found* with ${understood}`),
      ...shown.map(({ change }) => section(changeLine(change, holders))),
      context('The latest filed first. `/change show` and a number shows one in full.'),
      ...buttons(more),
    ]),
  };
}
