import { addWorkingMinutes } from '../calendar/working-time.ts';
import type { Instant, PersonId } from '../change/types.ts';
import { findPerson } from '../db/people.ts';
import { isZone } from '../policy/words.ts';
import type { AnyEffect } from './outbox-rows.ts';
import type { World } from './world.ts';

/**
 * Until when something waits that is not to disturb its person now: the company's working hours in the person's own
 * zone, as the directory knows it.
 * @returns nothing where it may go out now
 */
export async function heldUntil(world: World, effect: AnyEffect): Promise<Instant | undefined> {
  if (effect.do !== 'note' || !effect.calm) return undefined;
  const now = world.clock.now();
  const next = await nextWorking(world, effect.to, now);
  return next > now ? next : undefined;
}

/** The first instant from `from` on at which somebody works. */
export async function nextWorking({ db, policy }: World, person: PersonId, from: Instant): Promise<Instant> {
  const zone = (await findPerson(db, person))?.zone;
  return addWorkingMinutes({ ...policy, zone: zone && isZone(zone) ? zone : policy.zone }, from, 0);
}
