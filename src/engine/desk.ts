import type { Facts } from '../change/facts.ts';
import { byUrgency, type Stuck, stuck } from '../change/stuck.ts';
import type { Change, Status } from '../change/types.ts';
import { type Cursor, listChanges } from '../db/changes.ts';
import { loadFacts } from './facts.ts';
import type { World } from './world.ts';

/** How many changes are looked through at once; other work goes on in between. */
const PAGE = 200;
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
  const open = await allMoving(world);
  const found = open.flatMap((change) => {
    const why = stuck(change, facts, now);
    return why ? [{ change, stuck: why }] : [];
  });
  return { found: found.sort(byUrgency), facts };
}

/** All of them: those that nobody has touched for longest come last in the list, and are stuck. */
async function allMoving({ db }: World): Promise<Change[]> {
  const all: Change[] = [];
  for (let after: Cursor | undefined; ; ) {
    const page = await listChanges(db, { statuses: MOVING, limit: PAGE, ...(after && { after }) });
    all.push(...page.map(({ change }) => change));
    after = page.at(-1);
    if (page.length < PAGE) return all;
  }
}
