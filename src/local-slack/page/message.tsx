import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Message } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks/blocks.tsx';
import { SharedFiles } from './files.tsx';
import { MessageTools } from './message-tools.tsx';
import { SurfaceContext, usePage } from './page-context.ts';
import { Mrkdwn } from './text/text.tsx';
import { timeOfDay } from './when.ts';

interface Props {
  of: Message;
  /** It goes on from the message above, and needs no heading of its own. */
  follows: boolean;
  onThread?: ((ts: string) => void) | undefined;
}

/** One message. */
export function MessageItem({ of, follows, onThread }: Props) {
  const { snapshot } = usePage();
  const frame = useKeepFocus();
  const author = snapshot.people.find((one) => one.id === of.user);
  const name = author?.realName ?? of.user;
  const time = timeOfDay(Number(of.ts) * 1000, snapshot.me.zone);
  return (
    <article
      ref={frame}
      tabIndex={-1}
      className={`message${follows ? ' message-follows' : ''}${of.ephemeralFor ? ' message-ephemeral' : ''}`}
      aria-label={`${name}, ${time}`}
    >
      <Avatar of={author} />
      <div className="message-body">
        {of.ephemeralFor && <p className="quiet only-you">👁 Only visible to you</p>}
        <header className="message-head">
          <strong>{name}</strong>
          {author?.isBot && <span className="app-badge">App</span>}
          <time className="quiet">{time}</time>
        </header>
        <Content of={of} />
        {of.edited && <span className="quiet edited"> (edited)</span>}
        {onThread && of.replyCount > 0 && <ThreadButton of={of} onThread={onThread} />}
      </div>
      {!of.ephemeralFor && <MessageTools of={of} onThread={onThread} />}
    </article>
  );
}

/** Where a redraw takes the pressed button away, the focus stays in its message: else the keyboard begins anew at the top. */
function useKeepFocus() {
  const frame = useRef<HTMLElement>(null);
  const hadFocus = frame.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (hadFocus && !frame.current?.contains(document.activeElement))
      frame.current?.focus({ preventScroll: true });
  });
  return frame;
}

function Content({ of: { channel, ts, text, blocks, files = [] } }: { of: Message }) {
  const surface = useMemo(() => ({ place: { kind: 'message' as const, channel, ts } }), [channel, ts]);
  return (
    <SurfaceContext value={surface}>
      {blocks.length > 0 ? (
        <div className="message-blocks">
          <Blocks of={blocks} />
        </div>
      ) : (
        text !== '' && <Mrkdwn text={text} />
      )}
      <SharedFiles of={files} />
    </SurfaceContext>
  );
}

function ThreadButton({ of, onThread }: { of: Message; onThread(ts: string): void }) {
  return (
    <button type="button" className="thread-button" onClick={() => onThread(of.ts)}>
      {of.replyCount} {of.replyCount === 1 ? 'reply' : 'replies'}
    </button>
  );
}
