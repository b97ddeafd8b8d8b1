import { type ReactNode, useEffect } from 'react';
import type { Conversation } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { usePage } from './page-context.ts';
import { Welcome } from './welcome.tsx';

interface Props {
  of: Conversation;
  menu: ReactNode;
  onThread(ts: string): void;
}

/** A channel or a direct message: what was said, and the place to say something. */
export function ChannelView({ of, menu, onThread }: Props) {
  const { snapshot, act } = usePage();
  const messages = snapshot.messages.filter(
    (one) => one.channel === of.id && (one.threadTs === undefined || one.threadTs === one.ts),
  );
  useReading(of, act);
  const title = of.kind === 'channel' ? `#${of.name}` : of.name;
  return (
    <>
      <header className="bar">
        {menu}
        <h2>{title}</h2>
      </header>
      <Welcome />
      <MessageList
        messages={messages}
        title={title}
        onThread={onThread}
        empty={`This is the beginning of ${title}.`}
      />
      <Composer channel={of.id} name={title} />
    </>
  );
}

/** What is looked at is read; a page in the background reads nothing. */
function useReading({ id, unread }: Conversation, act: ReturnType<typeof usePage>['act']) {
  useEffect(() => {
    const read = () => {
      if (unread > 0 && document.visibilityState === 'visible') void act({ verb: 'read', channel: id });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, unread, act]);
}
