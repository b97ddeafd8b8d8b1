import type { DataTableBlock } from '@slack/types';
import { useState } from 'react';
import { withEmoji } from '../text/emoji.ts';
import { RichText } from '../text/rich-text.tsx';

type Cell = DataTableBlock['rows'][number][number];

interface Props {
  rows: Cell[][];
  caption?: string;
  pageSize?: number | undefined;
}

/** A table whose first row is its head, a page of rows at a time. */
export function DataTable({ rows, caption, pageSize = 10 }: Props) {
  const [page, setPage] = useState(0);
  const [head = [], ...body] = rows;
  const numbers = body[0]?.map(isNumber) ?? [];
  const pages = Math.max(1, Math.ceil(body.length / pageSize));
  const at = Math.min(page, pages - 1);
  return (
    <div className="table-frame">
      <div className="table-scroll">
        <table>
          {caption && <caption>{caption}</caption>}
          <thead>
            <tr>{cells(head, 'th', numbers)}</tr>
          </thead>
          <tbody>
            {body.slice(at * pageSize, (at + 1) * pageSize).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no ids and are replaced as a whole
              <tr key={index}>{cells(row, 'td', row.map(isNumber))}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav className="pages" aria-label={`Pages of ${caption ?? 'the table'}`}>
          <button type="button" className="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Earlier rows
          </button>
          <span role="status">
            Page {at + 1} of {pages}
          </span>
          <button
            type="button"
            className="button"
            disabled={at === pages - 1}
            onClick={() => setPage(at + 1)}
          >
            More rows
          </button>
        </nav>
      )}
    </div>
  );
}

function isNumber(cell: Cell): boolean {
  return cell.type === 'raw_number';
}

function cells(row: Cell[], Tag: 'th' | 'td', numbers: boolean[]) {
  return row.map((cell, index) => (
    <Tag
      // biome-ignore lint/suspicious/noArrayIndexKey: the column is the cell's identity
      key={index}
      scope={Tag === 'th' ? 'col' : undefined}
      className={numbers[index] ? 'number' : undefined}
    >
      {cell.type === 'rich_text' ? <RichText of={cell} /> : withEmoji(cell.text ?? '')}
    </Tag>
  ));
}
