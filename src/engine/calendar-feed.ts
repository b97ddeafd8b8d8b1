import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, PersonId } from '../change/types.ts';
import { findPerson } from '../db/people.ts';
import { firstSetting, readSetting } from '../db/settings.ts';
import { isMember } from './member.ts';
import { handleWorkspace } from './setup.ts';
import type { World } from './world.ts';

/** Where calendar programs fetch the feed. */
export const FEED_PATH = '/calendar.ics';

/**
 * The address of somebody's own calendar feed. Calendar programs cannot sign in, so the address itself is the key:
 * it is made of the person's id and a secret of this workspace, and works while they are a member.
 * @param publicUrl where others reach Docket, without a slash at its end
 */
export async function feedAddress(world: World, publicUrl: string, person: PersonId): Promise<string> {
  const { db, newId } = world;
  const key = (await readSetting(db, 'calendarKey')) ?? (await firstSetting(db, 'calendarKey', newId()));
  const query = new URLSearchParams({ for: person, key: signed(key, person) });
  return `${publicUrl}${FEED_PATH}?${query}`;
}

/**
 * Makes a new secret: every address that was given out until now stops working.
 * @throws {Refusal} unless this person may run the set-up
 */
export async function renewFeedKey(world: World, by: Actor): Promise<void> {
  await handleWorkspace(world, { type: 'RenewFeedKey' }, by);
}

/** Whether an address was given to this person, and they are still a member who may see changes. */
export async function mayReadFeed({ db }: World, person: PersonId, given: string): Promise<boolean> {
  const [key, found] = await Promise.all([readSetting(db, 'calendarKey'), findPerson(db, person)]);
  if (!key || !found || !isMember(found)) return false;
  const [expected, actual] = [Buffer.from(signed(key, person)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function signed(key: string, person: PersonId): string {
  return createHmac('sha256', key).update(person).digest('base64url');
}
