import type { Button, IconButton, WorkflowButton } from '@slack/types';
import { useState } from 'react';
import { placeKey, usePage, useSurface } from '../page-context.ts';
import { plain } from '../text/text.tsx';

/** Presses an element of the surface: first everything typed there arrives, then the press. */
function usePress() {
  const { act, outbox } = usePage();
  const { place } = useSurface();
  return async (blockId: string, actionId: string) => {
    await outbox.settle(placeKey(place));
    return act({ verb: 'press', place, blockId, actionId });
  };
}

interface Props {
  of: Button | WorkflowButton | IconButton;
  blockId: string;
}

/** A bot's button. It stays focusable while the bot is thinking, and a second press then does nothing. */
export function BotButton({ of, blockId }: Props) {
  const { confirm } = usePage();
  const { view } = useSurface();
  const press = usePress();
  const [waiting, setWaiting] = useState(false);
  const onClick = async () => {
    if (waiting || view?.busy) return;
    if (of.confirm && !(await confirm(of.confirm))) return;
    setWaiting(true);
    await press(blockId, of.action_id ?? '');
    setWaiting(false);
  };
  const style = 'style' in of && of.style ? ` button-${of.style}` : '';
  const shared = {
    className: `button${style}`,
    'aria-label': of.accessibility_label,
    'aria-busy': waiting || undefined,
    onClick: () => void onClick(),
  };
  if ('url' in of && of.url && /^https?:/i.test(of.url)) {
    return (
      <a {...shared} href={of.url} target="_blank" rel="noreferrer">
        {plain(of.text)} ↗
      </a>
    );
  }
  return (
    <button type="button" {...shared}>
      {plain(of.text)}
    </button>
  );
}
