import type { ContainerBlock } from '@slack/types';
import { RichText } from '../text/rich-text.tsx';
import { Plain, Text } from '../text/text.tsx';
import { Blocks } from './blocks.tsx';
import { Picture } from './image.tsx';

/** Blocks in a frame, which can be folded away when the bot allows it. */
export function Container({ of }: { of: ContainerBlock }) {
  if (!of.is_collapsible) {
    return (
      <section className="container">
        <div className="container-head">
          <Title of={of} />
        </div>
        <Body of={of} />
      </section>
    );
  }
  return (
    <details className="container" open={!of.default_collapsed}>
      <summary className="container-head">
        <Title of={of} />
      </summary>
      <Body of={of} />
    </details>
  );
}

function Title({ of }: { of: ContainerBlock }) {
  return (
    <div className="container-words">
      {of.icon && <Picture of={of.icon} className="context-image" />}
      {of.title && (
        <strong>
          <Plain of={of.title} />
        </strong>
      )}
      {of.rich_text_title && <RichText of={of.rich_text_title} />}
      {of.subtitle && (
        <div className="quiet">
          <Text of={of.subtitle} />
        </div>
      )}
    </div>
  );
}

function Body({ of }: { of: ContainerBlock }) {
  return (
    <div className="container-body">
      <Blocks of={of.child_blocks} />
    </div>
  );
}
