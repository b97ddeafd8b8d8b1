import type { ReactNode } from 'react';
import { each } from '../text/each.tsx';
import { emoji } from '../text/emoji.ts';
import { type MdBlock, parseMarkdown } from '../text/markdown.ts';
import { SafeLink } from '../text/mentions.tsx';

/** A markdown block. */
export function Markdown({ text }: { text: string }) {
  return <div className="mrkdwn markdown">{each(parseMarkdown(text), part)}</div>;
}

function part(of: MdBlock): ReactNode {
  switch (of.kind) {
    case 'heading':
      return of.level < 3 ? <h4 className="block-header">{marks(of.text)}</h4> : <h5>{marks(of.text)}</h5>;
    case 'fence':
      return <pre>{of.text}</pre>;
    case 'quote':
      return <blockquote>{marks(of.text)}</blockquote>;
    case 'rule':
      return <hr />;
    case 'text':
      return <p>{marks(of.text)}</p>;
    case 'list': {
      const List = of.ordered ? 'ol' : 'ul';
      return <List>{each(of.items, listItem)}</List>;
    }
    case 'table':
      return <Table rows={of.rows} />;
    default:
      return of satisfies never;
  }
}

function listItem({ text, indent, done }: { text: string; indent: number; done?: boolean }): ReactNode {
  return (
    <li style={{ marginInlineStart: `${indent * 1.25}rem` }}>
      {done !== undefined && (done ? '☑ ' : '☐ ')}
      {marks(text)}
    </li>
  );
}

function Table({ rows: [head = [], ...body] }: { rows: string[][] }) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            {each(head, (cell) => (
              <th scope="col">{marks(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {each(body, (row) => (
            <tr>
              {each(row, (cell) => (
                <td>{marks(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MARK =
  /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|__(.+?)__|(?<![\w*])\*([^*\n]+)\*|(?<![\w_])_([^_\n]+)_(?!\w)|~~(.+?)~~|:([a-z0-9_+-]+):|(\n)/g;

/** The marks inside a paragraph. */
function marks(text: string): ReactNode {
  const out: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    out.push(text.slice(from, match.index), mark([...match]));
    from = match.index + match[0].length;
  }
  return each([...out, text.slice(from)], (node) => node);
}

function mark(found: (string | undefined)[]): ReactNode {
  const [, code, label, url, strong, strong2, em, em2, struck, name] = found;
  if (code !== undefined) return <code>{code}</code>;
  if (url !== undefined) return <SafeLink url={url}>{label}</SafeLink>;
  if (strong ?? strong2) return <strong>{marks(strong ?? strong2 ?? '')}</strong>;
  if (em ?? em2) return <em>{marks(em ?? em2 ?? '')}</em>;
  if (struck !== undefined) return <s>{marks(struck)}</s>;
  return name === undefined ? <br /> : emoji(name);
}
