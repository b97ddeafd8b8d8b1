import { AxisPlot } from './axis-plot.tsx';
import { PiePlot } from './pie-plot.tsx';
import type { Chart, DataVisualizationBlock } from './types.ts';

/** A chart with its title and key; the figures are also there to be read as a table. */
export function DataVisualization({ of }: { of: DataVisualizationBlock }) {
  const { chart } = of;
  return (
    <figure className="chart">
      {of.title && <figcaption>{of.title}</figcaption>}
      {chart.type === 'pie' ? <PiePlot of={chart} /> : <AxisPlot of={chart} />}
      <ul className="key">
        {names(chart).map((name, index) => (
          <li key={name}>
            <span className={`swatch series-${index % 6}`} />
            {name}
          </li>
        ))}
      </ul>
      <details>
        <summary>Figures</summary>
        <Figures of={chart} />
      </details>
    </figure>
  );
}

function names(chart: Chart): string[] {
  return chart.type === 'pie'
    ? chart.segments.map(({ label }) => label)
    : chart.series.map(({ name }) => name);
}

function Figures({ of }: { of: Chart }) {
  const series = of.type === 'pie' ? [{ name: 'Value', data: of.segments }] : of.series;
  const labels = [...new Set(series.flatMap(({ data }) => data.map(({ label }) => label)))];
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{of.type === 'pie' ? '' : (of.axis_config?.x_label ?? '')}</th>
            {series.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map(({ name, data }) => (
                <td key={name} className="number">
                  {data.find((one) => one.label === label)?.value ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
