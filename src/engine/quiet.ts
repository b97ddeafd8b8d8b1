import { isoDate } from '../calendar/hours.ts';
import { instantAt, midnight, nextOccurrence } from '../calendar/recurrence.ts';
import { addWorkingMinutes } from '../calendar/working-time.ts';
import { DAY, wallTime } from '../calendar/zone.ts';
import { isCalm } from '../change/escalation.ts';
import type { Instant, PersonId } from '../change/types.ts';
import { loadChange } from '../db/changes.ts';
import { findPerson } from '../db/people.ts';
import { takeMessage } from '../db/told.ts';
import type { Policy } from '../policy/schema.ts';
import { isZone } from '../policy/words.ts';
import { inTurn } from './in-turn.ts';
import type { AnyEffect } from './outbox-rows.ts';
import { POST } from './posts.ts';
import type { World } from './world.ts';

/** What is about to go out. */
interface Going {
  id: string;
  stream: string;
  effect: AnyEffect;
}

/** It may go, it waits until an instant, or it need not be said because a digest says it in time. */
export type Gate = 'go' | 'folded' | { until: Instant };

/**
 * Keeps people's peace: reminders reach them in their own working hours, a digest speaks for what it says in time, and
 * nobody gets more direct messages on a day than the policy allows. Emergencies pass.
 */
export function makeGate(world: World): (going: Going) => Promise<Gate> {
  const turns = inTurn();
  return async (going) => {
    const { effect } = going;
    const to = personOf(effect);
    if (to === undefined) return 'go';
    const now = world.clock.now();
    const theirs = await policyOf(world, to);
    if (effect.do === 'note' && effect.calm) {
      if (effect.fold !== undefined && (nextDigest(theirs, now) ?? effect.fold) < effect.fold)
        return 'folded';
      const next = addWorkingMinutes(theirs, now, 0);
      if (next > now) return { until: next };
    }
    return turns(to, () => withinLimit(world, going, to, theirs, now));
  };
}

/** The person whom an effect writes to, if it does. */
function personOf(effect: AnyEffect): PersonId | undefined {
  const to = effect.do === 'note' || effect.do === 'card' ? effect.to : undefined;
  return to !== undefined && /^[UW]/.test(to) ? to : undefined;
}

/** The company's policy as it is where this person lives: the same hours, on the walls of their own zone. */
export async function policyOf(
  { db, policy }: Pick<World, 'db' | 'policy'>,
  person: PersonId,
): Promise<Policy> {
  const zone = (await findPerson(db, person))?.zone;
  return zone && isZone(zone) ? { ...policy, zone } : policy;
}

/** When somebody's next digest comes, where there is one. */
export function nextDigest(theirs: Policy, now: Instant): Instant | undefined {
  const schedule = theirs.posts.digest;
  return schedule && nextOccurrence(theirs, schedule, now)?.at;
}

async function withinLimit(
  world: World,
  { id, stream }: Going,
  person: PersonId,
  theirs: Policy,
  now: Instant,
): Promise<Gate> {
  const most = theirs.messages.mostPerDay;
  if (most === undefined || stream.startsWith(`${POST}digest/`)) return 'go';
  const today = midnight(wallTime(theirs.zone, now));
  const day = isoDate(today);
  const change = (await loadChange(world.db, stream))?.state;
  if (change && !isCalm(theirs, change)) return 'go';
  if (await takeMessage(world.db, { id, person, day, at: now }, most)) return 'go';
  return { until: addWorkingMinutes(theirs, instantAt(theirs.zone, today + DAY), 0) };
}
