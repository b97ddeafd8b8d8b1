import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../protocol.ts';
import { MessageItem } from './message.tsx';
import { usePage } from './page-context.ts';
import { dayName } from './when.ts';

/** How many messages are drawn at first, and more at each wish: a year of them would make the page slow. */
const PAGE = 100;

interface Props {
  messages: Message[];
  title: string;
  empty: string;
  /** Opens a thread; absent inside one. */
  onThread?: (ts: string) => void;
  /** Drawn after the first message: the line between a thread's root and its replies. */
  afterFirst?: ReactNode;
}

/** Messages, oldest first, with a line between days. Stays at the bottom unless the reader has scrolled up. */
export function MessageList({ messages, title, empty, onThread, afterFirst }: Props) {
  const { snapshot } = usePage();
  const [length, setLength] = useState(PAGE);
  const recent = messages.slice(-length);
  const frame = useStayAtBottom(messages, snapshot.me.id);
  return (
    <div ref={frame} className="scroll messages" role="log" aria-label={`Messages in ${title}`}>
      {messages.length === 0 && <p className="beginning quiet">{empty}</p>}
      {recent.length < messages.length && (
        <button type="button" className="button earlier" onClick={() => setLength(length + PAGE)}>
          Show earlier messages
        </button>
      )}
      {recent.map((message, index) => {
        const before = recent[index - 1];
        const day = dayOf(message, snapshot.now, snapshot.me.zone);
        const newDay = !before || dayOf(before, snapshot.now, snapshot.me.zone) !== day;
        return (
          <Fragment key={`${message.ts}${message.ephemeralFor ?? ''}`}>
            {newDay && (
              <h3 className="day">
                <span>{day}</span>
              </h3>
            )}
            <MessageItem of={message} follows={!newDay && follows(message, before)} onThread={onThread} />
            {index === 0 && afterFirst}
          </Fragment>
        );
      })}
    </div>
  );
}

function dayOf({ ts }: Message, now: number, zone: string): string {
  return dayName(Number(ts) * 1000, now, zone);
}

/** Somebody going on speaking within five minutes needs no second heading. */
function follows(message: Message, before: Message | undefined): boolean {
  if (!before || before.user !== message.user || before.ephemeralFor !== message.ephemeralFor) return false;
  const spoken = message.blocks.length === 0 && before.blocks.length === 0 && before.replyCount === 0;
  return spoken && Number(message.ts) - Number(before.ts) < 300;
}

/** New messages come into view for a reader at the bottom; one's own, and answers to oneself, for any. */
function useStayAtBottom(messages: Message[], me: string) {
  const frame = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1);
  const seen = useRef(newest?.ts);
  const atBottom = useRef(true);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const note = () => {
      atBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: any redraw of the messages may make them longer
  useLayoutEffect(() => {
    const isMine = newest?.user === me || newest?.ephemeralFor === me;
    if (isMine && newest?.ts !== seen.current) atBottom.current = true;
    seen.current = newest?.ts;
    if (atBottom.current) frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [messages]);
  return frame;
}
