import { isoDate, timeOfDay } from '../calendar/hours.ts';
import { instantAt, midnight, nextOccurrence, type Occurrence } from '../calendar/recurrence.ts';
import { addWorkingMinutes } from '../calendar/working-time.ts';
import { DAY, wallTime } from '../calendar/zone.ts';
import { isCalm } from '../change/escalation.ts';
import type { Instant, PersonId } from '../change/types.ts';
import { loadChange } from '../db/changes.ts';
import { takeMessage } from '../db/told.ts';
import type { Policy } from '../policy/schema.ts';
import type { AnyEffect } from './outbox-rows.ts';
import { POST, planFor } from './posts.ts';
import type { World } from './world.ts';
import { zoneOf } from './zone-of.ts';

/** What is about to go out. */
export interface Going {
  id: string;
  stream: string;
  effect: AnyEffect;
}

/** It may go, it waits until an instant, or it need not be said because a digest says it in time. */
type Gate = 'go' | 'folded' | { until: Instant };

/** Keeps people's peace. What is about an emergency passes. */
interface Quiet {
  /**
   * Nobody is asked while they sleep, reminders reach people in their own working hours, and a digest speaks for what it
   * says in time.
   */
  gate(going: Going): Promise<Gate>;
  /**
   * Asked last, of what is certain to be written: nobody gets more direct messages on a day than the policy allows.
   * @returns until when it waits, if there is no room for it today
   */
  room(going: Going): Promise<Instant | undefined>;
}

export function makeQuiet(world: World): Quiet {
  return {
    async gate({ stream, effect }) {
      const to = personOf(effect);
      if (to === undefined || !('calm' in effect) || !effect.calm) return 'go';
      const now = world.clock.now();
      const theirs = await policyOf(world, to);
      if (effect.calm === 'by day') {
        const morning = endOfNight(theirs, now);
        return morning !== undefined && (await isCalmHere(world, stream)) ? { until: morning } : 'go';
      }
      const fold = 'fold' in effect ? effect.fold : undefined;
      const digest = fold === undefined ? undefined : nextDigest(theirs, now);
      if (fold !== undefined && digest && digest.at < fold) {
        // Last night nobody may have known that there would be something to say to them.
        await planFor(world, 'digest', to, digest);
        return 'folded';
      }
      const next = addWorkingMinutes(theirs, now, 0);
      if (next <= now) return 'go';
      const before = 'before' in effect ? effect.before : undefined;
      if (before === undefined || next < before) return { until: next };
      // They do not work until it is too late.
      const morning = endOfNight(theirs, now);
      if (morning === undefined) return 'go';
      return { until: morning < before ? morning : next };
    },
    async room(going) {
      const to = personOf(going.effect);
      return to === undefined ? undefined : withinLimit(world, going, to);
    },
  };
}

/** When the night of a policy's zone is over; nothing by day, and where nobody sleeps. */
export function endOfNight({ zone, messages: { night } }: Policy, now: Instant): Instant | undefined {
  if (!night) return undefined;
  const wall = wallTime(zone, now);
  const today = midnight(wall);
  const [from, to] = [timeOfDay(night.from), timeOfDay(night.to)];
  const beforeDawn = wall - today < to;
  const afterDusk = wall - today >= from;
  const isNight = from < to ? afterDusk && beforeDawn : afterDusk || beforeDawn;
  return isNight ? instantAt(zone, (beforeDawn ? today : today + DAY) + to) : undefined;
}

/** Whether what is about this stream can wait; an emergency cannot. */
async function isCalmHere({ db, policy }: World, stream: string): Promise<boolean> {
  const change = (await loadChange(db, stream))?.state;
  return !change || isCalm(policy, change);
}

/** The person whom an effect writes to, if it does. */
function personOf(effect: AnyEffect): PersonId | undefined {
  const to = effect.do === 'note' || effect.do === 'card' ? effect.to : undefined;
  return to !== undefined && /^[UW]/.test(to) ? to : undefined;
}

/** The company's policy as it is where this person lives: the same hours, on the walls of their own zone. */
export async function policyOf(world: Pick<World, 'db' | 'policy'>, person: PersonId): Promise<Policy> {
  return { ...world.policy, zone: await zoneOf(world, person) };
}

/** When somebody's next digest comes, where there is one. */
function nextDigest(theirs: Policy, now: Instant): Occurrence | undefined {
  const schedule = theirs.posts.digest;
  return schedule && nextOccurrence(theirs, schedule, now);
}

/** So much of a day's messages is for all that is not late: cards must not leave no room for what has passed its time. */
const EASY_SHARE = 0.75;

/** What is late, or is about to be, and no digest says in time. */
function isPressing(effect: AnyEffect): boolean {
  return effect.do === 'note' && effect.calm === true && effect.fold === undefined;
}

async function withinLimit(
  world: World,
  { id, stream, effect }: Going,
  person: PersonId,
): Promise<Instant | undefined> {
  const theirs = await policyOf(world, person);
  const { mostPerDay } = theirs.messages;
  if (mostPerDay === undefined || stream.startsWith(`${POST}digest/`)) return undefined;
  const now = world.clock.now();
  const today = midnight(wallTime(theirs.zone, now));
  const day = isoDate(today);
  if (!(await isCalmHere(world, stream))) return undefined;
  const most = isPressing(effect) ? mostPerDay : Math.ceil(mostPerDay * EASY_SHARE);
  if (await takeMessage(world.db, { id, person, day, at: now }, most)) return undefined;
  return addWorkingMinutes(theirs, instantAt(theirs.zone, today + DAY), 0);
}
