import { Refusal } from '../change/refusal.ts';
import type { Actor, Instant } from '../change/types.ts';
import type { Db, Query, Statement } from '../db/db.ts';
import { insertDelivery, wasDelivered } from '../db/deliveries.ts';
import { Conflict, InDoubt } from '../db/errors.ts';
import { insertEvents, isSaved } from '../db/events.ts';
import { type EventRow, link } from '../db/ledger.ts';
import { insertOutbox } from '../db/outbox.ts';
import { type AnyEffect, outboxRows } from './outbox-rows.ts';
import type { World } from './world.ts';

/** How often a command is decided again because somebody else was quicker. */
const TRIES = 20;

/** What happened, when and by whom; whatever else it says is data. */
interface Happened {
  type: string;
  by: Actor;
  at: Instant;
}

interface Stored<S> {
  state: S;
  /** The hash of its last event, which the next one links to. */
  head: string;
}

/**
 * Something with a life of its own, kept as a stream of events: a change, the workspace. It brings its rules,
 * which are pure, and says how it is loaded and saved; `give` does the rest, in the same way for all of them.
 */
export interface Kind<S extends { seq: number }, E extends Happened, I extends { type: string }, F> {
  load(world: World, stream: string): Promise<Stored<S> | undefined>;
  /** What the rules need from outside, mostly. */
  facts(world: World, command: I & { by: Actor; at: Instant }, state: S | undefined): Promise<F>;
  /** The same with what takes long to look up, for when the rules ask for it: they then throw `NotLookedUp`. */
  allFacts?(
    world: World,
    command: I & { by: Actor; at: Instant },
    state: S | undefined,
    facts: F,
  ): Promise<F>;
  /** @throws {Refusal} */
  decide(state: S | undefined, command: I & { by: Actor; at: Instant }, facts: F): E[];
  evolve(state: S | undefined, event: E, stream: string): S;
  effects(event: E, state: S): AnyEffect[];
  /** The statements that save what lists read, in the transaction of the events. */
  save(
    world: World,
    after: Stored<S>,
    events: readonly E[],
    facts: F,
    before: S | undefined,
  ): (q: Query) => Statement[];
  /** A forbidden attempt as an event, where the record keeps such. */
  refused?(state: S | undefined, command: I & { by: Actor; at: Instant }, refusal: Refusal): E[];
}

/** The rules have asked for something that was not looked up. */
export class NotLookedUp extends Error {}

/**
 * Gives a command to something: loads it, asks its rules, and saves the events, the row and what must happen
 * outside in one transaction. Two who act at once collide on the event's key; the loser decides again. What is
 * delivered a second time collides on the delivery's key, and is left as it was.
 * @returns what it then is, and how many events were added (0 when it was done already)
 * @throws {Refusal} with a sentence for the person
 * @throws {Busy} when nothing could be saved
 * @throws {InDoubt} when nobody can say whether it was
 */
export async function give<S extends { seq: number }, E extends Happened, I extends { type: string }, F>(
  world: World,
  kind: Kind<S, E, I, F>,
  stream: string,
  intent: I,
  by: Actor,
): Promise<{ state: S | undefined; added: number }> {
  const delivery = deliveryOf(world, stream, intent);
  const attempt = async () => {
    const { state, added, refusal } = await once(world, kind, stream, intent, by, delivery);
    // What was refused and left no trace may be what was done when it was delivered before.
    if (refusal && (added > 0 || !(await isRepeat(world, delivery)))) throw refusal;
    return { state, added };
  };
  const again = async () => {
    if (!(await isRepeat(world, delivery))) return attempt();
    return { state: (await kind.load(world, stream))?.state, added: 0 };
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // Many who want the same at once would only undo each other's work.
    return world.againInTurn(() => retried(again));
  }
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error;
    }
  }
}

/** One delivery can have effects on several things; of each kind of command only one on each of them. */
function deliveryOf(world: World, stream: string, { type }: { type: string }): string | undefined {
  const { key } = world.arriving.now();
  return key && `${key} ${type} ${stream}`;
}

async function isRepeat({ db }: World, delivery: string | undefined): Promise<boolean> {
  return delivery !== undefined && (await wasDelivered(db, delivery));
}

interface Given<S> {
  state: S | undefined;
  added: number;
  refusal?: Refusal;
}

async function once<S extends { seq: number }, E extends Happened, I extends { type: string }, F>(
  world: World,
  kind: Kind<S, E, I, F>,
  stream: string,
  intent: I,
  by: Actor,
  delivery: string | undefined,
): Promise<Given<S>> {
  const stored = await kind.load(world, stream);
  const command = { ...intent, by, at: world.clock.now() };
  const { events, refusal, facts } = await answer(world, kind, stored?.state, command);
  const state =
    events.length > 0 ? await save(world, kind, stream, stored, events, { facts, delivery }) : stored?.state;
  return { state, added: events.length, ...(refusal && { refusal }) };
}

interface Answer<E, F> {
  events: E[];
  refusal?: Refusal;
  facts: F;
}

/** The rules' answer. They are pure, so where they ask for more they are asked once more. */
async function answer<S extends { seq: number }, E extends Happened, I extends { type: string }, F>(
  world: World,
  kind: Kind<S, E, I, F>,
  state: S | undefined,
  command: I & { by: Actor; at: Instant },
): Promise<Answer<E, F>> {
  const facts = await kind.facts(world, command, state);
  try {
    return answerBy(kind, state, command, facts);
  } catch (asked) {
    if (!(asked instanceof NotLookedUp) || !kind.allFacts) throw asked;
    return answerBy(kind, state, command, await kind.allFacts(world, command, state, facts));
  }
}

/** A refusal of something forbidden can be an event too. */
function answerBy<S extends { seq: number }, E extends Happened, I extends { type: string }, F>(
  kind: Kind<S, E, I, F>,
  state: S | undefined,
  command: I & { by: Actor; at: Instant },
  facts: F,
): Answer<E, F> {
  try {
    return { events: kind.decide(state, command, facts), facts };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { events: kind.refused?.(state, command, refusal) ?? [], refusal, facts };
  }
}

async function save<S extends { seq: number }, E extends Happened, I extends { type: string }, F>(
  world: World,
  kind: Kind<S, E, I, F>,
  stream: string,
  stored: Stored<S> | undefined,
  decided: readonly E[],
  { facts, delivery }: { facts: F; delivery: string | undefined },
): Promise<S | undefined> {
  const { db, clock } = world;
  // Before they make the state, so that what is kept of them is what they come to when they are read again.
  const events = decided.map(byWhat(world));
  let state = stored?.state;
  const sideEffects = events.map((event) => {
    state = kind.evolve(state, event, stream);
    return kind.effects(event, state);
  });
  if (!state) return undefined;
  const before = { seq: stored?.state.seq ?? 0, head: stored?.head ?? '' };
  const { rows, tail } = link(stream, before, events.map(recorded));
  const jobs = outboxRows(stream, before.seq, events, sideEffects);
  const saved = kind.save(world, { state, head: tail.head }, events, facts, stored?.state);
  await saveOnce(db, rows, (q) => [
    ...(delivery === undefined ? [] : [insertDelivery(q, db.t, delivery, clock.now())]),
    ...insertEvents(q, db.t, rows),
    ...saved(q),
    ...insertOutbox(q, db.t, jobs),
  ]);
  if (jobs.length > 0) world.wake();
  return state;
}

/**
 * Saves a list with its events. Where the answer to the commit is lost, the same list is saved once more: an event has
 * its place once, so the second either is the first, or finds the first there, or somebody else's. To look alone would
 * not do, since the commit may still be under way.
 * @throws {Conflict} when somebody else was quicker
 * @throws {InDoubt} when the store cannot be asked either
 */
async function saveOnce(
  db: Db,
  rows: readonly EventRow[],
  list: (q: Query) => readonly Statement[],
): Promise<void> {
  try {
    await db.atomically(list);
  } catch (lost) {
    if (!(lost instanceof InDoubt)) throw lost;
    try {
      await db.atomically(list);
    } catch (error) {
      if (!(error instanceof Conflict)) throw lost;
      const there = await isSaved(db, rows).catch(() => {
        throw lost;
      });
      if (!there) throw error;
    }
  }
}

/** Adds by what in Slack it was done, to what people did themselves. */
function byWhat<E extends Happened>({ arriving }: World): (event: E) => E {
  const { via } = arriving.now();
  return (event) => (via && event.by !== 'docket' ? { ...event, via } : event);
}

/** Who, when and what. */
function recorded({ type, by, at, ...data }: Happened) {
  return { type, actor: by, at, data };
}
