import type { ModalView } from '@slack/types';
import { knownGroups } from '../../db/groups.ts';
import { roleHolders } from '../../db/people.ts';
import { assignments } from '../../db/roles.ts';
import { readSetting } from '../../db/settings.ts';
import { checkMaySetUp, setUp, workspaceNow } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';
import { drawSetup, parseSetup, SETUP_FORM, setupCarried } from '../setup-form.ts';
import { drawSaved } from '../setup-saved.ts';

/** `/change setup`: who holds which role, where changes are announced, and when the board meets. */
export function setup(world: World): Feature {
  const { policy } = world;
  return {
    words: [
      {
        name: 'setup',
        group: 'set up',
        usage: '[role]',
        help: 'Say who holds which role, where changes are announced, and when the board meets',
        async run({ by, words, open }) {
          await checkMaySetUp(world, by);
          await open(await draw(world, words));
        },
      },
    ],
    listen({ submit }) {
      submit(SETUP_FORM, async ({ by, values, metadata }) => {
        const { seen } = readCarried(setupCarried, metadata);
        const setup = parseSetup(policy, values, await assignments(world.db));
        await setUp(world, { ...setup, seen }, by);
        return drawSaved(policy, await roleHolders(world.db, world.clock.now()), setup);
      });
    },
  };
}

async function draw(world: World, words: string): Promise<ModalView> {
  const { db, policy } = world;
  const now = {
    seen: (await workspaceNow(world))?.lastSetUp?.seq ?? 0,
    assigned: await assignments(db),
    deputies: await assignments(db, true),
    channels: { announceIn: await readSetting(db, 'announceIn'), board: await readSetting(db, 'board') },
    boardMeets: await readSetting(db, 'boardMeets'),
    known: await knownGroups(db),
  };
  return drawSetup(policy, now, words);
}
