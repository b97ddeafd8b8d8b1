import type { ReactNode } from 'react';
import { usePage } from '../page-context.ts';
import { fillDateTokens } from '../when.ts';

/** @somebody, by their current name. */
export function UserMention({ id }: { id: string }) {
  const { snapshot } = usePage();
  const person = snapshot.people.find((one) => one.id === id);
  return (
    <span className={`mention${id === snapshot.me.id ? ' mention-me' : ''}`}>@{person?.realName ?? id}</span>
  );
}

/** #channel; a button that goes there when the viewer can. */
export function ChannelMention({ id, label }: { id: string; label?: string | undefined }) {
  const { snapshot, goTo } = usePage();
  const channel = snapshot.conversations.find((one) => one.id === id);
  if (!channel) return <span className="mention">#{label ?? 'private-channel'}</span>;
  return (
    <button type="button" className="mention" onClick={() => goTo(id)}>
      #{channel.name}
    </button>
  );
}

interface DateProps {
  /** Milliseconds since 1970. */
  at: number;
  pattern: string;
  url?: string | undefined;
}

/** Slack's localised date: drawn in the zone of whoever is looking. */
export function LocalDate({ at, pattern, url }: DateProps) {
  const { snapshot } = usePage();
  const words = fillDateTokens(pattern, at, snapshot.now, snapshot.me.zone);
  const time = (
    <time
      dateTime={new Date(at).toISOString()}
      title={fillDateTokens('{date_long} {time}', at, snapshot.now, snapshot.me.zone)}
    >
      {words}
    </time>
  );
  return url ? <SafeLink url={url}>{time}</SafeLink> : time;
}

/** A link that can only lead to a web page or a mailbox; anything else is shown as its text. */
export function SafeLink({ url, children }: { url: string; children?: ReactNode }) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return <>{children ?? url}</>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children ?? url}
    </a>
  );
}
