import type { AxisChart, Series } from './types.ts';

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 40;
const BOTTOM = 28;
const TOP = 10;

interface Scale {
  labels: string[];
  /** The highest value on the axis. */
  top: number;
  x(index: number): number;
  y(value: number): number;
  /** The width of one category. */
  step: number;
}

/** Bars, lines or areas over shared categories. */
export function AxisPlot({ of }: { of: AxisChart }) {
  const scale = scaleOf(of);
  return (
    <svg className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(of)}>
      <Axes scale={scale} />
      {of.series.map((series, index) =>
        of.type === 'bar' ? (
          <Bars key={series.name} of={series} at={index} among={of.series.length} scale={scale} />
        ) : (
          <Line key={series.name} of={series} at={index} filled={of.type === 'area'} scale={scale} />
        ),
      )}
    </svg>
  );
}

function scaleOf({ series, axis_config }: AxisChart): Scale {
  const labels = axis_config?.categories ?? [
    ...new Set(series.flatMap(({ data }) => data.map(({ label }) => label))),
  ];
  const top = niceTop(Math.max(1, ...series.flatMap(({ data }) => data.map(({ value }) => value))));
  const step = (WIDTH - LEFT) / Math.max(1, labels.length);
  return {
    labels,
    top,
    step,
    x: (index) => LEFT + step * (index + 0.5),
    y: (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP),
  };
}

/** A round number at or above the value, whose half is a whole number too: nobody has two and a half changes. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const round = power === 1 ? [2, 4, 6, 8] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8];
  return (round.find((one) => one * power >= value) ?? 10) * power;
}

function Axes({ scale }: { scale: Scale }) {
  // Twenty dates side by side cannot be read: name as many as fit.
  const every = Math.ceil(scale.labels.length / 8);
  return (
    <g className="axes">
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line x1={LEFT} x2={WIDTH} y1={scale.y(scale.top * share)} y2={scale.y(scale.top * share)} />
          <text x={LEFT - 6} y={scale.y(scale.top * share) + 4} textAnchor="end">
            {scale.top * share}
          </text>
        </g>
      ))}
      {scale.labels.map((label, index) =>
        index % every === 0 ? (
          <text key={label} x={scale.x(index)} y={HEIGHT - 8} textAnchor="middle">
            {label}
          </text>
        ) : null,
      )}
    </g>
  );
}

function Bars({ of, at, among, scale }: { of: Series; at: number; among: number; scale: Scale }) {
  const width = Math.min(40, (scale.step * 0.7) / among);
  return of.data.map(({ label, value }) => {
    const x = scale.x(scale.labels.indexOf(label)) + (at - among / 2) * width;
    return (
      <rect
        key={label}
        className={`series-${at % 6}`}
        x={x}
        y={scale.y(value)}
        width={width - 1}
        height={scale.y(0) - scale.y(value)}
        rx="2"
      />
    );
  });
}

function Line({ of, at, filled, scale }: { of: Series; at: number; filled: boolean; scale: Scale }) {
  const points = of.data.map(({ label, value }) => [scale.x(scale.labels.indexOf(label)), scale.y(value)]);
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const floor = scale.y(0);
  return (
    <g className={`line series-${at % 6}`}>
      {filled && (
        <path className="area" d={`${path} L${points.at(-1)?.[0]} ${floor} L${points[0]?.[0]} ${floor} Z`} />
      )}
      <path d={path} />
      {points.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="3" />
      ))}
    </g>
  );
}

function summary({ type, series }: AxisChart): string {
  const each = series.map(
    ({ name, data }) => `${name}: ${data.map((one) => `${one.label} ${one.value}`).join(', ')}`,
  );
  return `${type} chart. ${each.join('. ')}`;
}
