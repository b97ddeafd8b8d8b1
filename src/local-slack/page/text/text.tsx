import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { memo, type ReactNode } from 'react';
import { each } from './each.tsx';
import { emoji, withEmoji } from './emoji.ts';
import { ChannelMention, LocalDate, SafeLink, UserMention } from './mentions.tsx';
import { type Chunk, type Inline, parseMrkdwn } from './mrkdwn.ts';

/** A text object, whichever kind it is. */
export function Text({ of }: { of: PlainTextElement | MrkdwnElement }) {
  return of.type === 'mrkdwn' ? <Mrkdwn text={of.text} /> : <Plain of={of} />;
}

export function Plain({ of }: { of: PlainTextElement }) {
  return <span className="plain">{plain(of)}</span>;
}

/** A plain_text as a string, emoji names replaced unless the bot said not to. */
export function plain(of: PlainTextElement): string {
  return of.emoji === false ? of.text : withEmoji(of.text);
}

/** A label that may be either kind of text, as one line of plain words (for options of a native select). */
export function words(of: PlainTextElement | MrkdwnElement): string {
  return withEmoji(of.text);
}

export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  return <div className="mrkdwn">{each(parseMrkdwn(text), chunk)}</div>;
});

function chunk(of: Chunk): ReactNode {
  switch (of.kind) {
    case 'fence':
      return <pre>{of.text}</pre>;
    case 'quote':
      return <blockquote>{lines(of.lines)}</blockquote>;
    case 'lines':
      return lines(of.lines);
    default:
      return of satisfies never;
  }
}

function lines(of: Inline[][]): ReactNode {
  return each(of, (line, index) => (
    <>
      {index > 0 && <br />}
      {each(line, inline)}
    </>
  ));
}

function inline(of: Inline): ReactNode {
  switch (of.kind) {
    case 'text':
      return of.text;
    case 'style': {
      const Tag = of.style;
      return <Tag>{each(of.children, inline)}</Tag>;
    }
    case 'code':
      return <code>{of.text}</code>;
    case 'emoji':
      return emoji(of.name);
    case 'link':
      return <SafeLink url={of.url}>{of.label ?? of.url}</SafeLink>;
    case 'user':
      return <UserMention id={of.id} />;
    case 'channel':
      return <ChannelMention id={of.id} label={of.label} />;
    case 'group':
      return <span className="mention">{of.label ?? `@${of.id}`}</span>;
    case 'broadcast':
      return <span className="mention mention-me">@{of.range}</span>;
    case 'date':
      return <LocalDate at={of.at} pattern={of.pattern} url={of.url} />;
    default:
      return of satisfies never;
  }
}
