import { type Check, flag, list, matching, object, type Shape, string, whole } from './checks.ts';
import { asked, element, focused, hinted } from './element.ts';
import { eitherOptionsOrGroups, initialIsOffered, menuOptions, plainOption } from './parts.ts';

/** Selects and pickers: what opens and lets one choose. */

const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date (YYYY-MM-DD)');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'time (HH:mm)');
const id = string(255);
const chosen: Shape = { ...asked, ...focused, ...hinted };
const several: Shape = { ...chosen, max_selected_items: whole(1, 100) };
const conversationFilter = object(
  {},
  { include: list(string(20), 4), exclude_external_shared_channels: flag, exclude_bot_users: flag },
);
const conversations: Shape = { default_to_current_conversation: flag, filter: conversationFilter };

const ids = (max = 100): Check => list(string(255), max, 0);

export const menus: Record<string, Check> = {
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
