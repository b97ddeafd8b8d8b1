import type { InputBlock } from '@slack/types';
import { groupSpot, noteSpot } from '../../change/assessment.ts';
import type { Assessment } from '../../change/types.ts';
import { LONGEST, NOT_AFFECTED } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { label, option } from '../blocks/inputs.ts';

/**
 * The impact assessment: for each group its items to tick, with "Not affected" as the last, and a note as soon as
 * something is ticked.
 * @param required whether every group must be looked at
 */
export function assessmentInputs(policy: Policy, given: Assessment, required: boolean): InputBlock[] {
  return Object.entries(policy.assessment).flatMap(([group, { title, items }]) => {
    const answer = given[group];
    const ticked = answer && answer.affected.length === 0 ? [NOT_AFFECTED] : (answer?.affected ?? []);
    const options = [
      ...Object.entries(items).map(([id, words]) => option(id, words)),
      option(NOT_AFFECTED, 'Not affected'),
    ];
    const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
    const boxes: InputBlock = {
      type: 'input',
      block_id: groupSpot(group),
      optional: !required,
      label: label(title),
      element: {
        type: 'checkboxes',
        action_id: groupSpot(group),
        options,
        ...(initial.length > 0 && { initial_options: initial }),
      },
    };
    return answer && answer.affected.length > 0 ? [boxes, note(group, title, answer.note)] : [boxes];
  });
}

function note(group: string, title: string, held: string | undefined): InputBlock {
  return {
    type: 'input',
    block_id: noteSpot(group),
    label: label(`${title}: how?`),
    element: {
      type: 'plain_text_input',
      action_id: noteSpot(group),
      max_length: LONGEST.note,
      ...(held && { initial_value: held }),
    },
  };
}
