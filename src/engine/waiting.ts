import { mayTake } from '../change/allowed.ts';
import type { Facts } from '../change/facts.ts';
import type { Change, PersonId } from '../change/types.ts';
import { listChanges } from '../db/changes.ts';
import { loadFacts } from './facts.ts';
import type { World } from './world.ts';

/** More than anybody has open at once; beyond it the oldest are not looked through. */
const LOOKED_THROUGH = 500;

/** The changes that this person could decide now, the most urgent first. */
export async function waitingForPerson(
  world: World,
  person: PersonId,
): Promise<{ changes: Change[]; facts: Facts }> {
  const facts = await loadFacts(world);
  const open = await listChanges(world.db, { statuses: ['validating', 'in review'], limit: LOOKED_THROUGH });
  const at = world.clock.now();
  const theirs = open
    .map(({ change }) => change)
    .filter((change) => mayTake('approve', change, person, facts, at));
  return { changes: theirs.sort((a, b) => dueAt(a) - dueAt(b)), facts };
}

function dueAt(change: Change): number {
  return 'open' in change ? change.open.deadline : change.dueAt;
}
