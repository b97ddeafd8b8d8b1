import type { ActionsBlock, ActionsBlockElement } from '@slack/types';
import { useId } from 'react';
import { Control } from '../controls/control.tsx';
import { words } from '../text/text.tsx';

/** A row of things to press. */
export function Actions({ of }: { of: ActionsBlock }) {
  const id = useId();
  return (
    <div className="actions">
      {of.elements.map((element) => {
        const actionId = element.action_id ?? '';
        const spot = {
          id: `${id}${actionId}`,
          blockId: of.block_id ?? '',
          actionId,
          via: 'press' as const,
          name: nameOf(element),
          invalid: false,
          confirm: 'confirm' in element ? element.confirm : undefined,
        };
        return <Control key={actionId} of={element} spot={spot} />;
      })}
    </div>
  );
}

/** There is no label in an actions block: the placeholder is the only name that the bot gave. */
function nameOf(element: ActionsBlockElement): string {
  if ('placeholder' in element && element.placeholder) return words(element.placeholder);
  return element.type === 'overflow' ? '' : element.type.replaceAll('_', ' ');
}
