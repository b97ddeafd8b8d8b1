import { newBlockId } from './ids.ts';
import { type Obj, obj, objs, str } from './json.ts';

/** An interactive element and the block that holds it. */
export interface Placed {
  block: Obj;
  blockId: string;
  element: Obj;
  actionId: string;
}

/** Elements that hold a value, and the field of that value in `view.state.values`. */
export const VALUE_FIELD: Record<string, string> = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  radio_buttons: 'selected_option',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  checkboxes: 'selected_options',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};

/** Elements of a block, also of the blocks inside a container, carousel or card. */
function elementsOf(block: Obj): Placed[] {
  const nested = [...objs(block.child_blocks), ...(block.type === 'carousel' ? objs(block.elements) : [])];
  if (nested.length > 0) return nested.flatMap(elementsOf);
  const held = [
    ...(block.type === 'actions' || block.type === 'context_actions' ? objs(block.elements) : []),
    ...objs(block.actions),
    ...[block.accessory, block.element].flatMap((one) => objs([one])),
  ];
  return held.map((element) => ({
    block,
    blockId: str(block.block_id),
    element,
    actionId: str(element.action_id),
  }));
}

/** Every element in the blocks that can be pressed or filled, in reading order. */
export function placedElements(blocks: readonly Obj[]): Placed[] {
  return blocks.flatMap(elementsOf).filter(({ element }) => element.type !== 'image');
}

/** The element with that block id and action id. */
export function findElement(blocks: readonly Obj[], blockId: string, actionId: string): Placed | undefined {
  return placedElements(blocks).find((one) => one.blockId === blockId && one.actionId === actionId);
}

/** A copy of the blocks in which each block and element has an id, as Slack returns and keeps them. */
export function withIds(blocks: readonly Obj[]): Obj[] {
  const copy: Obj[] = structuredClone([...blocks]);
  for (const block of copy) nameBlock(block);
  for (const { element } of placedElements(copy)) element.action_id ??= newBlockId();
  return copy;
}

function nameBlock(block: Obj): void {
  block.block_id ??= newBlockId();
  for (const child of objs(block.child_blocks)) nameBlock(child);
  if (block.type === 'carousel') for (const card of objs(block.elements)) nameBlock(card);
}

/** The options of a select, in groups or not. */
export function optionsOf(element: Obj): Obj[] {
  return [...objs(element.options), ...objs(element.option_groups).flatMap((group) => objs(group.options))];
}

/** The text of a text object. */
export function textOf(value: unknown): string {
  return str(obj(value).text);
}
