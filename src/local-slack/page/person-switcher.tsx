import { type KeyboardEvent, useId, useRef } from 'react';
import type { Person } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { usePage } from './page-context.ts';

/** "You are: Dana Reyes ▾": the trick of local Slack is to be everybody in turn. */
export function PersonSwitcher({ onChoose }: { onChoose(id: string): void }) {
  const { snapshot } = usePage();
  const { me, unreadByPerson = {} } = snapshot;
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const people = snapshot.people.filter((one) => !one.isBot && !one.deactivated);
  const waiting = people.filter((one) => one.id !== me.id && (unreadByPerson[one.id] ?? 0) > 0);
  return (
    <div className="switcher">
      <button type="button" className="switcher-button" popoverTarget={id}>
        <Avatar of={me} />
        <span className="switcher-words">
          <span className="quiet">You are:</span>
          <strong>{me.realName}</strong>
          <span className="quiet">{me.title}</span>
        </span>
        <span aria-hidden="true">▾</span>
      </button>
      <Waiting of={waiting} listId={id} onChoose={onChoose} />
      <ul
        ref={list}
        id={id}
        popover="auto"
        className="menu people"
        onKeyDown={moveFocus}
        onToggle={() => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus()}
      >
        {people.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === me.id ? 'true' : undefined}
              onClick={() => {
                list.current?.hidePopover();
                onChoose(one.id);
              }}
            >
              <Avatar of={one} />
              <span className="switcher-words">
                <strong>{one.realName}</strong>
                <span className="quiet">{one.title}</span>
              </span>
              {(unreadByPerson[one.id] ?? 0) > 0 && (
                <span className="badge">
                  {unreadByPerson[one.id]}
                  <span className="unseen"> unread</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface WaitingProps {
  of: Person[];
  listId: string;
  onChoose(id: string): void;
}

/** Whoever has just been told something: one press away when it is one person, else the list opens. */
function Waiting({ of: [first, ...others], listId, onChoose }: WaitingProps) {
  if (!first) return null;
  if (others.length === 0) {
    return (
      <button type="button" className="switcher-waiting" onClick={() => onChoose(first.id)}>
        {first.realName} has something new
      </button>
    );
  }
  const rest = others.length === 1 ? others[0]?.realName : `${others.length} others`;
  return (
    <button type="button" className="switcher-waiting" popoverTarget={listId}>
      {first.realName} and {rest} have something new
    </button>
  );
}

/** The arrow keys walk through the list, as in any menu. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons: (Element | null)[] = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const next = buttons.at((at + step) % buttons.length);
  if (next instanceof HTMLElement) next.focus();
}
