import type { Instant } from './interval.ts';
import { LENGTH, lengthOf, tidyLengths } from './length.ts';
import { type Point, readPoint } from './point.ts';
import { MINUTE, wallTime } from './zone.ts';

/** What somebody meant, or a plain sentence (to be escaped) that says how it was read and what is missing. */
type Reading = { startsAt: Instant; endsAt?: Instant } | { problem: string };

const FOR = new RegExp(String.raw`\bfor\s+(${LENGTH})`, 'i');
const IN = new RegExp(String.raw`^in\s+(${LENGTH})$`, 'i');
/** Between two times: words, a dash with room around it, or one right after a time that is not `2026-12-05T22:00-05:00`. */
const UNTIL = /\s+(?:to|until|till|-)\s+|(?<!T[\d:]*)(?<=:\d\d|[ap]m)\s*-\s*(?=\d)/i;

/**
 * Reads a window as people write it: `sat 22:00 for 2h`, `tomorrow 9pm - 11pm`, `2026-12-05 22:00`, `in 2 hours
 * for 30m`, ISO with an offset. Times are on the wall of the reader's zone unless they carry an offset. What can
 * be read in two ways, or happens twice or never on that wall, is not guessed.
 * @param now an instant; times without a day are the next ones
 * @param zone the reader's, by its IANA name
 */
export function readWhen(text: string, { now, zone }: { now: Instant; zone: string }): Reading {
  const tidy = tidyLengths(text.replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim());
  const [said, length] = FOR.exec(tidy) ?? [];
  const [first = '', second, ...more] = tidy
    .replace(said ?? '', '')
    .trim()
    .split(UNTIL);
  if (!first) return { problem: 'Write when it starts, for example sat 22:00 for 2h.' };
  if (more.length > 0 || (second !== undefined && length))
    return {
      problem: 'Write one start and one end, or a start and a length: sat 22:00 - 23:30 or sat 22:00 for 2h.',
    };
  const start = readStart(first, now, zone);
  if ('problem' in start) return start;
  if (length) return { startsAt: start.at, endsAt: start.at + lengthOf(length) };
  return second === undefined ? { startsAt: start.at } : readEnd(second, start, zone);
}

function readStart(text: string, now: Instant, zone: string): ReturnType<typeof readPoint> {
  const minute = Math.ceil(now / MINUTE) * MINUTE;
  const [, wait] = IN.exec(text) ?? [];
  // Days are for the wall's clock, which may be changed in between.
  if (!wait || /\bd(ays?)?\b/i.test(wait)) return readPoint(text, wallTime(zone, minute), zone);
  const at = minute + lengthOf(wait);
  return { at, wall: wallTime(zone, at), hasOffset: false, hasDay: true };
}

/** An end without its day is the next such time after the start. */
function readEnd(text: string, start: Point, zone: string): Reading {
  const end = readPoint(text.replace(/^24:00/, '00:00'), start.wall + MINUTE, zone);
  if ('problem' in end) return end;
  if (end.hasOffset !== start.hasOffset)
    return { problem: 'Write the offset with the start and with the end, or with neither.' };
  if (end.hasDay && !start.hasDay)
    return { problem: 'Write the day before the first time, as in tomorrow 22:00 - 23:30.' };
  return { startsAt: start.at, endsAt: end.at };
}
