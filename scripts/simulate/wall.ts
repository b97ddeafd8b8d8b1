// What the clock on the wall shows, and whether people work then: worked out here once more and in the plainest way,
// by nothing that Docket itself uses.

const QUARTER = 15 * 60_000;
const DAY = 24 * 3_600_000;

export interface Wall {
  /** `2026-03-29` */
  date: string;
  /** 0 is Sunday. */
  weekday: number;
  /** Minutes since midnight. */
  minute: number;
}

/** The shipped policy's, said once more: nine to five from Monday to Friday, but for two days. */
const HOLIDAYS = ['2026-12-25', '2027-01-01'];
const OPENS = 9 * 60;
const SHUTS = 17 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Map<number, Wall>>();

export function wallOf(zone: string, at: number): Wall {
  const quarter = Math.floor(at / QUARTER);
  const ofZone = known.get(zone) ?? new Map<number, Wall>();
  known.set(zone, ofZone);
  const start = ofZone.get(quarter) ?? read(zone, quarter * QUARTER);
  ofZone.set(quarter, start);
  return { ...start, minute: start.minute + (at - quarter * QUARTER) / 60_000 };
}

function read(zone: string, at: number): Wall {
  const format =
    formats.get(zone) ??
    // Sweden writes it as `2026-03-29 01:30`.
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return { date, weekday, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) };
}

/** Whether a day is one on which people work. */
export function isWorkday(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday > 0 && weekday < 6 && !HOLIDAYS.includes(date);
}

/** The shipped policy's too: from eight in the evening until seven. */
const [DUSK, DAWN] = [20 * 60, 7 * 60];

/** Whether people in this zone sleep at that instant. What was on its way as the clock struck comes as it strikes. */
export function sleeps(zone: string, at: number): boolean {
  const { minute } = wallOf(zone, at);
  return minute < DAWN || minute > DUSK;
}

const workdays = new Map<string, boolean>();

/** Whether people in this zone work at that instant. */
export function works(zone: string, at: number): boolean {
  const { date, minute } = wallOf(zone, at);
  if (minute < OPENS || minute >= SHUTS) return false;
  const workday = workdays.get(date) ?? isWorkday(date);
  workdays.set(date, workday);
  return workday;
}

const found = new Map<string, Map<number, number>>();

/** The first quarter of an hour from an instant on in which people in this zone work. */
export function nextWork(zone: string, from: number): number {
  if (works(zone, from)) return from;
  const first = Math.ceil(from / QUARTER) * QUARTER;
  const ofZone = found.get(zone) ?? new Map<number, number>();
  found.set(zone, ofZone);
  let at = first;
  while (!ofZone.has(at) && !works(zone, at)) at += QUARTER;
  const next = ofZone.get(at) ?? at;
  for (let each = first; each <= at; each += QUARTER) ofZone.set(each, next);
  return next;
}

/** The instant at which a zone's wall shows this; the first of two, in a night in which clocks go back. */
export function instantOf(zone: string, date: string, minute: number): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  const shown = (at: number) => {
    const wall = wallOf(zone, at);
    return Date.parse(`${wall.date}T00:00:00Z`) + wall.minute * 60_000;
  };
  const guess = wanted - (shown(wanted) - wanted);
  const at = guess - (shown(guess) - wanted);
  return shown(at - 60 * 60_000) === wanted ? at - 60 * 60_000 : at;
}

/** The dates from one to before another. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(`${from}T12:00:00Z`); ; at += DAY) {
    const date = new Date(at).toISOString().slice(0, 10);
    if (date >= to) return dates;
    dates.push(date);
  }
}
