import type { Interval } from '../calendar/interval.ts';
import { yearOf } from '../calendar/working-time.ts';
import type { Facts } from '../change/facts.ts';
import { nextNumber } from '../db/changes.ts';
import { roleHolders } from '../db/people.ts';
import { calendarOf } from './calendar.ts';
import type { World } from './world.ts';

const NOT_ASKED = { freezes: [], scheduled: [] };

/**
 * What the rules need to know from outside one change.
 * @param submission the instant of a submission, which needs the next number of its year
 * @param around the times whose freezes and windows are asked about, if any are
 */
export async function loadFacts(
  world: Pick<World, 'db' | 'policy' | 'clock'>,
  { submission, around }: { submission?: number; around?: readonly Interval[] } = {},
): Promise<Facts> {
  const { db, policy, clock } = world;
  const [holders, calendar] = await Promise.all([
    roleHolders(db, clock.now()),
    around ? calendarOf(world, around) : NOT_ASKED,
  ]);
  if (submission === undefined) return { policy, holders, calendar, nextNumber: '' };
  const year = yearOf(policy, submission);
  const n = await nextNumber(db, year);
  return { policy, holders, calendar, nextNumber: `${policy.prefix}-${year}-${String(n).padStart(3, '0')}` };
}
