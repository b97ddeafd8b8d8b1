import { mayAnswer } from '../../change/decide/question.ts';
import type { Change } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { context, plainly, section } from '../blocks/blocks.ts';
import { mention, nameOf, said } from '../blocks/format.ts';
import { choiceInput, option, wordsInput } from '../blocks/inputs.ts';
import { parseChoice, parseWords } from '../blocks/parse-form.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { readTarget } from '../ids.ts';
import { listenToForms, type StepForm, wordsForm } from '../step-form.ts';

/** As many as Slack lets one choose from; the others come when these have been answered. */
const QUESTIONS = 10;

const openQuestions = ({ questions }: Change) =>
  questions.filter(({ answer }) => !answer).slice(0, QUESTIONS);

/** An answer to the question that is open, or to one of several: of these the form says which, and has none chosen by itself. */
const ANSWER: StepForm = {
  ...{ action: ACTION.answer, title: 'Answer', submit: 'Answer' },
  check: mayAnswer,
  tried: ({ questions }) => ({ type: 'Answer', question: questions.at(-1)?.id ?? '', words: '' }),
  carry: (change) => openQuestions(change)[0]?.id,
  blocks(change, _facts, names) {
    const open = openQuestions(change);
    const asker = (id: string) => (names.has(id) ? `${names.get(id)}: ` : '');
    return [
      ...open.map(({ by, words }) =>
        section(`${mention(by)} asks:\n${said(words, open.length > 1 ? 600 : 1500)}`),
      ),
      ...(open.length > 1
        ? [
            choiceInput(
              'question',
              'Which question do you answer?',
              open.map(({ id, by, words }) => option(id, `${asker(by)}${words}`)),
            ),
          ]
        : []),
      wordsInput('words', 'Your answer'),
      context('Everybody who is asked to decide sees it.'),
    ];
  },
  intent: (values, { carried = '' }) => ({
    ...{ type: 'Answer', question: parseChoice(values, 'question') ?? carried },
    words: parseWords(values, 'words'),
  }),
};

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
  ANSWER,
];

/** Approve in one click; reject, return, ask and answer with words. */
export function review(world: World): Feature {
  return {
    listen(listen) {
      // A list has the button several times: `approve:3`.
      listen.button(ACTION.approve, async ({ by, value, ephemeral, reply }) => {
        const { id, seen } = readTarget(value);
        const { change } = await handle(world, id, { type: 'Decide', verdict: 'approve', seen }, by);
        // A card in a DM says it by being redrawn.
        if (ephemeral) await reply(plainly(`✅ You approved *${nameOf(change)}*.`));
      });
      listenToForms(world, listen, REVIEW_FORMS);
    },
  };
}
