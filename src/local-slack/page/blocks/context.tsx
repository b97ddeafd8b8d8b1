import type { ContextBlock } from '@slack/types';
import { Text } from '../text/text.tsx';
import { Picture } from './image.tsx';

/** Small print. */
export function Context({ of }: { of: ContextBlock }) {
  return (
    <div className="context">
      {of.elements.map((element) =>
        element.type === 'image' ? (
          <Picture key={element.alt_text} of={element} className="context-image" />
        ) : (
          <Text key={element.text} of={element} />
        ),
      )}
    </div>
  );
}
