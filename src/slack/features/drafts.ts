import { mayEdit } from '../../change/draft.ts';
import { Refusal } from '../../change/refusal.ts';
import { draftsOf, type OwnDraft } from '../../db/drafts.ts';
import { discard, read } from '../../engine/drafts.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count } from '../blocks/format.ts';
import type { Feature } from '../feature.ts';
import { DRAFT, draftRows } from '../form/draft-rows.ts';
import { drawDraft } from '../form/draw-draft.ts';
import { stateOf } from '../form/form.ts';
import { stepsOf } from '../form/form-steps.ts';
import type { Caller } from '../listen.ts';

/** How many are shown; each takes two of a message's fifty blocks. */
const SHOWN = 15;

/** `/change drafts`: what somebody has begun and not submitted. */
export function drafts(world: World): Feature {
  const { db, policy, clock } = world;
  return {
    words: [
      {
        name: 'drafts',
        group: 'file',
        usage: '',
        help: 'Go on with what you have begun and not submitted',
        run: async ({ by, reply }) => reply(drawDrafts(policy, await draftsOf(db, by), clock.now())),
      },
    ],
    listen({ button }) {
      button(new RegExp(`^${DRAFT.resume}(:\\d+)?$`), (pressed) =>
        resume(world, pressed, String(pressed.value)),
      );
      button(new RegExp(`^${DRAFT.discard}(:\\d+)?$`), async ({ by, value, reply, view }) => {
        await discard(world, String(value), by);
        // Home is drawn anew by itself.
        if (!view) await reply(plainly('It is discarded.'));
      });
    },
  };
}

/** The list of one's own drafts, the last touched first. */
export function drawDrafts(policy: Policy, own: readonly OwnDraft[], now: number): Drawn {
  if (own.length === 0)
    return plainly('You have no drafts. `/change new` begins one, and saves it as you type.');
  const lead = `You have ${count(own.length, 'draft')}. Nobody else sees ${own.length === 1 ? 'it' : 'them'}.`;
  const more = own.length > SHOWN ? [context(`The ${SHOWN} that you touched last.`)] : [];
  return {
    text: lead,
    blocks: fitMessage([section(lead), ...draftRows(policy, own.slice(0, SHOWN), now), ...more]),
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
