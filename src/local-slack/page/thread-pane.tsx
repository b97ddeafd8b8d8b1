import { useEffect } from 'react';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { usePage } from './page-context.ts';

interface Props {
  channel: string;
  /** The timestamp of the message that the thread hangs on. */
  ts: string;
  onClose(): void;
}

/** A thread: its first message, the replies, and a place to reply. Esc closes it. */
export function ThreadPane({ channel, ts, onClose }: Props) {
  const { snapshot } = usePage();
  const messages = snapshot.messages.filter(
    (one) => one.channel === channel && (one.ts === ts || one.threadTs === ts),
  );
  const root = messages.find((one) => one.ts === ts);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open], :popover-open')) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  const count = messages.length - 1;
  return (
    <aside className="thread" aria-label="Thread">
      <header className="bar">
        <h2>Thread</h2>
        <button type="button" className="button button-icon" aria-label="Close the thread" onClick={onClose}>
          ✕
        </button>
      </header>
      <MessageList
        messages={root ? [root, ...messages.filter((one) => one !== root)] : messages}
        title="the thread"
        empty="This message is not here any more."
        afterFirst={
          count > 0 && (
            <p className="replies quiet">
              <span>{count === 1 ? '1 reply' : `${count} replies`}</span>
            </p>
          )
        }
      />
      {root && <Composer channel={channel} threadTs={ts} name="the thread" />}
    </aside>
  );
}
