import { yearOf } from '../../calendar/working-time.ts';
import type { World } from '../../engine/world.ts';

/** The present year in the policy's zone: what `/change show 7` means. */
export function thisYear({ policy, clock }: Pick<World, 'policy' | 'clock'>): number {
  return yearOf(policy, clock.now());
}
