import * as z from 'zod';
import type { Holders } from '../../change/holders.ts';
import { OPEN } from '../../change/states.ts';
import type { Status } from '../../change/types.ts';
import { type Cursor, type Listed, listChanges as query } from '../../db/changes.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { buttons, context, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { changeLine } from '../blocks/lines.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';

const PAGE = 15;
const MORE = 'list-more';

/** What each kind of list holds. */
const KINDS = {
  open: { title: 'Open changes', statuses: OPEN },
  mine: { title: 'Your changes', statuses: undefined },
  all: { title: 'All changes', statuses: undefined },
} as const satisfies Record<string, { title: string; statuses: readonly Status[] | undefined }>;
const kindSchema = z.enum(['open', 'mine', 'all']);
const next = z.object({ kind: kindSchema, updatedAt: z.number(), id: z.string() });

/** `/change list`. */
export function listChanges(world: World): Feature {
  async function page(kind: z.infer<typeof kindSchema>, by: string, after?: Cursor): Promise<Drawn> {
    const { title, statuses } = KINDS[kind];
    const found = await query(world.db, {
      limit: PAGE + 1,
      ...(statuses && { statuses: [...statuses] }),
      ...(kind === 'mine' && { requester: by }),
      ...(after && { after }),
    });
    const { holders } = await loadFacts(world);
    return drawPage(kind, title, found, holders);
  }

  return {
    words: [
      {
        name: 'list',
        group: 'look',
        usage: '[open | mine | all]',
        help: 'List changes, the latest first',
        async run({ by, words, reply }) {
          const kind = kindSchema.safeParse(words.trim().toLowerCase() || 'open');
          await reply(
            kind.success
              ? await page(kind.data, by)
              : plainly('Please say `/change list open`, `mine` or `all`.'),
          );
        },
      },
    ],
    listen({ button }) {
      button(MORE, async ({ by, value, turn }) => {
        const { kind, ...after } = readCarried(next, value);
        await turn(await page(kind, by, after));
      });
    },
  };
}

/** A page of a list: the first of what was `found`, and a way to more of it if there is more than a page. */
export function drawPage(kind: string, title: string, found: Listed[], holders: Holders): Drawn {
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  if (!last) return plainly(`${title}: none. \`/change new\` files one.`);
  const more =
    found.length > PAGE
      ? [
          {
            label: 'Show more',
            action: MORE,
            value: JSON.stringify({ kind, updatedAt: last.updatedAt, id: last.id }),
          },
        ]
      : [];
  return {
    text: `${title}: ${shown.map(({ change }) => change.number).join(', ')}`,
    blocks: fitMessage([
      section(`*${title}*`),
      ...shown.map(({ change }) => section(changeLine(change, holders))),
      context('`/change show` and a number shows one in full.'),
      ...buttons(more),
    ]),
  };
}
