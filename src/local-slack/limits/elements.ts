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
import { asked, element, focused, hinted } from './element.ts';
import { menus } from './menus.ts';
import { anyOption, initialIsOffered, oneImageSource, overflowOption, plain, slackFile } from './parts.ts';

/** Every element, by type, with Slack's limits. */

const decimal = matching(/^-?\d+(\.\d+)?$/, 'number');

const dispatching: Shape = {
  dispatch_action_config: object({
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
  }),
};
const typed: Shape = { ...focused, ...hinted, ...dispatching };
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
  { image_url: string(3000), slack_file: slackFile },
  oneImageSource,
);

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
