import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERIODS, periodName, periodOf } from '../../src/calendar/period.ts';
import { nextOccurrence } from '../../src/calendar/recurrence.ts';
import { DAY, wallTime } from '../../src/calendar/zone.ts';
import type { Schedule } from '../../src/policy/posts.ts';
import { GUIDE } from '../change/company.ts';

type When = Pick<Schedule, 'at' | 'dayOff'>;

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number | undefined) =>
  at === undefined ? 'never' : new Date(at).toISOString().slice(0, 16);

/** The next times after one, in UTC. */
function times(when: Partial<When> & { at: string }, after: string, count: number, policy = GUIDE): string[] {
  const list: string[] = [];
  for (let at = utc(after); list.length < count; ) {
    const next = nextOccurrence(policy, { dayOff: 'as planned', ...when }, at);
    list.push(iso(next?.at));
    at = next?.at ?? Number.POSITIVE_INFINITY;
  }
  return list;
}

describe('what comes again and again', () => {
  test('comes at its time on the wall of the company, whichever side of a change of clocks', () => {
    expect(times({ at: '0 9 * * monday' }, '2026-03-20T00:00', 2)).toEqual([
      ...['2026-03-23T08:00', '2026-03-30T07:00'],
    ]);
  });

  test('comes once in a night that leaves its hour out, an hour later', () => {
    expect(times({ at: '30 2 * * *' }, '2026-03-28T00:00', 3)).toEqual([
      ...['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
    ]);
  });

  test('comes once in a night that has its hour twice, the first time', () => {
    expect(times({ at: '30 2 * * *' }, '2026-10-24T12:00', 2)).toEqual([
      ...['2026-10-25T00:30', '2026-10-26T01:30'],
    ]);
  });

  test('comes on the first working day of each month, the first of January being none', () => {
    const first = { at: '0 9 1 * *', dayOff: 'next working day' } as const;
    expect(times(first, '2026-10-15T00:00', 4)).toEqual([
      ...['2026-11-02T08:00', '2026-12-01T08:00', '2027-01-04T08:00', '2027-02-01T08:00'],
    ]);
  });

  test('moves a Monday that is a holiday to the Tuesday, and the day before one to the Friday', () => {
    const holiday = { ...GUIDE, workingTime: { ...GUIDE.workingTime, holidays: ['2026-04-06'] } };
    const monday = { at: '0 9 * * 1' } as const;
    const on = (dayOff: When['dayOff']) => times({ ...monday, dayOff }, '2026-04-01T00:00', 2, holiday);
    expect(on('as planned')).toEqual(['2026-04-06T07:00', '2026-04-13T07:00']);
    expect(on('next working day')).toEqual(['2026-04-07T07:00', '2026-04-13T07:00']);
    expect(on('previous working day')).toEqual(['2026-04-03T07:00', '2026-04-13T07:00']);
    expect(on('left out')).toEqual(['2026-04-13T07:00', '2026-04-20T07:00']);
  });

  test('comes once where several days are moved to the same one, by the name of the last', () => {
    const daily = { at: '0 9 * * *', dayOff: 'next working day' } as const;
    expect(times(daily, '2026-12-24T12:00', 2)).toEqual(['2026-12-28T08:00', '2026-12-29T08:00']);
    expect(nextOccurrence(GUIDE, daily, utc('2026-12-24T12:00'))?.day).toBe(utc('2026-12-28T00:00'));
  });

  test('waits for a leap year, and never comes where no day off is ever moved to a working one', () => {
    expect(times({ at: '0 9 29 2 *' }, '2026-01-01T00:00', 1)).toEqual(['2028-02-29T08:00']);
    const idle = { ...GUIDE, workingTime: { holidays: [] } };
    const moved = { at: '0 9 1 * *', dayOff: 'next working day' } as const;
    expect(times(moved, '2026-01-01T00:00', 1, idle)).toEqual(['never']);
  });

  test('is the soonest after any instant, and finds every day of any year in any zone once', () => {
    const zones = fc.constantFrom(
      ...['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/New_York'],
    );
    const time = fc.tuple(fc.nat(59), fc.nat(23));
    fc.assert(
      fc.property(zones, time, fc.integer({ min: 2010, max: 2035 }), (zone, [minute, hour], year) => {
        const policy = { ...GUIDE, zone };
        const when = { at: `${minute} ${hour} * * *`, dayOff: 'as planned' } as const;
        const days: string[] = [];
        let at = Date.UTC(year, 0, 1) - 2 * DAY;
        for (let n = 0; n < 370; n++) {
          const next = nextOccurrence(policy, when, at) ?? expect.fail('it comes every day');
          expect(next.at).toBeGreaterThan(at);
          expect(iso(wallTime(zone, next.at)).slice(0, 10)).toBe(iso(next.day).slice(0, 10));
          days.push(iso(next.day));
          at = next.at;
        }
        expect(new Set(days).size).toBe(370);
        expect(Date.parse(`${days.at(-1)}Z`) - Date.parse(`${days[0]}Z`)).toBe(369 * DAY);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a period of the calendar', () => {
  const key = (kind: (typeof PERIODS)[number], day: string, which: 'this' | 'last' = 'this') =>
    periodOf('Europe/Berlin', kind, utc(`${day}T00:00`), which).key;

  test.each([
    ['day', '2026-11-25', '2026-11-25', '2026-11-24'],
    ['week', '2026-11-25', '2026-W48', '2026-W47'],
    ['week', '2027-01-01', '2026-W53', '2026-W52'],
    ['week', '2024-12-30', '2025-W01', '2024-W52'],
    ['month', '2027-01-31', '2027-01', '2026-12'],
    ['quarter', '2026-11-25', '2026-Q4', '2026-Q3'],
    ['half year', '2027-02-25', '2027-H1', '2026-H2'],
    ['year', '2026-11-25', '2026', '2025'],
  ] as const)('%s: %s lies in %s, after %s', (kind, day, now, last) => {
    expect(key(kind, day)).toBe(now);
    expect(key(kind, day, 'last')).toBe(last);
  });

  test.each([
    ['2026-11-25', '25 November 2026'],
    ['2026-W53', 'Week 53, 2026'],
    ['2025-W01', 'Week 1, 2025'],
    ['2026-08', 'August 2026'],
    ['2026-Q3', 'third quarter of 2026'],
    ['2027-H1', 'first half of 2027'],
    ['2026', '2026'],
    ['all', 'all'],
  ])('%s is what people call %s', (key, name) => expect(periodName(key)).toBe(name));

  test('begins and ends at midnight on the wall, and the next one begins where it ends', () => {
    const march = periodOf('Europe/Berlin', 'month', utc('2026-03-15T00:00'));
    expect([iso(march.start), iso(march.end)]).toEqual(['2026-02-28T23:00', '2026-03-31T22:00']);
    for (const kind of PERIODS) {
      const { end } = periodOf('Europe/Berlin', kind, utc('2026-03-15T00:00'));
      expect(periodOf('Europe/Berlin', kind, wallTime('Europe/Berlin', end)).start).toBe(end);
    }
  });
});
