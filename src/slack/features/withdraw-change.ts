import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { nameOf } from '../blocks/format.ts';
import { thisYear } from '../blocks/year.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed } from '../find.ts';
import { readTarget } from '../ids.ts';

/** Taking a change back: `/change withdraw CR-… [why]`, or the button on the requester's card. */
export function withdrawChange(world: World): Feature {
  return {
    words: [
      {
        name: 'withdraw',
        group: 'file',
        aboutChange: true,
        usage: `${world.policy.prefix}-… [why]`,
        help: 'Take back a change of yours that has not started',
        async run({ by, words, reply }) {
          const [number = '', ...why] = words.trim().split(/\s+/);
          const { id } = await changeNamed(world, number, thisYear(world));
          const { change } = await handle(
            world,
            id,
            { type: 'Withdraw', ...(why.length > 0 && { words: why.join(' ') }) },
            by,
          );
          await reply(plainly(`*${nameOf(change)}* is withdrawn.`));
        },
      },
    ],
    listen({ button }) {
      button(ACTION.withdraw, async ({ by, value, ephemeral, reply }) => {
        const { change } = await handle(world, readTarget(value).id, { type: 'Withdraw' }, by);
        if (ephemeral) await reply(plainly(`*${nameOf(change)}* is withdrawn.`));
      });
    },
  };
}
