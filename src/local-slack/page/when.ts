import { TZDate } from '@date-fns/tz';

/** Formats an instant (milliseconds since 1970) in an IANA zone; English words, 24-hour time. */
function format(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...options }).format(at);
}

export function timeOfDay(at: number, zone: string): string {
  return format(at, zone, { hour: '2-digit', minute: '2-digit' });
}

/** "2026-11-22" in that zone. */
function isoDay(at: number, zone: string): string {
  const { year, month, day } = parts(at, zone);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** "Today", "Yesterday", "Tomorrow" or "Monday, November 23rd". */
export function dayName(at: number, now: number, zone: string): string {
  const { year, day } = parts(at, zone);
  const date = `${format(at, zone, { weekday: 'long' })}, ${format(at, zone, { month: 'long' })} ${ordinal(day)}`;
  return near(at, now, zone) ?? (year === parts(now, zone).year ? date : `${date}, ${year}`);
}

function near(at: number, now: number, zone: string): string | undefined {
  const days = dayNumber(at, zone) - dayNumber(now, zone);
  return days === 0 ? 'Today' : days === -1 ? 'Yesterday' : days === 1 ? 'Tomorrow' : undefined;
}

function dayNumber(at: number, zone: string): number {
  const { year, month, day } = parts(at, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

function parts(at: number, zone: string) {
  const date = new TZDate(at, zone);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}

/**
 * Slack's `<!date^seconds^format^…>`: fills the tokens of the format in the reader's zone. A token that Slack
 * does not know stays as it is.
 */
export function fillDateTokens(pattern: string, at: number, now: number, zone: string): string {
  return pattern.replace(/\{(\w+)\}/g, (token, name: string) => dateToken(name, at, now, zone) ?? token);
}

function dateToken(name: string, at: number, now: number, zone: string): string | undefined {
  const { year, month, day } = parts(at, zone);
  const in_ = (options: Intl.DateTimeFormatOptions) => format(at, zone, options);
  switch (name) {
    case 'date_num':
      return isoDay(at, zone);
    case 'date_slash':
      return `${pad(month)}/${pad(day)}/${year}`;
    case 'date':
      return `${in_({ month: 'long' })} ${ordinal(day)}, ${year}`;
    case 'date_short':
      return in_({ month: 'short', day: 'numeric', year: 'numeric' });
    case 'date_long':
      return `${in_({ weekday: 'long' })}, ${in_({ month: 'long' })} ${ordinal(day)}, ${year}`;
    case 'time':
      return timeOfDay(at, zone);
    case 'time_secs':
      return in_({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
    case 'ago':
      return ago(at - now);
    case 'date_pretty':
    case 'date_short_pretty':
    case 'date_long_pretty':
    case 'day_divider_pretty':
      return near(at, now, zone)?.toLowerCase() ?? dateToken(PLAIN[name], at, now, zone);
    default:
      return undefined;
  }
}

const PLAIN = {
  date_pretty: 'date',
  date_short_pretty: 'date_short',
  date_long_pretty: 'date_long',
  day_divider_pretty: 'date_long',
} as const;

function ago(milliseconds: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, size] = units.find(([, one]) => Math.abs(milliseconds) >= one) ?? ['second', 1000];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(milliseconds / size), unit);
}

function ordinal(day: number): string {
  const suffix = day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : '';
  return `${day}${suffix || (day % 10 === 3 && day !== 13 ? 'rd' : 'th')}`;
}

function pad(n: number, length = 2): string {
  return String(n).padStart(length, '0');
}

/** A datetime-local string ("2026-11-22T09:30") for an instant in seconds. */
export function toLocalInput(seconds: number, zone: string): string {
  const date = new TZDate(seconds * 1000, zone);
  return `${isoDay(seconds * 1000, zone)}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The instant, in seconds, of a datetime-local string in that zone; undefined while it is incomplete. */
export function fromLocalInput(local: string, zone: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local)?.slice(1).map(Number);
  if (!found) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = found;
  // Years below 2001 are what a date control holds while its year is still being typed.
  return year < 2001 ? undefined : new TZDate(year, month - 1, day, hour, minute, zone).getTime() / 1000;
}

/** The next instant after `now` at which it is `hour` o'clock in that zone, on a weekday (0 = Sunday) if given. */
export function nextAt(now: number, zone: string, hour: number, weekday?: number): number {
  const today = new TZDate(now, zone);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const at = new TZDate(today.getFullYear(), today.getMonth(), today.getDate() + ahead, hour, 0, zone);
    if (at.getTime() > now && (weekday === undefined || at.getDay() === weekday)) return at.getTime();
  }
  throw new Error(`there is a ${hour}:00 on every day of the week`);
}
