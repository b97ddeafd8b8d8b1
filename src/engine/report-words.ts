import { DAY } from '../calendar/zone.ts';
import type { Policy } from '../policy/schema.ts';
import type { Report } from './reports.ts';

/** "Week 48, 2026" and "23 – 29 November 2026"; a month is "November 2026". */
export function periodWords(
  { kind, period }: Pick<Report, 'kind' | 'period'>,
  { zone }: Policy,
): { name: string; days: string } {
  const date = (at: number, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...how, timeZone: zone }).format(at);
  const middle = (period.start + period.end) / 2;
  const last = period.end - DAY / 2;
  const month = date(middle, { month: 'long', year: 'numeric' });
  if (kind === 'month') return { name: month, days: month };
  const [year = '', week = ''] = period.key.split('-W');
  const first = date(period.start, { day: 'numeric', month: 'long' });
  return {
    name: `Week ${Number(week)}, ${year}`,
    days: `${first} – ${date(last, { day: 'numeric', month: 'long', year: 'numeric' })}`,
  };
}

/** What a column of a trend is called: "W48", "Nov". */
export function shortKey(key: string): string {
  const [, rest = ''] = key.split('-');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return rest.startsWith('W') ? rest : `${months[Number(rest) - 1] ?? rest} ${key.slice(2, 4)}`;
}
