import type { DataTableBlock, KnownBlock } from '@slack/types';
import { cut } from './format.ts';

/** Slack's limits for charts and tables. */
const MOST = { title: 50, name: 20, points: 20, segments: 6, rows: 101, cell: 70 } as const;

/** Slack's chart, which its types do not have yet. */
interface DataVisualization {
  type: 'data_visualization';
  title: string;
  chart:
    | { type: 'pie'; segments: { label: string; value: number }[] }
    | {
        type: 'bar' | 'line';
        series: { name: string; data: { label: string; value: number }[] }[];
        axis_config: { categories: string[]; y_label?: string };
      };
}

/** Bars or a line over the same categories, one value of each series for each. */
export function chart(
  type: 'bar' | 'line',
  title: string,
  categories: readonly string[],
  series: readonly { name: string; values: readonly number[] }[],
  yLabel: string,
): KnownBlock {
  const labels = categories.slice(-MOST.points).map((label) => cut(label, MOST.name));
  return asBlock({
    ...{ type: 'data_visualization', title: cut(title, MOST.title) },
    chart: {
      type,
      series: series.map(({ name, values }) => ({
        name: cut(name, MOST.name),
        data: labels.map((label, n) => ({ label, value: values.slice(-MOST.points)[n] ?? 0 })),
      })),
      axis_config: { categories: labels, y_label: yLabel },
    },
  });
}

/** A pie of what there is; without anything there is none, because Slack takes no empty piece. */
export function pie(title: string, parts: readonly { label: string; value: number }[]): KnownBlock[] {
  const segments = parts
    .filter(({ value }) => value > 0)
    .slice(0, MOST.segments)
    .map(({ label, value }) => ({ label: cut(label, MOST.name), value }));
  if (segments.length === 0) return [];
  return [
    asBlock({ type: 'data_visualization', title: cut(title, MOST.title), chart: { type: 'pie', segments } }),
  ];
}

/** A table of words with its headings, of which the first column names each row. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): DataTableBlock {
  const cells = (row: readonly string[]) =>
    row.map((text) => ({ type: 'raw_text' as const, text: cut(text, MOST.cell) || '–' }));
  return {
    ...{ type: 'data_table', caption, row_header_column_index: 0, page_size: 30 },
    rows: [cells(head), ...rows.slice(0, MOST.rows - 1).map(cells)],
  };
}

function asBlock(block: DataVisualization): KnownBlock {
  // A block that Slack knows and its types do not, so that the cast loses nothing.
  return block as unknown as KnownBlock;
}
