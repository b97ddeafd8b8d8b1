import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, later, spanAt } from '../../src/calendar/days.ts';
import { HOUR, wallTime } from '../../src/calendar/zone.ts';

const at = (iso: string) => Date.parse(iso);

test('a week begins on Monday and a month on its first day, on the clock of the reader', () => {
  const sunday = at('2026-11-29T23:30+01:00');
  expect(spanAt('week', sunday, 'Europe/Berlin')).toEqual({
    start: at('2026-11-23T00:00+01:00'),
    end: at('2026-11-30T00:00+01:00'),
  });
  // In Auckland it is Monday already.
  expect(spanAt('week', sunday, 'Pacific/Auckland').start).toBe(at('2026-11-30T00:00+13:00'));
  expect(spanAt('month', sunday, 'Pacific/Auckland').start).toBe(at('2026-11-01T00:00+13:00'));
});

test('the week in which clocks go back has a day of 25 hours', () => {
  const week = spanAt('week', at('2026-10-24T12:00+02:00'), 'Europe/Berlin');
  const lengths = daysOf(week, 'Europe/Berlin').map(({ start, end }) => (end - start) / HOUR);
  expect(lengths).toEqual([24, 24, 24, 24, 24, 24, 25]);
  expect(later('week', week.start, 1, 'Europe/Berlin')).toBe(at('2026-10-26T00:00+01:00'));
});

test('a day that begins at one, because midnight is left out, is a day all the same', () => {
  // In Cairo clocks went forward at midnight of 24 April 2026.
  const days = daysOf(spanAt('week', at('2026-04-23T12:00Z'), 'Africa/Cairo'), 'Africa/Cairo');
  expect(days.map(({ start, end }) => (end - start) / HOUR)).toEqual([24, 24, 24, 24, 23, 24, 24]);
});

test('days follow each other without a gap, in any zone and month', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const instants = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2035-12-31T00:00Z') });
  fc.assert(
    fc.property(
      zones,
      instants,
      fc.constantFrom('week' as const, 'month' as const),
      (zone, instant, span) => {
        const range = spanAt(span, instant, zone);
        const days = daysOf(range, zone);
        expect(range.start <= instant && instant < range.end).toBe(true);
        expect(days[0]?.start).toBe(range.start);
        expect(days.at(-1)?.end).toBe(range.end);
        expect(days.slice(1).map(({ start }) => start)).toEqual(days.slice(0, -1).map(({ end }) => end));
        const dates = days.map(({ start }) => new Date(wallTime(zone, start)).toISOString().slice(0, 10));
        expect(new Set(dates).size).toBe(days.length);
      },
    ),
    { numRuns: 300 },
  );
});
