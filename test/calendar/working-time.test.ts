import { describe, expect, test } from 'vitest';
import { addWorkingMinutes, deadline, yearOf } from '../../src/calendar/working-time.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { GUIDE } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';

const berlin = (local: string) => Date.parse(`${local}+01:00`);
const due = (from: string, clock: Policy['categories']['normal']['clock'], part = 1) =>
  deadline(GUIDE, clock, berlin(from), part);

describe('a deadline in working time', () => {
  test.each([
    ['on the same day', '2026-03-02T10:00', { workingHours: 4 }, '2026-03-02T14:00'],
    ['until closing time exactly', '2026-03-02T13:00', { workingHours: 4 }, '2026-03-02T17:00'],
    ['over the night', '2026-03-02T15:30', { workingHours: 4 }, '2026-03-03T11:30'],
    ['over the weekend', '2026-03-06T15:00', { workingHours: 4 }, '2026-03-09T11:00'],
    ['from before opening', '2026-03-02T05:00', { workingHours: 4 }, '2026-03-02T13:00'],
    ['from closing time', '2026-03-02T17:00', { workingHours: 4 }, '2026-03-03T13:00'],
    [
      'over Christmas, a holiday before a weekend',
      '2026-12-24T16:00',
      { workingHours: 4 },
      '2026-12-28T12:00',
    ],
    ['of five days is a week later', '2026-03-02T10:00', { workingDays: 5 }, '2026-03-09T10:00'],
    ['of an emergency by day', '2026-03-02T10:00', { hours: 2 }, '2026-03-02T12:00'],
    ['of an emergency by night and on a holiday', '2026-12-25T23:30', { hours: 2 }, '2026-12-26T01:30'],
  ] as const)('%s', (_, from, clock, until) => {
    expect(due(from, clock)).toBe(berlin(until));
  });

  test('can be a part of it', () => {
    expect(due('2026-03-02T10:00', { workingDays: 5 }, 0.5)).toBe(berlin('2026-03-04T14:00'));
    expect(due('2026-03-02T10:00', { hours: 2 }, 0.8)).toBe(berlin('2026-03-02T11:36'));
  });

  test('of nothing at all is the next working minute', () => {
    expect(due('2026-03-07T12:00', { workingHours: 4 }, 0)).toBe(berlin('2026-03-09T09:00'));
  });

  test('over the night when the clocks change is still so many hours of work', () => {
    expect(due('2026-03-27T15:00', { workingHours: 4 })).toBe(Date.parse('2026-03-30T11:00+02:00'));
    const night = { zone: 'Europe/Berlin', workingTime: { sunday: '01:00-05:00', holidays: [] } };
    expect(addWorkingMinutes(night, berlin('2026-03-29T01:00'), 120)).toBe(berlin('2026-03-29T03:00'));
    expect(addWorkingMinutes(night, Date.parse('2026-10-25T01:00+02:00'), 120)).toBe(
      berlin('2026-10-25T02:00'),
    );
  });

  test('of a company that never works is an error, not an endless search', () => {
    expect(() => addWorkingMinutes({ zone: 'UTC', workingTime: { holidays: [] } }, 0, 1)).toThrow(
      /no working time/,
    );
  });
});

test('the year of a number is the year in the zone of the company', () => {
  const newYear = Date.UTC(2027, 0, 1) - HOUR / 2;
  expect(yearOf({ zone: 'Europe/Berlin' }, newYear)).toBe(2027);
  expect(yearOf({ zone: 'America/New_York' }, newYear)).toBe(2026);
});
