import { createRequire } from 'node:module';
import type { ChartConfiguration } from 'chart.js';
import type { Chart } from './charts.ts';

/** Of one chart, in points; drawn at twice that, for screens that are finer. */
const SIZE = { width: 640, height: 400 };
const SCALE = 2;
const FONT = 'DejaVu Sans';
const INK = '#1d1c1d';
const GRID = '#dddddd';
/** Okabe and Ito's colours, which people who are colour-blind can tell apart. */
const COLOURS = ['#0072b2', '#e69f00', '#d55e00', '#56b4e9', '#009e73', '#cc79a7'];
/** Lines differ by more than their colour. */
const DASHES = [[], [8, 5], [2, 4]];
const POINTS = ['circle', 'rectRot', 'triangle'] as const;

/** A drawing of chart.js with its size, in points. */
export interface Part {
  width: number;
  height: number;
  configuration: ChartConfiguration;
}

/** Charts side by side as one PNG, for clients that do not show Slack's own charts and for documents. */
export function drawPicture(charts: readonly Chart[]): Promise<Uint8Array> {
  return paint(charts.map((chart) => ({ ...SIZE, configuration: configuration(chart) })));
}

/** Paints drawings of one height side by side. What paints is loaded only now: nobody waits for it at the start. */
export async function paint(parts: readonly Part[]): Promise<Uint8Array> {
  const [{ createCanvas, GlobalFonts }, { Chart: Drawing }] = await Promise.all([
    import('@napi-rs/canvas'),
    import('chart.js/auto'),
  ]);
  // A server may have no font at all.
  if (!GlobalFonts.has(FONT))
    GlobalFonts.registerFromPath(
      createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
      FONT,
    );
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const all = createCanvas(Math.max(1, width) * SCALE, (parts[0]?.height ?? 1) * SCALE);
  const context = all.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, all.width, all.height);
  let left = 0;
  for (const part of parts) {
    // Of the size in points: chart.js makes it finer by itself.
    const canvas = createCanvas(part.width, part.height);
    // It is a canvas in all that is drawn on; only the page around it is missing.
    const drawing = new Drawing(canvas as unknown as HTMLCanvasElement, part.configuration);
    context.drawImage(canvas, left, 0);
    left += canvas.width;
    drawing.destroy();
  }
  return all.encode('png');
}

function configuration(chart: Chart): ChartConfiguration {
  return {
    ...{ type: chart.type, data: dataOf(chart) },
    options: {
      ...LOOK,
      plugins: {
        ...titled(chart.title),
        legend: { position: 'bottom', labels: { color: INK, font, usePointStyle: chart.type === 'line' } },
      },
      ...(chart.type !== 'pie' && { scales: scales(chart.yLabel) }),
    },
  };
}

const font = { family: FONT, size: 13 };
/** What all drawings have in common. */
export const LOOK = {
  animation: false,
  ...{ responsive: false, devicePixelRatio: SCALE, color: INK, font },
  layout: { padding: 20 },
} as const;
export const AXIS = { ticks: { color: INK, font }, grid: { color: GRID } };

export function titled(text: string) {
  return { title: { display: true, text, color: INK, font: { ...font, size: 17 } } };
}

function scales(yLabel: string) {
  return {
    x: { ...AXIS, grid: { display: false } },
    y: {
      ...AXIS,
      beginAtZero: true,
      ticks: { ...AXIS.ticks, precision: 0 },
      title: { display: true, text: yLabel, color: INK, font },
    },
  };
}

function dataOf(chart: Chart): ChartConfiguration['data'] {
  if (chart.type === 'pie') {
    return {
      labels: chart.parts.map(({ label, value }) => `${label}: ${value}`),
      datasets: [{ data: chart.parts.map(({ value }) => value), backgroundColor: COLOURS }],
    };
  }
  return {
    labels: [...chart.categories],
    datasets: chart.series.map(({ name, values }, n) => ({
      ...{ label: name, data: [...values], backgroundColor: colour(n), borderColor: colour(n) },
      ...(chart.type === 'line' && {
        borderDash: DASHES[n % DASHES.length] ?? [],
        pointStyle: POINTS[n % POINTS.length] ?? 'circle',
        pointRadius: 5,
      }),
    })),
  };
}

function colour(n: number): string {
  return COLOURS[n % COLOURS.length] ?? INK;
}
