import {
  anything,
  byType,
  type Check,
  flag,
  list,
  matching,
  object,
  oneOf,
  rule,
  type Shape,
  string,
  whole,
} from './checks.ts';
import {
  anyOption,
  confirm,
  eitherOptionsOrGroups,
  initialIsOffered,
  menuOptions,
  oneImageSource,
  overflowOption,
  plain,
  plainOption,
} from './parts.ts';

/** Every element, by type, with Slack's limits. */

const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date (YYYY-MM-DD)');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'time (HH:mm)');
const decimal = matching(/^-?\d+(\.\d+)?$/, 'number');
const id = string(255);

/** An element: `action_id` everywhere, `type` fixed, and the fields of its own. */
function element(type: string, required: Shape, optional: Shape = {}, ...more: Check[]): Check {
  return object({ type: oneOf(type), ...required }, { action_id: id, ...optional }, ...more);
}

const asked: Shape = { confirm };
const focused: Shape = { focus_on_load: flag };
const hinted: Shape = { placeholder: plain(150) };
const chosen: Shape = { ...asked, ...focused, ...hinted };
const several: Shape = { ...chosen, max_selected_items: whole(1, 100) };
const dispatching: Shape = {
  dispatch_action_config: object({
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
  }),
};
const typed: Shape = { ...focused, ...hinted, ...dispatching };
const conversationFilter = object(
  {},
  { include: list(string(20), 4), exclude_external_shared_channels: flag, exclude_bot_users: flag },
);
const conversations: Shape = { default_to_current_conversation: flag, filter: conversationFilter };

const button = element(
  'button',
  { text: plain(75) },
  {
    ...asked,
    url: string(3000),
    value: string(2000, 0),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  },
);

const image = object(
  { type: oneOf('image'), alt_text: string(2000) },
  { image_url: string(3000), slack_file: anything },
  oneImageSource,
);

const ids = (max = 100): Check => list(string(255), max, 0);

const menus: Record<string, Check> = {
  static_select: element(
    'static_select',
    {},
    { ...chosen, ...menuOptions, initial_option: plainOption },
    eitherOptionsOrGroups,
    initialIsOffered,
  ),
  multi_static_select: element(
    'multi_static_select',
    {},
    { ...several, ...menuOptions, initial_options: list(plainOption, 100) },
    eitherOptionsOrGroups,
    initialIsOffered,
  ),
  external_select: element(
    'external_select',
    {},
    { ...chosen, initial_option: plainOption, min_query_length: whole(0, 100) },
  ),
  multi_external_select: element(
    'multi_external_select',
    {},
    { ...several, initial_options: list(plainOption, 100), min_query_length: whole(0, 100) },
  ),
  users_select: element('users_select', {}, { ...chosen, initial_user: string(255) }),
  multi_users_select: element('multi_users_select', {}, { ...several, initial_users: ids() }),
  conversations_select: element(
    'conversations_select',
    {},
    { ...chosen, ...conversations, initial_conversation: id, response_url_enabled: flag },
  ),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    { ...several, ...conversations, initial_conversations: ids() },
  ),
  channels_select: element(
    'channels_select',
    {},
    { ...chosen, initial_channel: id, response_url_enabled: flag },
  ),
  multi_channels_select: element('multi_channels_select', {}, { ...several, initial_channels: ids() }),
  datepicker: element('datepicker', {}, { ...chosen, initial_date: date }),
  timepicker: element('timepicker', {}, { ...chosen, initial_time: time, timezone: string(100) }),
};

const choices: Record<string, Check> = {
  checkboxes: element(
    'checkboxes',
    { options: list(anyOption, 10) },
    { ...asked, ...focused, initial_options: list(anyOption, 10) },
    initialIsOffered,
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: list(anyOption, 10) },
    { ...asked, ...focused, initial_option: anyOption },
    initialIsOffered,
  ),
};

/** Ten digits, so seconds and not milliseconds. */
const datetimepicker = element(
  'datetimepicker',
  {},
  { ...asked, ...focused, initial_date_time: whole(1_000_000_000, 9_999_999_999) },
);

const overflow = element('overflow', { options: list(overflowOption, 5) }, asked);

const lengths = rule(({ min_length, max_length }) =>
  typeof min_length === 'number' && typeof max_length === 'number' && min_length > max_length
    ? 'min_length must not be greater than max_length'
    : undefined,
);

const fields: Record<string, Check> = {
  plain_text_input: element(
    'plain_text_input',
    {},
    {
      ...typed,
      multiline: flag,
      initial_value: string(3000, 0),
      min_length: whole(0, 3000),
      max_length: whole(1, 3000),
    },
    lengths,
  ),
  email_text_input: element('email_text_input', {}, { ...typed, initial_value: string(3000, 0) }),
  url_text_input: element('url_text_input', {}, { ...typed, initial_value: string(3000, 0) }),
  number_input: element(
    'number_input',
    { is_decimal_allowed: flag },
    { ...typed, initial_value: decimal, min_value: decimal, max_value: decimal },
  ),
  rich_text_input: element(
    'rich_text_input',
    {},
    {
      ...typed,
      initial_value: anything,
      min_lines: whole(1, 100),
      max_lines: whole(1, 100),
    },
  ),
  file_input: element('file_input', {}, { filetypes: list(string(20), 100), max_files: whole(1, 10) }),
};

export const buttonOnly: Check = byType({ button });

/** Beside a section's text. */
export const accessory: Check = byType({ button, image, overflow, ...menus, ...choices });

/** In an actions block. */
export const action: Check = byType({
  button,
  overflow,
  datetimepicker,
  workflow_button: anything,
  rich_text_input: anything,
  ...menus,
  ...choices,
});

/** In an input block. */
export const inputElement: Check = byType({ ...menus, ...choices, ...fields, datetimepicker });

export const imageElement: Check = byType({ image });
