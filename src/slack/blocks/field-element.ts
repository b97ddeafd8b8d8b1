import type { InputBlock, PlainTextOption } from '@slack/types';
import type { Proposal } from '../../change/types.ts';
import { FIELDS, type FieldId, LONGEST } from '../../policy/fields.ts';
import { choicesFrom, type Policy } from '../../policy/schema.ts';
import { option } from './inputs.ts';

/** What a field is filled in with, holding what the proposal says. Its action id is the field's. */
export function fieldElement(policy: Policy, field: FieldId, proposal: Proposal): InputBlock['element'] {
  const definition = FIELDS[field];
  const value = proposal[field];
  const text = typeof value === 'string' ? { initial_value: value } : {};
  const several = Array.isArray(value) ? value : [];
  switch (definition.kind) {
    case 'line':
      return { type: 'plain_text_input', action_id: field, max_length: LONGEST.line, ...text };
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: field,
        multiline: true,
        max_length: LONGEST.text,
        ...text,
      };
    case 'link':
      return { type: 'url_text_input', action_id: field, ...text };
    case 'minutes': {
      const initial = typeof value === 'number' ? { initial_value: String(value) } : {};
      return {
        type: 'number_input',
        action_id: field,
        is_decimal_allowed: false,
        min_value: '0',
        ...initial,
      };
    }
    case 'instant':
      return {
        type: 'datetimepicker',
        action_id: field,
        ...(typeof value === 'number' && { initial_date_time: Math.floor(value / 1000) }),
      };
    case 'person':
      return {
        type: 'users_select',
        action_id: field,
        ...(typeof value === 'string' && { initial_user: value }),
      };
    case 'people':
      return {
        type: 'multi_users_select',
        action_id: field,
        ...(several.length > 0 && { initial_users: several }),
      };
    case 'channels':
      return {
        type: 'multi_channels_select',
        action_id: field,
        ...(several.length > 0 && { initial_channels: several }),
      };
    case 'yesNo':
      return choice(
        field,
        [option('yes', 'Yes'), option('no', 'No')],
        value === undefined ? [] : [value ? 'yes' : 'no'],
        'one',
      );
    case 'choices':
      return choice(
        field,
        Object.entries(choicesFrom(policy, definition.from)).map(([id, label]) => option(id, label)),
        several,
        'many',
      );
    case 'level':
      return levels(field, value);
    case 'risk':
    case 'assessment':
      throw new Error(`${field} has several inputs`);
    default:
      return definition satisfies never;
  }
}

/** Slack's select cannot be emptied again, so that not raising it is a choice too. */
function levels(id: string, value: unknown): InputBlock['element'] {
  const worked = option('computed', 'As worked out');
  const options = [worked, option('medium', 'Medium'), option('high', 'High')];
  const initial = options.find((each) => each.value === value) ?? worked;
  return { type: 'static_select', action_id: id, options, initial_option: initial };
}

/** Slack shows ten checkboxes at the most; more choices go into a menu. */
function choice(
  id: string,
  options: PlainTextOption[],
  chosen: readonly string[],
  how: 'one' | 'many',
): InputBlock['element'] {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  if (how === 'one')
    return {
      type: 'radio_buttons',
      action_id: id,
      options,
      ...(initial[0] && { initial_option: initial[0] }),
    };
  const several = { action_id: id, options, ...(initial.length > 0 && { initial_options: initial }) };
  return options.length <= 10
    ? { type: 'checkboxes', ...several }
    : { type: 'multi_static_select', ...several };
}
