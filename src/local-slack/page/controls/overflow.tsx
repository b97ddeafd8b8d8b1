import type { Overflow, PlainTextOption } from '@slack/types';
import { useId, useRef } from 'react';
import { usePage, useSurface } from '../page-context.ts';
import { words } from '../text/text.tsx';
import type { Spot } from './spot.ts';

/** The "…" menu. The browser's own popover closes it on Esc or a click elsewhere and gives the focus back. */
export function OverflowMenu({ of, spot }: { of: Overflow; spot: Spot }) {
  const { act, confirm } = usePage();
  const { place } = useSurface();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const choose = async (option: PlainTextOption) => {
    list.current?.hidePopover();
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, '_blank', 'noreferrer');
    if (of.confirm && !(await confirm(of.confirm))) return;
    const value = { type: of.type, selected_option: option };
    await act({ verb: 'press', place, blockId: spot.blockId, actionId: spot.actionId, value });
  };
  const position = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at || !list.current) return;
    list.current.style.left = `${Math.max(8, at.right - 220)}px`;
    list.current.style.top = `${Math.min(at.bottom + 4, window.innerHeight - 40 * of.options.length - 16)}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-icon"
        aria-label={spot.name ? `More: ${spot.name}` : 'More'}
        popoverTarget={id}
        onClick={position}
      >
        ⋯
      </button>
      <ul ref={list} id={id} popover="auto" className="menu">
        {of.options.map((option) => (
          <li key={option.value}>
            <button type="button" onClick={() => void choose(option)}>
              {words(option.text)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
