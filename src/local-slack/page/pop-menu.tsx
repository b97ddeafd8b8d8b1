import { useId, useRef } from 'react';

interface Props {
  /** The name of its button. */
  name: string;
  /** What is on the button. */
  sign?: string;
  items: { key: string; words: string; onChoose(): void }[];
}

/** A menu. The browser's own popover closes it on Esc or a click elsewhere and gives the focus back. */
export function PopMenu({ name, sign = '⋯', items }: Props) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const position = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at || !list.current) return;
    list.current.style.left = `${Math.max(8, at.right - 220)}px`;
    list.current.style.top = `${Math.min(at.bottom + 4, window.innerHeight - 40 * items.length - 16)}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-icon"
        aria-label={name}
        popoverTarget={id}
        onClick={position}
      >
        {sign}
      </button>
      <ul ref={list} id={id} popover="auto" className="menu">
        {items.map(({ key, words, onChoose }) => (
          <li key={key}>
            <button
              type="button"
              onClick={() => {
                list.current?.hidePopover();
                onChoose();
              }}
            >
              {words}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
