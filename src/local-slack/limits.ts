import { placedElements } from './elements.ts';
import { isObj, type Obj, objs, str } from './json.ts';
import { checkBlock } from './limits/blocks.ts';
import {
  anything,
  fail,
  flag,
  list,
  object,
  oneOf,
  type Problem,
  type Report,
  string,
} from './limits/checks.ts';
import { plain } from './limits/parts.ts';

/**
 * Slack's limits for everything an app shows, surface by surface. The server refuses with them, and the bot's
 * tests ask them whether what it draws would be taken.
 */

/** From about here on Slack answers `msg_blocks_too_long`: all text of all blocks of a message together. */
const MESSAGE_BLOCKS_TEXT = 13_200;
const MESSAGE_TEXT = 40_000;
const VIEW_BYTES = 250_000;

/**
 * What Slack would refuse in a message. Empty when it would take it.
 * Codes besides those of single fields: `no_text`, `msg_too_long`, `msg_blocks_too_long`.
 */
export function checkMessage(message: { text?: string | undefined; blocks?: unknown }): Problem[] {
  const report: Report = { surface: 'message', problems: [] };
  const { text = '', blocks = [] } = message;
  if (text === '' && objs(blocks).length === 0) fail(report, '/text', 'no text was given', 'no_text');
  if (text.length > MESSAGE_TEXT)
    fail(report, '/text', `must be less than ${MESSAGE_TEXT + 1} characters`, 'msg_too_long');
  list(checkBlock, 50, 0)(blocks, '/blocks', report);
  checkWhole(objs(blocks), report);
  checkCounts(objs(blocks), report);
  if (textLength(blocks) > MESSAGE_BLOCKS_TEXT)
    fail(report, '/blocks', 'the blocks together are too long', 'msg_blocks_too_long');
  return report.problems;
}

const modal = object(
  { type: oneOf('modal'), title: plain(24), blocks: list(checkBlock, 100, 0) },
  {
    submit: plain(24),
    close: plain(24),
    private_metadata: string(3000, 0),
    callback_id: string(255, 0),
    clear_on_close: flag,
    notify_on_close: flag,
    external_id: string(255, 0),
  },
);

const home = object(
  { type: oneOf('home'), blocks: list(checkBlock, 100, 0) },
  {
    private_metadata: string(3000, 0),
    callback_id: string(255, 0),
    external_id: string(255, 0),
    title: anything,
    submit: anything,
    close: anything,
  },
);

/** What Slack would refuse in a modal or home. Empty when it would take it. `view_too_large` is a code of its own. */
export function checkView(view: unknown): Problem[] {
  const isHome = isObj(view) && view.type === 'home';
  const report: Report = { surface: isHome ? 'home' : 'modal', problems: [] };
  (isHome ? home : modal)(view, '', report);
  if (!isObj(view)) return report.problems;
  const blocks = objs(view.blocks);
  checkWhole(blocks, report);
  if (!isHome && view.submit === undefined && blocks.some(({ type }) => type === 'input'))
    fail(report, '/submit', 'submit is required when there is an input block', 'missing_required_field');
  if (new TextEncoder().encode(JSON.stringify(view)).length > VIEW_BYTES)
    fail(report, '', 'the view is more than 250 KB', 'view_too_large');
  return report.problems;
}

/** Block ids are unique, action ids within their block, and one element at most takes the focus. */
function checkWhole(blocks: readonly Obj[], report: Report): void {
  const blockIds = blocks
    .flatMap((block) => [block, ...objs(block.child_blocks)])
    .map(({ block_id }) => block_id);
  for (const id of repeated(blockIds)) fail(report, '/blocks', `block_id \`${str(id)}\` already exists`);
  const placed = placedElements(blocks);
  for (const block of new Set(placed.map((one) => one.block))) {
    const inBlock = placed.filter((one) => one.block === block).map(({ element }) => element.action_id);
    for (const id of repeated(inBlock)) fail(report, '/blocks', `\`action_id\` ${str(id)} already exists`);
  }
  if (placed.filter(({ element }) => element.focus_on_load === true).length > 1)
    fail(report, '/blocks', 'only one element can have focus_on_load set to true');
}

function repeated(ids: readonly unknown[]): unknown[] {
  const given = ids.filter((id) => id !== undefined);
  return [...new Set(given.filter((id, index) => given.indexOf(id) !== index))];
}

/** How many of each block a message can hold. */
const MOST: Record<string, number> = { data_table: 1, table: 1, data_visualization: 2 };

function checkCounts(blocks: readonly Obj[], report: Report): void {
  for (const [type, most] of Object.entries(MOST))
    if (blocks.filter((block) => block.type === type).length > most)
      fail(report, '/blocks', `no more than ${most} ${type} blocks allowed`);
  const markdown = blocks.filter(({ type }) => type === 'markdown');
  if (markdown.reduce((sum, { text }) => sum + str(text).length, 0) > 12_000)
    fail(report, '/blocks', 'markdown blocks together must be less than 12001 characters');
}

/** All strings called `text` under a value, added up. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (!isObj(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  );
}
