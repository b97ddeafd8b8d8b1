import { loadChange } from '../../src/db/changes.ts';
import { handle } from '../../src/engine/handle.ts';
import type { World } from '../../src/engine/world.ts';
import type { Step } from '../change/steps.ts';

/** Somebody does something to a change as it is now: the steps of the rules' tests, given to the engine. */
export async function does(world: World, id: string, ...steps: Step[]): Promise<void> {
  for (const step of steps) {
    const { by, at: _, ...intent } = step((await loadChange(world.db, id))?.state, world.clock.now());
    await handle(world, id, intent.type === 'Submit' ? { ...intent, id } : intent, by);
  }
}
