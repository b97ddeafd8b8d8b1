import * as z from 'zod';
import { mayEdit } from '../../change/draft.ts';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { countDrafts, draftsOf, type OwnDraft } from '../../db/drafts.ts';
import { discard, read } from '../../engine/drafts.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count } from '../blocks/format.ts';
import type { Feature } from '../feature.ts';
import { DRAFT, draftRows } from '../form/draft-rows.ts';
import { drawDraft } from '../form/draw-draft.ts';
import { stateOf } from '../form/form-state.ts';
import { stepsOf } from '../form/form-steps.ts';
import { readCarried } from '../ids.ts';
import type { Caller } from '../listen.ts';

/** How many are shown; each takes two of a message's fifty blocks. */
const SHOWN = 15;
const MORE = 'drafts-more';
const next = z.object({ updatedAt: z.number(), id: z.string() });

/** `/change drafts`: what somebody has begun and not submitted. */
export function drafts(world: World): Feature {
  const { db, policy, clock } = world;
  const page = async (by: PersonId, after?: z.infer<typeof next>) => {
    const [found, all] = await Promise.all([draftsOf(db, by, SHOWN + 1, after), countDrafts(db, by)]);
    return drawDrafts(policy, found, clock.now(), all);
  };
  return {
    words: [
      {
        name: 'drafts',
        group: 'file',
        usage: '',
        help: 'Go on with what you have begun and not submitted',
        run: async ({ by, reply }) => reply(await page(by)),
      },
    ],
    listen({ button }) {
      button(MORE, async ({ by, value, turn }) => turn(await page(by, readCarried(next, value))));
      button(DRAFT.resume, (pressed) => resume(world, pressed, String(pressed.value)));
      button(DRAFT.discard, async ({ by, value, ephemeral, turn }) => {
        await discard(world, String(value), by);
        // Home is drawn anew by itself.
        if (ephemeral) await turn(await page(by));
      });
    },
  };
}

/**
 * A page of one's own drafts, the last touched first, and a way to more if more than a page was found.
 * @param all how many there are
 */
export function drawDrafts(
  policy: Policy,
  found: readonly OwnDraft[],
  now: number,
  all = found.length,
): Drawn {
  const shown = found.slice(0, SHOWN);
  const last = shown.at(-1)?.draft;
  if (!last) return plainly('You have no drafts. `/change new` begins one, and saves it as you type.');
  const lead = `You have ${count(all, 'draft')}. Nobody else sees ${all === 1 ? 'it' : 'them'}.`;
  const { updatedAt, id } = last;
  const more = { label: 'Show more', action: MORE, value: JSON.stringify({ updatedAt, id }) };
  return {
    text: lead,
    blocks: fitMessage([
      section(lead),
      ...draftRows(policy, shown, now),
      ...buttons(found.length > SHOWN ? [more] : []),
    ]),
  };
}

/** Opens a draft at the screen where it was left. @throws {Refusal} when it is gone or somebody else's */
async function resume(world: World, caller: Caller, id: string): Promise<void> {
  const { draft, change, kept } = await read(world, { id, by: caller.by, category: 'standard' });
  if (!kept)
    throw new Refusal(
      'unknown',
      'That draft is no longer there: it was submitted or discarded. Try `/change list mine`.',
    );
  if (change) mayEdit(change, caller.by);
  const jumped = change !== undefined && draft.step < stepsOf(world.policy, draft.category).length;
  await caller.open(await drawDraft(world, { draft, ...(change && { change }) }, stateOf(draft, { jumped })));
}
