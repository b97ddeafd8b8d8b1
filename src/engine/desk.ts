import type { Facts } from '../change/facts.ts';
import { byUrgency, type Stuck, stuck } from '../change/stuck.ts';
import type { Change, Status } from '../change/types.ts';
import { everyChange } from '../db/changes.ts';
import { loadFacts } from './facts.ts';
import type { World } from './world.ts';

const MOVING: Status[] = [
  ...(['validating', 'in review', 'returned', 'approved', 'scheduled'] as const),
  ...(['implementing', 'implemented', 'verified'] as const),
];

export interface OnDesk {
  change: Change;
  stuck: Stuck;
}

/** Everything that is late or cannot move by itself, the most urgent first. */
export async function onTheDesk(world: World): Promise<{ found: OnDesk[]; facts: Facts }> {
  const facts = await loadFacts(world);
  const now = world.clock.now();
  const open = await everyChange(world.db, MOVING);
  const found = open.flatMap((change) => {
    const why = stuck(change, facts, now);
    return why ? [{ change, stuck: why }] : [];
  });
  return { found: found.sort(byUrgency), facts };
}
