import { casual, type ParsedResult } from 'chrono-node/en';
import { clockOf, dayInFull, offsetInFull } from './in-full.ts';
import type { Instant } from './interval.ts';
import { DAY, HOUR, instantsOf, MINUTE, offsetAt, type WallTime } from './zone.ts';

/** One time of one day, as somebody wrote it. */
export interface Point {
  at: Instant;
  /** What they would see on the wall, by their own zone or by the offset that they wrote. */
  wall: WallTime;
  hasOffset: boolean;
  /** Whether they named a day, and not only a time. */
  hasDay: boolean;
}
interface Unclear {
  problem: string;
}
type Parts = ParsedResult['start'];

/** Of an hour and a day that are understood whatever they stand next to. */
const FILLER = /\b(on|at|from|starting|the)\b|[,.;]/gi;

/**
 * Reads one date with its time.
 * @param earliest what a time without its day, a weekday or a date without its year cannot be before: then it is
 * the next one. By the wall of `zone`.
 * @returns a plain sentence where it cannot be read in exactly one way
 */
export function readPoint(text: string, earliest: WallTime, zone: string): Point | Unclear {
  const vague = vagueness(text);
  if (vague) return { problem: vague };
  // Chrono knows days of the wall and nothing of zones: given noon, in UTC, no change of clocks can come between,
  // on this machine or on theirs.
  const noon = new Date(Math.floor(earliest / DAY) * DAY + 12 * HOUR);
  const [result, ...more] = casual.parse(text, { instant: noon, timezone: 0 });
  if (!result) return { problem: notUnderstood(text) };
  const rest = text.replace(result.text, ' ').trim();
  const said = rest.replace(FILLER, '').trim();
  if (said || more.length > 0 || result.end) return { problem: notUnderstood(said ? rest : text) };
  return resolved(result, /\b(last|past|ago|yesterday)\b/i.test(text), earliest, zone);
}

/** What means one thing to some people and another to others. */
function vagueness(text: string): string | undefined {
  const [, first, second] = /\b(\d{1,2})[/.](\d{1,2})\b(?!\s*[ap]m)/i.exec(text) ?? [];
  if (first && second && first !== second && Number(first) <= 12 && Number(second) <= 12)
    return `${first} and ${second} can be day and month or month and day. Write the date as 2026-12-05 or 5 Dec.`;
  if (/\bmidnight\b/i.test(text))
    return 'Midnight may begin or end a day. Write 00:00 with the day that it begins.';
  return undefined;
}

function notUnderstood(text: string): string {
  return `I did not understand “${text}”. Write it as sat 22:00 for 2h, tomorrow 9pm - 11pm or 2026-12-05 22:00. Times are in your own zone; for another add its offset, as in 22:00 UTC+1.`;
}

function resolved(
  { start, text }: ParsedResult,
  past: boolean,
  earliest: WallTime,
  zone: string,
): Point | Unclear {
  const hasDay = start.isCertain('day') || start.isCertain('weekday');
  const wall = past ? wallOf(start) : forward(start, earliest);
  const day = new Date(wall).getUTCDay();
  if (start.isCertain('day') && start.isCertain('weekday') && start.get('weekday') !== day)
    return { problem: `${dayInFull(wall).replace(/^(\w+) (.*)/, '$2 is a $1')}. Which day do you mean?` };
  if (!start.isCertain('hour'))
    return { problem: `I read ${dayInFull(wall)}, but no time. Write it as ${isoDay(wall)} 22:00.` };
  if (!start.isCertain('timezoneOffset')) return onTheWall(wall, zone, hasDay);
  // Names of zones mean several things (IST), or are said in summer and mean winter (CET).
  if (!/(\b(UTC|GMT)|\dZ|[+-]\d{1,2}(:?\d\d)?)\s*$/i.test(text))
    return { problem: `I am not sure of the zone in “${text}”. Write its offset, as in 22:00 UTC+1.` };
  const offset = (start.get('timezoneOffset') ?? 0) * MINUTE;
  return { at: wall - offset, wall, hasOffset: true, hasDay };
}

/** Clocks that are changed leave an hour of a night out, or have it twice. */
function onTheWall(wall: WallTime, zone: string, hasDay: boolean): Point | Unclear {
  const [at, second] = instantsOf(zone, wall);
  const time = `${clockOf(wall)} on ${dayInFull(wall)}`;
  if (at === undefined)
    return { problem: `There is no ${time} in ${zone}: the clocks go forward over it. Choose another time.` };
  if (second === undefined) return { at, wall, hasOffset: false, hasDay };
  const [early, late] = [at, second].map((each) => `${clockOf(wall)} ${offsetInFull(offsetAt(zone, each))}`);
  return {
    problem: `${time} comes twice in ${zone}, because the clocks go back. Write ${isoDay(wall)} ${early} for the first or ${isoDay(wall)} ${late} for the second.`,
  };
}

function wallOf(parts: Parts, more: { years?: number; days?: number } = {}): WallTime {
  const get = (part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => parts.get(part) ?? 0;
  return Date.UTC(
    get('year') + (more.years ?? 0),
    get('month') - 1,
    get('day') + (more.days ?? 0),
    ...([get('hour'), get('minute'), get('second')] as const),
  );
}

/** The next one, where the day was not said in full and its time has passed. */
function forward(parts: Parts, earliest: WallTime): WallTime {
  const wall = wallOf(parts);
  if (wall >= earliest) return wall;
  if (parts.isCertain('day')) return parts.isCertain('year') ? wall : wallOf(parts, { years: 1 });
  return wallOf(parts, { days: parts.isCertain('weekday') ? 7 : 1 });
}

function isoDay(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10);
}
