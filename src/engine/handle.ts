import { decide } from '../change/decide.ts';
import { effects } from '../change/effects.ts';
import { evolve } from '../change/evolve.ts';
import { Refusal } from '../change/refusal.ts';
import type { Actor, Change, ChangeEvent, Command, Intent } from '../change/types.ts';
import { loadChange, type StoredChange, saveChange } from '../db/changes.ts';
import { Conflict } from '../db/errors.ts';
import { insertEvents } from '../db/events.ts';
import { link } from '../db/ledger.ts';
import { insertOutbox } from '../db/outbox.ts';
import { loadFacts } from './facts.ts';
import { outboxRows } from './outbox-rows.ts';
import type { World } from './world.ts';

/** How often a command is decided again because somebody else was quicker. */
const TRIES = 20;

/**
 * The one way in which a change changes: loads it, asks the rules, and saves the events, the row and what must
 * happen outside in one transaction. Two who act at once collide on the event's key; the loser decides again.
 * @param id the change's opaque id
 * @returns the change as it then is, and how many events were added (0 when it was done already)
 * @throws {Refusal} with a sentence for the person; a forbidden attempt has then been added to the record
 * @throws {Busy} when nothing could be saved
 */
export async function handle(
  world: World,
  id: string,
  intent: Intent,
  by: Actor,
): Promise<{ change: Change; added: number }> {
  const once = () => attemptOnce(world, id, intent, by);
  for (let attempt = 1; ; attempt++) {
    try {
      return await (intent.type === 'Submit' ? world.submitInTurn(once) : once());
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === TRIES) throw error;
    }
  }
}

async function attemptOnce(world: World, id: string, intent: Intent, by: Actor) {
  const stored = await loadChange(world.db, id);
  const at = world.clock.now();
  const facts = await loadFacts(world, intent.type === 'Submit' ? at : undefined);
  const command: Command = { ...intent, by, at };
  const { events, refusal } = answer(stored?.change, command, facts);
  const change = events.length > 0 ? await save(world, id, stored, events) : stored?.change;
  if (refusal) throw refusal;
  if (!change) throw new Error(`${intent.type} left ${id} without a submitted change`);
  return { change, added: events.length };
}

/** The rules' answer; a refusal of something forbidden is an event too. */
function answer(
  change: Change | undefined,
  command: Command,
  facts: Parameters<typeof decide>[2],
): { events: ChangeEvent[]; refusal?: Refusal } {
  try {
    return { events: decide(change, command, facts) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { code, sentence, forbidden } = refusal;
    const recorded = forbidden && change;
    const event: ChangeEvent = {
      type: 'Refused',
      by: command.by,
      at: command.at,
      command: command.type,
      code,
      sentence,
    };
    return { events: recorded ? [event] : [], refusal };
  }
}

async function save(
  world: World,
  id: string,
  stored: StoredChange | undefined,
  events: ChangeEvent[],
): Promise<Change> {
  const { db } = world;
  let change = stored?.change;
  const sideEffects = events.map((event) => {
    change = evolve(change, event, id);
    return effects(event, change);
  });
  if (!change) throw new Error('save takes at least one event');
  const after = change;
  const { rows, tail } = link(
    id,
    { seq: stored?.change.seq ?? 0, head: stored?.head ?? '' },
    events.map(asRecord),
  );
  const jobs = outboxRows(id, stored?.change.seq ?? 0, events, sideEffects);
  const at = events.at(-1)?.at ?? 0;
  await db.atomically((q) => [
    ...insertEvents(q, db.t, rows),
    saveChange(q, db.t, after, tail.head, at),
    ...insertOutbox(q, db.t, jobs),
  ]);
  if (jobs.length > 0) world.wake();
  return after;
}

function asRecord({ type, by, at, ...data }: ChangeEvent) {
  return { type, actor: by, at, data };
}
