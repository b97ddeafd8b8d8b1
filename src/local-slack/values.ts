import { findElement, optionsOf, placedElements, VALUE_FIELD } from './elements.ts';
import { type Obj, obj, objs, str } from './json.ts';
import type { InputValue } from './protocol.ts';

/** What the inputs of a view or message hold, by block id, then action id: Slack's `state.values`. */
export type Values = Record<string, Record<string, InputValue>>;

/** The attribute with which a view gives an element its first value. */
const INITIAL: Record<string, string> = {
  value: 'initial_value',
  rich_text_value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_conversation: 'initial_conversation',
  selected_conversations: 'initial_conversations',
  selected_channel: 'initial_channel',
  selected_channels: 'initial_channels',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_date_time: 'initial_date_time',
};

/** The value an element holds before anybody touches it; `undefined` for one that holds none, as a button. */
export function initialValue(element: Obj): InputValue | undefined {
  const type = str(element.type);
  const field = VALUE_FIELD[type];
  if (field === undefined) return undefined;
  const nothing = field.endsWith('s') ? [] : null;
  return { type, [field]: element[INITIAL[field] ?? ''] ?? nothing };
}

/**
 * The values of a view that takes the place of another: what was typed stays where block id, action id and
 * type are the same and the chosen option still exists; everything else starts from its initial value.
 */
export function carriedValues(old: Values, blocks: readonly Obj[]): Values {
  const values: Values = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    const initial = initialValue(element);
    if (!initial) continue;
    const held = old[blockId]?.[actionId];
    const kept = held?.type === initial.type && stillOffered(held, element) ? held : initial;
    values[blockId] = { ...values[blockId], [actionId]: kept };
  }
  return values;
}

function stillOffered(held: InputValue, element: Obj): boolean {
  const chosen = [...objs(held.selected_options), ...objs([held.selected_option])];
  if (chosen.length === 0 || str(element.type).includes('external')) return true;
  const offered = new Set(optionsOf(element).map(({ value }) => value));
  return chosen.every(({ value }) => offered.has(value));
}

/**
 * Puts a value into an element, as the client does when somebody types or picks.
 * @returns the new values, or a sentence when the element cannot hold it
 */
export function withValue(
  values: Values,
  blocks: readonly Obj[],
  at: { blockId: string; actionId: string },
  value: InputValue,
): Values | string {
  const found = findElement(blocks, at.blockId, at.actionId);
  const initial = found && initialValue(found.element);
  if (!found || !initial) return 'There is nothing to fill in there any more.';
  if (value.type !== initial.type) return `That field is a ${initial.type}, not a ${value.type}.`;
  const field = VALUE_FIELD[initial.type] ?? 'value';
  const held: InputValue = { type: value.type, [field]: value[field] ?? initial[field] ?? null };
  if (held[field] === '') held[field] = null;
  if (!stillOffered(held, found.element)) return 'That option is not offered.';
  return { ...values, [at.blockId]: { ...values[at.blockId], [at.actionId]: held } };
}

/** Whether a value is one that Slack counts as filled in. */
export function isFilled(value: InputValue | undefined): boolean {
  const held = obj(value)[VALUE_FIELD[str(value?.type)] ?? ''];
  if (Array.isArray(held)) return held.length > 0;
  if (typeof held === 'string') return held.trim() !== '';
  return held !== null && held !== undefined;
}
