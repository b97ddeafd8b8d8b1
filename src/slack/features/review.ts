import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { FiledChange, Intent } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import { context, plainly, section } from '../blocks.ts';
import { ACTION } from '../card.ts';
import type { Feature } from '../feature.ts';
import { changeOf } from '../find.ts';
import { nameOf, said } from '../format.ts';
import { readTarget, targetOf } from '../ids.ts';
import { parseWords } from '../parse-form.ts';

/** Decisions that want words, each with a small form of its own. */
const FORMS = {
  reject: {
    title: 'Reject',
    submit: 'Reject',
    label: 'Why?',
    hint: 'The requester reads this and acts on it.',
  },
  abstain: {
    title: 'Abstain',
    submit: 'Abstain',
    label: 'Why?',
    hint: 'It stands in the record beside your vote.',
  },
  return: {
    title: 'Return',
    submit: 'Return',
    label: 'What do you need to know?',
    hint: 'The change waits until the requester has answered.',
  },
  ask: {
    title: 'Ask',
    submit: 'Ask',
    label: 'Your question',
    hint: 'The change stays with you; the answer comes as a message.',
  },
  answer: {
    title: 'Answer',
    submit: 'Answer',
    label: 'Your answer',
    hint: 'Everybody who is asked to decide sees it.',
  },
} as const;
export type FormName = keyof typeof FORMS;

/** Which button names may be pressed more than once in a message: `approve`, `approve:3`. */
const pressed = (action: string) => new RegExp(`^${action}(:\\d+)?$`);
const WORDS = 'words';
const carried = z.object({ target: z.string(), question: z.string().max(100).optional() });

/** Approve in one click; reject, abstain, return, ask and answer with words. */
export function review(world: World): Feature {
  return {
    listen({ button, submit }) {
      button(pressed(ACTION.approve), async ({ by, value, ephemeral, reply }) => {
        const { id, seen } = readTarget(value);
        const { change } = await handle(world, id, { type: 'Decide', verdict: 'approve', seen }, by);
        // A card in a DM says it by being redrawn.
        if (ephemeral) await reply(plainly(`✅ You approved *${nameOf(change)}*.`));
      });
      // Object.keys widens the keys of a const object to string.
      for (const name of Object.keys(FORMS) as FormName[]) {
        const callback = `${name}-change`;
        button(pressed(ACTION[name]), async (press) => {
          const change = await changeOf(world, press.value);
          await press.open(drawWordsForm(name, callback, change, press.value));
        });
        submit(callback, async ({ by, metadata, values, viewId }) => {
          const { target, question } = carried.parse(JSON.parse(metadata));
          const { id, seen } = readTarget(target);
          await handle(
            world,
            id,
            intentOf(name, { seen, words: parseWords(values, WORDS), question: question ?? viewId }),
            by,
          );
          return undefined;
        });
      }
    },
  };
}

function intentOf(
  name: FormName,
  { seen, words, question }: { seen: string; words: string; question: string },
): Intent {
  switch (name) {
    case 'reject':
    case 'abstain':
      return { type: 'Decide', verdict: name, seen, words };
    case 'return':
      return { type: 'Return', seen, words };
    case 'ask':
      return { type: 'Ask', question, words };
    case 'answer':
      return { type: 'Answer', question, words };
    default:
      return name satisfies never;
  }
}

/** The small form of a decision that wants words. `value` is what the pressed button carried. */
export function drawWordsForm(
  name: FormName,
  callback: string,
  change: FiledChange,
  value: unknown,
): ModalView {
  const { title, submit, label, hint } = FORMS[name];
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const question = name === 'answer' ? change.questions.find((each) => !each.answer) : undefined;
  // The hash of the card that was clicked goes along: the decision is on what was shown there.
  const target = typeof value === 'string' ? value : targetOf(change);
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: JSON.stringify({ target, ...(question && { question: question.id }) }),
    title: plain(title),
    submit: plain(submit),
    close: plain('Cancel'),
    blocks: [
      section(`*${nameOf(change)}*`),
      ...(question ? [section(said(question.words, 1500))] : []),
      {
        type: 'input',
        block_id: WORDS,
        label: plain(label),
        element: { type: 'plain_text_input', action_id: WORDS, multiline: true, max_length: LONGEST.text },
      },
      context(hint),
    ],
  };
}
