import type { Span } from '../calendar/days.ts';
import type { Interval } from '../calendar/interval.ts';
import { periodNamed } from '../calendar/period.ts';
import type { RiskLevel } from '../policy/schema.ts';
import { OPEN } from './states.ts';
import type { Instant, PersonId, Status } from './types.ts';

/**
 * What can be written to a file: all of a change, the minutes of a meeting, a picture of the calendar, a list of
 * changes as somebody named it, the report of the week or month that an instant lies in, or the evidence of a period.
 */
export type Export =
  | { of: 'record' }
  | { of: 'minutes' }
  | { of: 'calendar'; span: Span; start: Instant; system?: string; team?: string; risk?: RiskLevel }
  | { of: 'list'; which: string }
  | { of: 'report'; kind: 'week' | 'month'; start: Instant; as: 'md' | 'csv' | 'png' }
  | { of: 'evidence'; period: string };

/** Which changes a list holds. */
export interface Population {
  /** What it goes by, the same whenever it is read: `open`, `mine`, `all`, `2026-w47`. */
  which: string;
  statuses?: readonly Status[];
  requester?: PersonId;
  /** When they were submitted. */
  submitted?: Interval;
  /** What it is called in a sentence: "changes submitted in 2026-10". */
  title: string;
}

/**
 * Reads which changes somebody wants in a list: `open`, `mine`, `all`, or a period of the company's calendar, by
 * submission; nothing if it is none of these.
 * @param by who asks: "mine"
 * @param now "last month"
 */
export function populationNamed(
  words: string,
  zone: string,
  by: PersonId,
  now: Instant,
): Population | undefined {
  const named = words.trim().toLowerCase();
  if (named === 'all') return { which: named, title: 'all changes' };
  if (named === 'open') return { which: named, title: 'open changes', statuses: OPEN };
  if (named === 'mine') return { which: named, title: 'your changes', requester: by };
  const period = periodNamed(named, zone, now);
  if (!period) return undefined;
  const { key, start, end } = period;
  return { which: key.toLowerCase(), title: `changes submitted in ${key}`, submitted: { start, end } };
}
