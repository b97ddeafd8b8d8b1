import { periodName } from '../calendar/period.ts';
import { DAY } from '../calendar/zone.ts';
import type { Policy } from '../policy/schema.ts';
import type { Report } from './reports.ts';

/** "Week 48, 2026" and "23 – 29 November 2026"; a month is "November 2026". */
export function periodWords(
  { kind, period }: Pick<Report, 'kind' | 'period'>,
  { zone }: Policy,
): { name: string; days: string } {
  const name = periodName(period.key);
  if (kind === 'month') return { name, days: name };
  const date = (at: number, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...how, timeZone: zone }).format(at);
  const [first, last] = [period.start, period.end - DAY / 2];
  return {
    name,
    days: `${date(first, { day: 'numeric', month: 'long' })} – ${date(last, { day: 'numeric', month: 'long', year: 'numeric' })}`,
  };
}

/** What a column of a trend is called: "W48", "Nov". */
export function shortKey(key: string): string {
  const [, rest = ''] = key.split('-');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return rest.startsWith('W') ? rest : `${months[Number(rest) - 1] ?? rest} ${key.slice(2, 4)}`;
}
