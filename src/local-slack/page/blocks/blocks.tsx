import type { KnownBlock } from '@slack/types';
import { Block } from './block.tsx';

/** Blocks one under the other. Keyed by block id, so that a redraw by the bot keeps focus and text in place. */
export function Blocks({ of }: { of: KnownBlock[] }) {
  return of.map((block, index) => <Block key={`${block.block_id ?? index}/${block.type}`} of={block} />);
}
