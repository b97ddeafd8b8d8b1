import { Refusal } from '../change/refusal.ts';
import type { Actor } from '../change/types.ts';
import { handleWorkspace } from './setup.ts';
import type { World } from './world.ts';

/**
 * Does something with a freeze or a meeting of the board. That somebody tried what they may not do is put down in the
 * workspace's record: what they meant may not even be there, as a freeze that nobody declared.
 * @param of the stream that they mean
 * @param command what they try
 * @throws {Refusal} as the work does
 */
export async function onRecord<T>(
  world: World,
  of: string,
  command: string,
  by: Actor,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.forbidden) {
      const { code, sentence } = refusal;
      await handleWorkspace(world, { type: 'PutDownAttempt', of, command, code, sentence }, by);
    }
    throw refusal;
  }
}
