import type { InputBlock, PlainTextElement, PlainTextOption } from '@slack/types';
import type { Instant } from '../../change/types.ts';
import { LONGEST } from '../../policy/fields.ts';
import { cut } from './format.ts';

/** Slack shows at most ten checkboxes together. */
export const CHECKBOXES_TOGETHER = 10;

export function label(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

/** Slack takes so many options in a menu. */
export const MOST_OPTIONS = 100;

/** An option, its words cut to what Slack takes. */
export function option(value: string, title: string): PlainTextOption {
  return { value, text: label(cut(title, 75)) };
}

/** One of at most ten; the only one is chosen already. */
export function choiceInput(block: string, text: string, options: PlainTextOption[]): InputBlock {
  const [only] = options;
  const initial = options.length === 1 && only ? { initial_option: only } : {};
  return {
    ...{ type: 'input', block_id: block, label: label(text) },
    element: { type: 'radio_buttons', action_id: block, options, ...initial },
  };
}

/** A field for words of any length that Slack takes. */
export function wordsInput(block: string, text: string, optional = false, said = ''): InputBlock {
  return {
    type: 'input',
    block_id: block,
    optional,
    label: label(text),
    element: {
      ...{ type: 'plain_text_input', action_id: block, multiline: true, max_length: LONGEST.text },
      ...(said && { initial_value: said }),
    },
  };
}

/** A whole number of minutes; may stay empty. */
export function minutesInput(block: string, text: string): InputBlock {
  return {
    ...{ type: 'input', block_id: block, optional: true, label: label(text) },
    element: {
      ...{ type: 'number_input', action_id: block, is_decimal_allowed: false },
      ...{ min_value: '0', max_value: '999999' },
    },
  };
}

/** People, some of them chosen already. */
export function peopleInput(block: string, text: string, initial: readonly string[]): InputBlock {
  return {
    ...{ type: 'input', block_id: block, optional: true, label: label(text) },
    element: {
      ...{ type: 'multi_users_select', action_id: block },
      ...(initial.length > 0 && { initial_users: [...initial] }),
    },
  };
}

/**
 * A day and an hour.
 * @param hint what it means to leave it empty, where that may be
 * @param initial what is chosen already
 */
export function timeInput(block: string, text: string, hint?: string, initial?: Instant): InputBlock {
  return {
    ...{ type: 'input', block_id: block, optional: hint !== undefined, label: label(text) },
    ...(hint !== undefined && { hint: label(hint) }),
    element: {
      ...{ type: 'datetimepicker', action_id: block },
      ...(initial !== undefined && { initial_date_time: Math.floor(initial / 1000) }),
    },
  };
}
