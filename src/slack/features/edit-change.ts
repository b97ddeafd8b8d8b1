import type { KnownBlock, ModalView } from '@slack/types';
import { Refusal } from '../../change/refusal.ts';
import { notStarted } from '../../change/states.ts';
import type { Change, Proposal } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { section } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { fits } from '../fit.ts';
import { drawForm, redrawn, redrawOf } from '../form.ts';
import { mention, said } from '../format.ts';
import { parseForm, parseWords } from '../parse-form.ts';
import { ACTION } from '../step-buttons.ts';
import { thisYear } from '../year.ts';

const CALLBACK = 'edit-change';
const ANSWER = 'answer';

/** Editing a submitted change, and answering the questions with which it was returned. */
export function editChange(world: World): Feature {
  const { policy } = world;
  return {
    words: [
      {
        name: 'edit',
        usage: `${policy.prefix}-…`,
        help: 'Change a request of yours that has not started',
        async run(caller) {
          const change = await changeNamed(world, caller.words, thisYear(world));
          await caller.open(openFor(change, caller.by));
        },
      },
    ],
    listen({ button, submit }) {
      button(ACTION.edit, async (pressed) =>
        pressed.open(openFor(await changeOf(world, pressed.value), pressed.by)),
      );
      button(redrawOf(CALLBACK), async ({ view, update }) => {
        if (!view) return;
        const change = await changeOf(world, view.metadata);
        await update(redrawn(drawEditForm(policy, change, parseForm(policy, change.category, view.values))));
      });
      submit(CALLBACK, async ({ by, metadata, values }) => {
        const change = await changeOf(world, metadata);
        const words = parseWords(values, ANSWER);
        const proposal = parseForm(policy, change.category, values);
        await handle(world, change.id, { type: 'Edit', proposal, ...(words && { words }) }, by);
        return undefined;
      });
    },
  };

  function openFor(change: Change, by: string): ModalView {
    if (by !== change.requester) {
      throw new Refusal(
        'not the requester',
        `Only ${mention(change.requester)}, who filed ${change.number}, can edit it.`,
      );
    }
    notStarted(change, 'edited');
    const view = drawEditForm(policy, change, change.proposal);
    if (fits(view.blocks)) return view;
    throw new Refusal(
      'not now',
      `${change.number} says more than one form in Slack can hold. Withdraw it and file it again with shorter texts.`,
    );
  }
}

/** The form carries nothing but the change's id; what may be edited is looked up again. */
export function drawEditForm(policy: Policy, change: Change, proposal: Proposal): ModalView {
  return drawForm(policy, {
    ...{ callback: CALLBACK, title: `Edit ${change.number}`.slice(0, 24), choosable: false },
    ...{ metadata: `${change.id}|`, lead: answerBlocks(change), category: change.category, proposal },
    submit: change.status === 'returned' ? 'Resubmit' : 'Save',
  });
}

function answerBlocks(change: Change): KnownBlock[] {
  if (change.status !== 'returned') return [];
  const { by, words } = change.returned;
  return [
    section(`${mention(by)} returned this with questions:\n${said(words, 1500)}`),
    {
      type: 'input',
      block_id: ANSWER,
      optional: true,
      label: { type: 'plain_text', text: 'Your answer' },
      element: { type: 'plain_text_input', action_id: ANSWER, multiline: true, max_length: LONGEST.text },
    },
  ];
}
