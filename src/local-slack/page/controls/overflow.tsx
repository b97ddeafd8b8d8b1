import type { Overflow, PlainTextOption } from '@slack/types';
import { placeKey, usePage, useSurface } from '../page-context.ts';
import { PopMenu } from '../pop-menu.tsx';
import { words } from '../text/text.tsx';
import type { Spot } from './spot.ts';

/** The bot's "⋯" menu: choosing from it is a press. */
export function OverflowMenu({ of, spot }: { of: Overflow; spot: Spot }) {
  const { act, confirm, outbox } = usePage();
  const { place } = useSurface();
  const choose = async (option: PlainTextOption) => {
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, '_blank', 'noreferrer');
    if (of.confirm && !(await confirm(of.confirm))) return;
    await outbox.settle(placeKey(place));
    const value = { type: of.type, selected_option: option };
    await act({ verb: 'press', place, blockId: spot.blockId, actionId: spot.actionId, value });
  };
  return (
    <PopMenu
      name={spot.name ? `More: ${spot.name}` : 'More'}
      items={of.options.map((option) => ({
        key: option.value ?? option.text.text,
        words: words(option.text),
        onChoose: () => void choose(option),
      }))}
    />
  );
}
