import type { KnownBlock } from '@slack/types';
import { cutMarkup } from './format.ts';

/** Slack refuses a message from about 13,200 characters in all its blocks on, and a view above 250 KB. */
const MESSAGE_CHARACTERS = 13_000;
const VIEW_BYTES = 245_000;
const LONGEST_TEXT = 3000;

/**
 * The blocks of a message, cut as far as Slack's limit for all of them together wants it. The longest texts
 * lose first and a short one nothing, since what fills a card is seldom what decides it.
 */
export function fitMessage(blocks: readonly KnownBlock[]): KnownBlock[] {
  if (charactersIn(blocks) <= MESSAGE_CHARACTERS) return [...blocks];
  const cutAt = (most: number) => blocks.map((block) => shorter(block, most));
  let [fitting, tooLong] = [0, LONGEST_TEXT];
  while (tooLong - fitting > 1) {
    const middle = (fitting + tooLong) >> 1;
    if (charactersIn(cutAt(middle)) <= MESSAGE_CHARACTERS) fitting = middle;
    else tooLong = middle;
  }
  return cutAt(fitting);
}

/** Whether Slack takes a form of these blocks. What people fill in cannot be cut. */
export function fits(blocks: readonly object[]): boolean {
  return new TextEncoder().encode(JSON.stringify(blocks)).length <= VIEW_BYTES;
}

function shorter(block: KnownBlock, most: number): KnownBlock {
  const short = <T extends object>(part: T): T =>
    'type' in part && part.type === 'mrkdwn' && 'text' in part
      ? { ...part, text: cutMarkup(String(part.text), most) }
      : part;
  if (block.type === 'context') return { ...block, elements: block.elements.map(short) };
  if (block.type !== 'section') return block;
  return {
    ...block,
    ...(block.text && { text: short(block.text) }),
    ...(block.fields && { fields: block.fields.map(short) }),
  };
}

/** As Slack counts: everything that is called `text`, on buttons too. */
export function charactersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : charactersIn(inner)),
    0,
  );
}
