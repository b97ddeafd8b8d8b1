import type { PersonId } from '../../change/types.ts';
import { dashboardOf, dutiesOf, tasksOf } from '../../engine/dashboard.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import type { Drawn } from '../blocks/blocks.ts';
import type { Feature } from '../feature.ts';
import { drawHome, drawTasks, MORE_TASKS } from '../home-view.ts';

/** Docket's Home, and what of it is a person's to do as a list. */
export function home(world: World): Feature {
  async function todo(person: PersonId, after?: unknown): Promise<Drawn> {
    const [tasks, duties, facts] = await Promise.all([
      tasksOf(world, person),
      dutiesOf(world, person),
      loadFacts(world),
    ]);
    return drawTasks({ tasks, duties, person, facts, now: world.clock.now(), after });
  }

  return {
    words: [
      {
        ...{ name: 'todo', group: 'carry out', usage: '' },
        help: 'See what you have to carry out, verify, answer or look back on',
        run: async ({ by, reply }) => reply(await todo(by)),
      },
    ],
    listen(listen) {
      listen.button(MORE_TASKS, async ({ by, value, turn }) => turn(await todo(by, value)));
      listen.home(async (person) => drawHome(await dashboardOf(world, person), person));
    },
  };
}
