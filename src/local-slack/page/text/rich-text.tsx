import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { ReactNode } from 'react';
import { each } from './each.tsx';
import { emoji } from './emoji.ts';
import { ChannelMention, LocalDate, SafeLink, UserMention } from './mentions.tsx';

/** A rich_text block: Slack's own tree, drawn as it stands. */
export function RichText({ of }: { of: RichTextBlock }) {
  return <div className="mrkdwn">{each(of.elements, part)}</div>;
}

function part(of: RichTextBlockElement): ReactNode {
  switch (of.type) {
    case 'rich_text_section':
      return <div>{each(of.elements, leaf)}</div>;
    case 'rich_text_list': {
      const List = of.style === 'ordered' ? 'ol' : 'ul';
      return (
        <List style={{ marginInlineStart: `${(of.indent ?? 0) * 1.5}rem` }}>
          {each(of.elements, (item) => (
            <li>{each(item.elements, leaf)}</li>
          ))}
        </List>
      );
    }
    case 'rich_text_quote':
      return <blockquote>{each(of.elements, leaf)}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{each(of.elements, leaf)}</pre>;
    default:
      return of satisfies never;
  }
}

function leaf(of: RichTextElement): ReactNode {
  return styled(of, content(of));
}

function styled({ style }: RichTextElement, inner: ReactNode): ReactNode {
  let node = inner;
  if (style?.code) node = <code>{node}</code>;
  if (style?.strike) node = <s>{node}</s>;
  if (style?.underline) node = <u>{node}</u>;
  if (style?.italic) node = <em>{node}</em>;
  if (style?.bold) node = <strong>{node}</strong>;
  return node;
}

function content(of: RichTextElement): ReactNode {
  switch (of.type) {
    case 'text':
      return of.text;
    case 'link':
      return <SafeLink url={of.url}>{of.text ?? of.url}</SafeLink>;
    case 'user':
      return <UserMention id={of.user_id} />;
    case 'channel':
      return <ChannelMention id={of.channel_id} />;
    case 'usergroup':
      return <span className="mention">@{of.usergroup_id}</span>;
    case 'broadcast':
      return <span className="mention mention-me">@{of.range}</span>;
    case 'team':
      return <span className="mention">@{of.team_id}</span>;
    case 'emoji':
      return emoji(of.name);
    case 'date':
      return <LocalDate at={of.timestamp * 1000} pattern={of.format} url={of.url} />;
    case 'color':
      return <code>{of.value}</code>;
    default:
      return of satisfies never;
  }
}
