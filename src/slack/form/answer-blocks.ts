import type { KnownBlock } from '@slack/types';
import type { Change } from '../../change/types.ts';
import { LONGEST } from '../../policy/fields.ts';
import { section } from '../blocks/blocks.ts';
import { mention, said } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';

export const ANSWER = 'answer';

/** The questions with which a change was returned, and the answer to them. @param held what is typed already */
export function answerBlocks(change: Change | undefined, held = ''): KnownBlock[] {
  if (change?.status !== 'returned') return [];
  const { by, words } = change.returned;
  return [
    section(`${mention(by)} returned this with questions:\n${said(words, 1500)}`),
    {
      type: 'input',
      block_id: ANSWER,
      optional: true,
      label: label('Your answer'),
      element: {
        type: 'plain_text_input',
        action_id: ANSWER,
        multiline: true,
        max_length: LONGEST.text,
        ...(held && { initial_value: held }),
      },
    },
  ];
}
