import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { plain } from '../local-slack/plain.ts';

const option = (text: string): PlainTextOption => ({ text: plain(text), value: text.toLowerCase() });

/** 15 January 2026, 22:00 in Berlin. */
export const TEN_PM = Date.UTC(2026, 0, 15, 21, 0) / 1000;

function input(block_id: string, label: string, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id,
    label: plain(label),
    optional: block_id !== 'title',
    element: { ...element, action_id: block_id },
  };
}

/** A form with an input of every type. */
export function everyInput(): ModalView {
  const tests = ['Unit', 'Integration', 'Load'].map(option);
  return {
    type: 'modal',
    callback_id: 'every',
    title: plain('Every input'),
    submit: plain('File it'),
    blocks: [
      input('title', 'Title', { type: 'plain_text_input', max_length: 40 }),
      input('plan', 'Plan', { type: 'plain_text_input', multiline: true }),
      input('risk', 'Risk', { type: 'static_select', options: ['Low', 'High'].map(option) }),
      input('tests', 'Tests', { type: 'checkboxes', options: tests }),
      input('systems', 'Systems', {
        type: 'multi_static_select',
        options: ['Search', 'Payments'].map(option),
      }),
      input('mode', 'Mode', { type: 'radio_buttons', options: ['Quick', 'Careful'].map(option) }),
      input('who', 'Implementer', { type: 'users_select' }),
      input('tell', 'Tell', { type: 'multi_users_select' }),
      input('channel', 'Channel', { type: 'channels_select' }),
      input('talk', 'Conversation', { type: 'conversations_select' }),
      input('start', 'Start', { type: 'datetimepicker' }),
      input('day', 'Day', { type: 'datepicker' }),
      input('time', 'Time', { type: 'timepicker' }),
      input('minutes', 'Minutes', { type: 'number_input', is_decimal_allowed: false }),
      input('mail', 'Mail', { type: 'email_text_input' }),
      input('link', 'Link', { type: 'url_text_input' }),
      input('rollback', 'Rollback', { type: 'rich_text_input' }),
      { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('Add a field') }] },
    ],
  };
}
