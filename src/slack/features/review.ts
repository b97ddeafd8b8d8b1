import { mayAnswer } from '../../change/decide/question.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly, section } from '../blocks/blocks.ts';
import { nameOf, said } from '../blocks/format.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { readTarget } from '../ids.ts';
import { listenToForms, type StepForm, wordsForm } from '../step-form.ts';

/** Decisions that want words. */
export const REVIEW_FORMS: readonly StepForm[] = [
  wordsForm(
    {
      action: ACTION.reject,
      title: 'Reject',
      submit: 'Reject',
      label: 'Why?',
      hint: 'The requester reads this and acts on it.',
    },
    (words, { seen }) => ({ type: 'Decide', verdict: 'reject', seen, words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.return, title: 'Return', submit: 'Return', label: 'What do you need to know?' },
      hint: 'The change waits until the requester has answered.',
    },
    (words, { seen }) => ({ type: 'Return', seen, words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.ask, title: 'Ask', submit: 'Ask', label: 'Your question' },
      hint: 'The change stays with you; the answer comes as a message.',
    },
    (words, { viewId }) => ({ type: 'Ask', question: viewId, words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.answer, title: 'Answer', submit: 'Answer', label: 'Your answer' },
      hint: 'Everybody who is asked to decide sees it.',
      check: mayAnswer,
      tried: ({ questions }) => ({ type: 'Answer', question: questions.at(-1)?.id ?? '', words: '' }),
      carry: (change) => change.questions.find((question) => !question.answer)?.id,
      lead: (change) => {
        const open = change.questions.find((question) => !question.answer);
        return open ? [section(said(open.words, 1500))] : [];
      },
    },
    (words, { carried = '' }) => ({ type: 'Answer', question: carried, words }),
  ),
];

/** Approve in one click; reject, return, ask and answer with words. */
export function review(world: World): Feature {
  return {
    listen(listen) {
      // A list has the button several times: `approve:3`.
      listen.button(new RegExp(`^${ACTION.approve}(:\\d+)?$`), async ({ by, value, ephemeral, reply }) => {
        const { id, seen } = readTarget(value);
        const { change } = await handle(world, id, { type: 'Decide', verdict: 'approve', seen }, by);
        // A card in a DM says it by being redrawn.
        if (ephemeral) await reply(plainly(`✅ You approved *${nameOf(change)}*.`));
      });
      listenToForms(world, listen, REVIEW_FORMS);
    },
  };
}
