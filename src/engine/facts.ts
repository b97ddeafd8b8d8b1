import { yearOf } from '../calendar/working-time.ts';
import type { Facts } from '../change/facts.ts';
import { nextNumber } from '../db/changes.ts';
import { roleHolders } from '../db/people.ts';
import type { World } from './world.ts';

/**
 * What the rules need to know from outside one change.
 * @param submission the instant of a submission, which needs the next number of its year
 */
export async function loadFacts(
  { db, policy, clock }: Pick<World, 'db' | 'policy' | 'clock'>,
  submission?: number,
): Promise<Facts> {
  const holders = await roleHolders(db, clock.now());
  if (submission === undefined) return { policy, holders, nextNumber: '' };
  const year = yearOf(policy, submission);
  const n = await nextNumber(db, year);
  return { policy, holders, nextNumber: `${policy.prefix}-${year}-${String(n).padStart(3, '0')}` };
}
