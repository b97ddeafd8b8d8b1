import type { ModalView } from '@slack/types';
import { withScreen } from '../../change/draft.ts';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import { read, type Written, write } from '../../engine/drafts.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import { WHEN, writtenWindow } from '../calendar/written-window.ts';
import type { Pressed } from '../listen.ts';
import { drawDraft } from './draw-draft.ts';
import { checkStillThere, type Filling, filling, isStillThere } from './filling.ts';
import { stateOf } from './form-state.ts';
import { notRead, readBack, readWindow } from './time-blocks.ts';

/** A time was written in words: the dates are filled in by it, or it is said below it why it could not be read. */
export function fillDates(
  world: World,
  filled: Filling,
  typed: string,
  update: Pressed['update'],
): Promise<void> {
  return update(async () => {
    try {
      return typed === '' ? undefined : await readWritten(world, filled, typed);
    } catch (error) {
      const problem = error instanceof Refusal && error.fields[WHEN];
      if (!problem) throw error;
      const { writing, state, screen } = filled;
      const now = await read(world, writing);
      const drawn = { ...state, category: screen.category };
      return isStillThere(now, filled) ? drawDraft(world, now, drawn, [], notRead(problem)) : undefined;
    }
  });
}

/**
 * The form with its dates as they were written in words, and how those were read, to be seen before it counts.
 * @throws {Refusal} beside the words, where they can be read in no way or in two
 */
export async function readWritten(world: World, filled: Filling, typed: string): Promise<ModalView> {
  const { writing, state, screen } = filled;
  const zone = await zoneOf(world, writing.by);
  const { proposal } = withScreen((await read(world, writing)).draft, screen);
  const window = writtenWindow(typed, proposal, { now: world.clock.now(), zone });
  const written = await withWindow(world, filled, window);
  const generation = state.generation + 1;
  const drawn = stateOf(written.draft, { ...state, category: screen.category, generation });
  return drawDraft(world, written, drawn, [], readBack(window, zone));
}

/** A free window takes the place of the one that was typed; Slack would keep that, were its inputs the same. */
export async function takeWindow(world: World, { by, value, view, update }: Pressed): Promise<void> {
  const window = readWindow(value);
  if (!view || !window) return;
  const filled = filling(world.policy, { by, ...view });
  const written = await withWindow(world, filled, window);
  const generation = filled.state.generation + 1;
  await update(await drawDraft(world, written, { ...filled.state, generation }));
}

/** The draft as its screen shows it, with other dates. */
async function withWindow(world: World, filled: Filling, window: Window): Promise<Written> {
  const written = await write(world, filled.writing, (draft) => {
    const now = withScreen(draft, filled.screen);
    return { ...now, proposal: { ...now.proposal, ...window } };
  });
  checkStillThere(written, filled);
  return written;
}
