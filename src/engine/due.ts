import type { Intent } from '../change/types.ts';
import type { WorkspaceIntent } from '../workspace/types.ts';
import { handle } from './handle.ts';
import { handleWorkspace, WORKSPACE } from './setup.ts';
import type { World } from './world.ts';

/** Gives a command whose time has come to what it is for. A stream's timers are written by its own rules alone. */
export async function giveDue(world: World, stream: string, intent: { type: string }): Promise<void> {
  if (stream === WORKSPACE) await handleWorkspace(world, intent as WorkspaceIntent, 'docket');
  else await handle(world, stream, intent as Intent, 'docket');
}
