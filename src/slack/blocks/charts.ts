import type { DataTableBlock, KnownBlock } from '@slack/types';
import { cut } from './format.ts';

/** Slack's limits for charts and tables. */
const MOST = { title: 50, name: 20, points: 20, segments: 6, rows: 101, cell: 70 } as const;

/** A chart, as a block of Slack's or as a picture. */
export type Chart = Pie | Axes;

/** What there is of each. Slack takes no empty part, and no pie without any. */
interface Pie {
  type: 'pie';
  title: string;
  parts: readonly { label: string; value: number }[];
}

/** Bars or lines over the same categories, one value of each series for each. */
interface Axes {
  type: 'bar' | 'line';
  title: string;
  categories: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
  yLabel: string;
}

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

/** A chart as Slack draws it itself. */
export function chartBlock(chart: Chart): KnownBlock {
  return asBlock({
    ...{ type: 'data_visualization', title: cut(chart.title, MOST.title) },
    chart: chart.type === 'pie' ? ofParts(chart) : overCategories(chart),
  });
}

function ofParts({ parts }: Pie): DataVisualization['chart'] {
  const segments = parts
    .slice(0, MOST.segments)
    .map(({ label, value }) => ({ label: cut(label, MOST.name), value }));
  return { type: 'pie', segments };
}

function overCategories({ type, categories, series, yLabel }: Axes): DataVisualization['chart'] {
  const labels = categories.slice(-MOST.points).map((label) => cut(label, MOST.name));
  return {
    type,
    series: series.map(({ name, values }) => ({
      name: cut(name, MOST.name),
      data: labels.map((label, n) => ({ label, value: values.slice(-MOST.points)[n] ?? 0 })),
    })),
    axis_config: { categories: labels, y_label: yLabel },
  };
}

/** All that a chart shows, for those who hear it. */
export function chartInWords(chart: Chart): string {
  if (chart.type === 'pie')
    return `${chart.title}: ${chart.parts.map(({ label, value }) => `${label} ${value}`).join(', ')}.`;
  const { title, yLabel, categories, series } = chart;
  const lines = series.map(
    ({ name, values }) => `${name}: ${categories.map((each, n) => `${each} ${values[n] ?? 0}`).join(', ')}.`,
  );
  return `${title} (${yLabel.toLowerCase()}). ${lines.join(' ')}`;
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
