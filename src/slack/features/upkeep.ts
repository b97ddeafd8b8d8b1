import * as z from 'zod';
import { Refusal } from '../../change/refusal.ts';
import { loadEdition } from '../../db/posts.ts';
import { handleEdition, POST } from '../../engine/posts.ts';
import type { World } from '../../engine/world.ts';
import { section } from '../blocks/blocks.ts';
import { label, wordsInput } from '../blocks/inputs.ts';
import { parseWords } from '../blocks/parse-form.ts';
import { DONE } from '../duty-blocks.ts';
import type { Feature } from '../feature.ts';
import { titleOf } from '../posts.ts';

const target = z.string().regex(/^post\/[a-z_]{1,60}\/[\w-]{1,20}$/);

/** Saying that what a post has asked for is done, with what came of it. */
export function upkeepDone(world: World): Feature {
  return {
    listen({ button, submit }) {
      button(DONE, async ({ value, open }) => {
        const { id, title } = await named(world, value);
        await open({
          ...{ type: 'modal', callback_id: `${DONE}-form`, private_metadata: id },
          ...{ title: label('Done'), submit: label('Record'), close: label('Cancel') },
          blocks: [section(`*${title}*`), wordsInput('words', 'What was done, and what came of it?')],
        });
      });
      submit(`${DONE}-form`, async ({ by, metadata, values }) => {
        const { id } = await named(world, metadata);
        await handleEdition(world, id, { type: 'SayDone', words: parseWords(values, 'words') }, by);
        return undefined;
      });
    },
  };
}

/** @throws {Refusal} when there is no such post */
async function named(world: World, value: unknown): Promise<{ id: string; title: string }> {
  const id = target.safeParse(value).data;
  const edition = id?.startsWith(POST) ? (await loadEdition(world.db, id))?.state : undefined;
  if (!edition) throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change desk`.');
  return { id: edition.id, title: titleOf(edition) };
}
