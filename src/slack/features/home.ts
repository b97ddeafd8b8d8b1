import { dashboardOf, dutiesOf, tasksOf } from '../../engine/dashboard.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import type { Feature } from '../feature.ts';
import { drawHome, drawTasks } from '../home-view.ts';

/** Docket's Home, and what of it is a person's to do as a list. */
export function home(world: World): Feature {
  return {
    words: [
      {
        ...{ name: 'todo', group: 'carry out', usage: '' },
        help: 'See what you have to carry out, verify, answer or look back on',
        async run({ by, reply }) {
          const [tasks, duties] = await Promise.all([tasksOf(world, by), dutiesOf(world, by)]);
          if (tasks.length + duties.length === 0)
            return reply(
              plainly('There is nothing for you to do. `/change approvals` shows what to decide.'),
            );
          const { text, blocks } = drawTasks(
            { tasks, duties },
            by,
            await loadFacts(world),
            world.clock.now(),
          );
          await reply({ text, blocks: fitMessage(blocks) });
        },
      },
    ],
    listen(listen) {
      listen.home(async (person) => drawHome(await dashboardOf(world, person), person));
    },
  };
}
