import type { ModalView } from '@slack/types';
import type { Change } from '../../change/types.ts';
import { factsAbout } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { thisYear } from '../blocks/year.ts';
import { drawForPerson } from '../change/card.ts';
import { drawRecord } from '../change/record.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf, firstOf } from '../find.ts';
import { drawReport } from '../report/report-view.ts';

/** `/change show CR-…` and the buttons Full record and Report. */
export function showChange(world: World): Feature {
  const record = async (change: Change): Promise<ModalView> =>
    drawRecord(change, await factsAbout(world, change));
  return {
    words: [
      {
        name: 'show',
        group: 'look',
        aboutChange: true,
        usage: `${world.policy.prefix}-…`,
        help: 'See where a change stands, and what you can do with it',
        async run({ by, words, reply }) {
          const change = await changeNamed(world, firstOf(words), thisYear(world));
          await reply(drawForPerson(change, await factsAbout(world, change), by, world.clock.now()));
        },
      },
    ],
    listen({ button }) {
      button(ACTION.record, async ({ value, open }) => open(await record(await changeOf(world, value))));
      button(ACTION.report, async ({ value, open }) => open(drawReport(await changeOf(world, value))));
    },
  };
}
