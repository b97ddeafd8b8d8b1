import type { PieChart } from './types.ts';

/** A ring. One circle per segment, drawn as a dash of the right length. */
export function PiePlot({ of }: { of: PieChart }) {
  const total = of.segments.reduce((sum, { value }) => sum + value, 0) || 1;
  let before = 0;
  return (
    <svg className="pie" viewBox="0 0 120 120" role="img" aria-label={summary(of, total)}>
      {of.segments.map(({ label, value }, index) => {
        const share = (value / total) * 100;
        const start = before;
        before += share;
        return (
          <circle
            key={label}
            className={`arc series-${index % 6}`}
            cx="60"
            cy="60"
            r="42"
            pathLength="100"
            strokeDasharray={`${Math.max(0, share - 0.8)} 100`}
            strokeDashoffset={-start}
            transform="rotate(-90 60 60)"
          />
        );
      })}
    </svg>
  );
}

function summary({ segments }: PieChart, total: number): string {
  return segments.map(({ label, value }) => `${label}: ${Math.round((value / total) * 100)} %`).join(', ');
}
