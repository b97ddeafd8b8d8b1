import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { nameOf } from '../format.ts';
import { readTarget } from '../ids.ts';
import { ACTION } from '../step-buttons.ts';
import { listenToForms } from '../step-form.ts';
import { voteForms } from '../vote-form.ts';

/** Votes of a board that want words, and what its chair does with a vote. */
export function vote(world: World): Feature {
  return {
    listen(listen) {
      listenToForms(world, listen, voteForms(world.policy));
      listen.button(new RegExp(`^${ACTION.takeUp}(:\\d+)?$`), async ({ by, value, reply }) => {
        const { change } = await handle(world, readTarget(value).id, { type: 'TakeUp' }, by);
        await reply(plainly(`*${nameOf(change)}* is before the board again.`));
      });
    },
  };
}
