import { type Freeze, holds } from '../calendar/freezes.ts';
import type { Facts } from '../change/facts.ts';
import { type Planned, TO_COME } from '../change/planned.ts';
import type { Actor } from '../change/types.ts';
import { named } from '../change/window-rules.ts';
import { calendarTail, claim } from '../db/claims.ts';
import { loadFreeze, saveFreeze } from '../db/freezes.ts';
import type { Tail } from '../db/ledger.ts';
import { plannedIn } from '../db/planned.ts';
import { decideFreeze } from '../freeze/decide.ts';
import { freezeEffects } from '../freeze/effects.ts';
import { evolveFreeze } from '../freeze/evolve.ts';
import type { DeclaredFreeze, FreezeEvent, FreezeIntent, GoAround } from '../freeze/types.ts';
import { onRecord } from './attempts.ts';
import { forEach } from './each.ts';
import { loadFacts } from './facts.ts';
import { handle } from './handle.ts';
import { give, type Kind } from './kind.ts';
import type { World } from './world.ts';

/** What the streams of freezes begin with; a freeze's id is its stream's name. */
export const FREEZE = 'freeze/';

const KIND: Kind<DeclaredFreeze, FreezeEvent, FreezeIntent, Facts & { tail: Tail }> = {
  load: ({ db }, id) => loadFreeze(db, id),
  async facts(world) {
    const tail = await calendarTail(world.db);
    return { ...(await loadFacts(world)), tail };
  },
  decide: decideFreeze,
  evolve: evolveFreeze,
  effects: freezeEffects,
  // In the calendar, so that nobody gets a place there by what it was before.
  save:
    ({ db }, { state, head }, events, { tail }) =>
    (q) => [
      saveFreeze(q, db.t, state, head, events.at(-1)?.at ?? 0),
      ...claim(
        q,
        db.t,
        tail,
        events.map(({ type, by, at }) => ({ type, actor: by, at, data: { freeze: state.id } })),
      ),
    ],
};

/**
 * Gives a command to a freeze. Who tries what they may not do is on record.
 * @param id `freeze/…`, the same when the same declaration is delivered again
 * @throws {Refusal} with a sentence for the person
 */
export async function handleFreeze(
  world: World,
  id: string,
  intent: FreezeIntent,
  by: Actor,
): Promise<DeclaredFreeze> {
  const { state } = await onRecord(world, id, intent.type, by, () => give(world, KIND, id, intent, by));
  if (!state) throw new Error(`${intent.type} left ${id} without a freeze`);
  return state;
}

/** Every change, still to be carried out or just being so, whose window a freeze would hold. */
export async function caughtBy(
  { db }: Pick<World, 'db'>,
  { startsAt, endsAt, scope }: Pick<Freeze, 'startsAt' | 'endsAt' | 'scope'>,
): Promise<Planned[]> {
  const planned = await plannedIn(db, { start: startsAt, end: endsAt }, TO_COME);
  return planned.filter((change) => holds(scope, change));
}

/**
 * Tells every change that a freeze holds, and every one that it holds no more: because it has ended before its time, or
 * because it was altered.
 */
export async function freezeDue(world: World, id: string, { before }: GoAround): Promise<void> {
  const freeze = (await loadFreeze(world.db, id))?.state;
  if (!freeze) return;
  const { ended } = freeze;
  if (ended) {
    const whole = { ...freeze, endsAt: ended.until };
    return forEach(await caughtBy(world, whole), (change) => lift(world, change, whole));
  }
  const held = await caughtBy(world, freeze);
  const was = before && { ...before, id };
  const freed = (was ? await caughtBy(world, was) : []).filter(
    ({ id: one }) => !held.some((each) => each.id === one),
  );
  await forEach([...freed, ...held], (change) =>
    was && freed.includes(change)
      ? lift(world, change, was)
      : handle(world, change.id, { type: 'MeetFreeze', freeze: id }, 'docket'),
  );
}

async function lift(world: World, { id }: Planned, freeze: Parameters<typeof named>[0]): Promise<void> {
  await handle(world, id, { type: 'LiftFreeze', freeze: named(freeze) }, 'docket');
}

/** Whether every planned change still has its place is worked out anew: the policy may be another one. */
export async function checkAllWindows(world: World): Promise<void> {
  const range = { start: world.clock.now(), end: Number.MAX_SAFE_INTEGER };
  await forEach(await plannedIn(world.db, range, ['approved', 'scheduled']), ({ id }) =>
    handle(world, id, { type: 'CheckWindow' }, 'docket'),
  );
}
