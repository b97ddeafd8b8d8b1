import { type Draft, draftFor, saysSomething } from '../change/draft.ts';
import type { Change, PersonId } from '../change/types.ts';
import { loadChange } from '../db/changes.ts';
import { deleteDraft, loadDraft, saveDraft } from '../db/drafts.ts';
import { Busy } from '../db/errors.ts';
import type { Category } from '../policy/schema.ts';
import type { World } from './world.ts';

/** Whose draft of what is written on. */
export interface Writing {
  id: string;
  by: PersonId;
  /** What a draft is of that is not there yet. */
  category: Category;
  /** Whether it alters a submitted change. If not, and there is one, the submission was quicker than the pen. */
  editing: boolean;
}

/** A draft as it now is, and the change that it edits. */
export interface Written {
  draft: Draft;
  change?: Change;
}

type Alter = (draft: Draft, change: Change | undefined) => Draft;

/**
 * Alters a draft and keeps it, if there is anything in it to be kept.
 * @param alter gives the draft anew, or the very same one to leave it as it is
 * @throws {Refusal} when it is somebody else's
 * @throws {Busy} when it could not be saved
 */
export function write(world: World, writing: Writing, alter: Alter): Promise<Written> {
  return world.draftInTurn(writing.id, () => writeNow(world, writing, alter));
}

async function writeNow(world: World, writing: Writing, alter: Alter): Promise<Written> {
  const { draft: before, change, kept } = await read(world, writing);
  const altered = alter(before, change);
  if (altered === before || Boolean(change) !== writing.editing) return withChange(before, change);
  const { db, policy, clock } = world;
  // The category of what is filed is not the form's to alter.
  const draft = { ...altered, ...(change && { category: change.category }), updatedAt: clock.now() };
  if (saysSomething(policy, draft, change)) await db.atomically((q) => [saveDraft(q, db.t, draft)]);
  else if (kept) await db.atomically((q) => [deleteDraft(q, db.t, draft.id, draft.owner)]);
  return withChange(draft, change);
}

/** A draft as it is kept, or as it begins. @throws {Refusal} when it is somebody else's */
export async function read(world: World, { id, by, category }: Omit<Writing, 'editing'>) {
  const [stored, kept] = await Promise.all([loadChange(world.db, id), loadDraft(world.db, id)]);
  const change = stored?.state;
  return { ...withChange(draftFor({ id, by, category }, kept, change), change), kept: kept !== undefined };
}

/** Forgets a draft. @throws {Refusal} when it is somebody else's */
export function discard(world: World, id: string, by: PersonId): Promise<void> {
  return world.draftInTurn(id, async () => {
    await read(world, { id, by, category: 'standard' });
    await world.db.atomically((q) => [deleteDraft(q, world.db.t, id, by)]);
  });
}

/** How long nothing is saved while people type, once the store was in trouble: each try would hold everybody up. */
const PAUSE_MS = 2_000;

/**
 * Keeps drafts while people type. Of several versions of one draft that wait to be saved only the latest is, and
 * the screen that the draft has left meanwhile has nothing more to say: a keystroke may arrive after the button.
 */
export function makeLiveDrafts(world: World) {
  const latest = new Map<string, object>();
  let pausedUntil = 0;
  /** @throws {Refusal} as `write` does; a store in trouble is no reason to disturb somebody who types */
  return async (
    writing: Writing,
    step: number,
    alter: Alter,
  ): Promise<Written | 'not saved' | 'overtaken'> => {
    if (world.clock.now() < pausedUntil) return 'not saved';
    const mine = {};
    latest.set(writing.id, mine);
    try {
      return await world.draftInTurn(writing.id, async () => {
        if (latest.get(writing.id) !== mine) return 'overtaken';
        return writeNow(world, writing, (draft, change) =>
          hasLeft(draft, step) ? draft : alter(draft, change),
        );
      });
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      pausedUntil = world.clock.now() + PAUSE_MS;
      world.log.warn({ err: error }, 'a draft could not be saved');
      return 'not saved';
    } finally {
      if (latest.get(writing.id) === mine) latest.delete(writing.id);
    }
  };
}

function hasLeft({ updatedAt, step }: Draft, screen: number): boolean {
  return updatedAt > 0 && step !== screen;
}

function withChange(draft: Draft, change: Change | undefined): Written {
  return { draft, ...(change && { change }) };
}
