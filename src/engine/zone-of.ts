import type { PersonId } from '../change/types.ts';
import { findPerson } from '../db/people.ts';
import { isZone } from '../policy/words.ts';
import type { World } from './world.ts';

/**
 * The zone on whose wall somebody reads times, by its IANA name. Slack may know zones that this machine does not, as
 * when one is new: then it is the company's, as for whoever is not known.
 */
export async function zoneOf(
  { db, policy }: Pick<World, 'db' | 'policy'>,
  person: PersonId,
): Promise<string> {
  const zone = (await findPerson(db, person))?.zone;
  return zone && isZone(zone) ? zone : policy.zone;
}
