import type { KnownBlock } from '@slack/types';

/** Slack's chart block (June 2026), which `@slack/types` does not have yet. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title?: string;
  chart: Chart;
}

export type Chart = PieChart | AxisChart;

export interface PieChart {
  type: 'pie';
  segments: { label: string; value: number }[];
}

export interface AxisChart {
  type: 'line' | 'bar' | 'area';
  series: Series[];
  axis_config?: { categories?: string[]; x_label?: string; y_label?: string };
}

export interface Series {
  name: string;
  data: { label: string; value: number }[];
}

export type PageBlock = KnownBlock | DataVisualizationBlock;
