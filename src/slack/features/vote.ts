import { voteOf } from '../../change/decide/vote.ts';
import { isUnderReview } from '../../change/states.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { nameOf } from '../blocks/format.ts';
import { ACTION } from '../change/step-buttons.ts';
import { voteForms } from '../change/vote-form.ts';
import type { Feature } from '../feature.ts';
import { changeOf } from '../find.ts';
import { readTarget } from '../ids.ts';
import { listenToForms, openStepForm } from '../step-form.ts';

/** Votes of a board that want words, and what its chair does with a vote. */
export function vote(world: World): Feature {
  const forms = voteForms(world.policy);
  return {
    listen(listen) {
      listenToForms(world, listen, forms);
      listen.button(ACTION.ballot, async ({ by, value, open }) => {
        const change = await changeOf(world, value);
        const voted = isUnderReview(change) && voteOf(change, by);
        const form = forms.find(({ action }) => action === (voted ? ACTION.changeVote : ACTION.vote));
        if (form) await openStepForm(world, { by, open }, form, change, String(value));
      });
      listen.button(ACTION.takeUp, async ({ by, value, reply }) => {
        const { change } = await handle(world, readTarget(value).id, { type: 'TakeUp' }, by);
        await reply(plainly(`*${nameOf(change)}* is before the board again.`));
      });
    },
  };
}
