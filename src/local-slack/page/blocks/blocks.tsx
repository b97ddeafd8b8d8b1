import type { KnownBlock } from '@slack/types';
import { Fence } from '../fence.tsx';
import { Block } from './block.tsx';

/** Blocks one under the other. Keyed by block id, so that a redraw by the bot keeps focus and text in place. */
export function Blocks({ of }: { of: KnownBlock[] }) {
  return of.map((block, index) => (
    <Fence key={`${block.block_id ?? index}/${block.type}`}>
      <Block of={block} />
    </Fence>
  ));
}
