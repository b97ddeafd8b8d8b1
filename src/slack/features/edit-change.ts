import { mayEdit } from '../../change/draft.ts';
import type { Change } from '../../change/types.ts';
import { read, write } from '../../engine/drafts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { context } from '../blocks/blocks.ts';
import { when } from '../blocks/format.ts';
import { thisYear } from '../blocks/year.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf, firstOf } from '../find.ts';
import { drawDraft } from '../form/draw-draft.ts';
import { stateOf } from '../form/form-state.ts';
import { stepsOf } from '../form/form-steps.ts';
import type { Caller } from '../listen.ts';
import { recordedAttempt } from '../recorded-attempt.ts';

/** Editing a submitted change, and answering the questions with which it was returned. */
export function editChange(world: World): Feature {
  return {
    words: [
      {
        name: 'edit',
        group: 'file',
        aboutChange: true,
        usage: `${world.policy.prefix}-…`,
        help: 'Change a request of yours that has not started',
        run: async (caller) =>
          openEdit(world, caller, await changeNamed(world, firstOf(caller.words), thisYear(world))),
      },
    ],
    listen({ button }) {
      button(ACTION.edit, async (pressed) => openEdit(world, pressed, await changeOf(world, pressed.value)));
    },
  };
}

/**
 * Opens a submitted change at the last screen of its form. What was begun before and never saved is still there.
 * @throws {Refusal} when this person may not edit it, or nobody may any more
 */
async function openEdit(world: World, caller: Caller, change: Change): Promise<void> {
  const { id, category, proposal } = change;
  await recordedAttempt(
    () => mayEdit(change, caller.by),
    () => handle(world, id, { type: 'Edit', proposal }, caller.by),
  );
  const writing = { id, category, by: caller.by, editing: true };
  const { draft, kept } = await read(world, writing);
  const step = stepsOf(world.policy, category).length;
  if (kept && draft.step !== step) await write(world, writing, (now) => ({ ...now, step }));
  const lead = kept
    ? [
        context(
          `You go on with an edit that you began ${when(draft.updatedAt)}. \`/change drafts\` can discard it.`,
        ),
      ]
    : [];
  await caller.open(await drawDraft(world, { draft, change }, stateOf(draft, { step }), lead));
}
