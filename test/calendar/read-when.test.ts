import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inFull } from '../../src/calendar/in-full.ts';
import { readWhen } from '../../src/calendar/read-when.ts';
import { jumpsOf, wallAt } from './oracle.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES = Intl.supportedValuesOf('timeZone');

/** Wednesday 25 November 2026, 11:07 and some seconds in Berlin. */
const NOW = { now: Date.parse('2026-11-25T10:07:33Z'), zone: 'Europe/Berlin' };
const berlin = (local: string) => Date.parse(`${local}+01:00`);
/** As it would be read out: the wall's time in Berlin, from and to. */
const read = (text: string) => {
  const reading = readWhen(text, NOW);
  if ('problem' in reading) return reading.problem;
  const { startsAt, endsAt } = reading;
  const wall = (at: number) => inFull(at, NOW.zone).replace(' UTC+01:00', '');
  return endsAt === undefined ? wall(startsAt) : `${wall(startsAt)} to ${wall(endsAt)}`;
};

const SAT = 'Saturday 28 November 2026';
const SUN = 'Sunday 29 November 2026';

describe('a date is read as people write it:', () => {
  test.each([
    ['sat 22:00 for 2h', `${SAT} 22:00 to ${SUN} 00:00`],
    ['Saturday at 10pm, for 90 min.', `${SAT} 22:00 to ${SAT} 23:30`],
    ['for 1h30 sat 22:00', `${SAT} 22:00 to ${SAT} 23:30`],
    ['sat 22:00 for 1 hour and 30 minutes', `${SAT} 22:00 to ${SAT} 23:30`],
    ['sat noon for half an hour', `${SAT} 12:00 to ${SAT} 12:30`],
    ['sat 22:00-24:00', `${SAT} 22:00 to ${SUN} 00:00`],
    ['sat 10pm to 2am', `${SAT} 22:00 to ${SUN} 02:00`],
    ['sat 22:00 – sun 02:00', `${SAT} 22:00 to ${SUN} 02:00`],
    ['tomorrow 9pm', 'Thursday 26 November 2026 21:00'],
    ['tonight at 8 for 2h', 'Wednesday 25 November 2026 20:00 to Wednesday 25 November 2026 22:00'],
    ['next monday 6am-8am', 'Monday 30 November 2026 06:00 to Monday 30 November 2026 08:00'],
    ['2026-12-05 22:00 - 23:30', 'Saturday 5 December 2026 22:00 to Saturday 5 December 2026 23:30'],
    [
      '2026-12-05 22:00 to 2026-12-06 00:30',
      'Saturday 5 December 2026 22:00 to Sunday 6 December 2026 00:30',
    ],
    ['5 jan 22:00', 'Tuesday 5 January 2027 22:00'],
    ['25.12.2026 22:00', 'Friday 25 December 2026 22:00'],
    ['22:00 until 01:00', 'Wednesday 25 November 2026 22:00 to Thursday 26 November 2026 01:00'],
    ['09:00', 'Thursday 26 November 2026 09:00'],
    ['wed 23:00', 'Wednesday 25 November 2026 23:00'],
    ['wed 09:00', 'Wednesday 2 December 2026 09:00'],
    ['in 2 hours for 30m', 'Wednesday 25 November 2026 13:08 to Wednesday 25 November 2026 13:38'],
    ['in 2 days at 22:00', 'Friday 27 November 2026 22:00'],
    ['2026-12-05T22:00+02:00', 'Saturday 5 December 2026 21:00'],
    ['2026-12-05T22:00-05:00 for 1h', 'Sunday 6 December 2026 04:00 to Sunday 6 December 2026 05:00'],
    ['2026-12-05T21:00:00Z', 'Saturday 5 December 2026 22:00'],
    ['sat 22:00 UTC-5', `${SUN} 04:00`],
    ['last monday 6am', 'Monday 23 November 2026 06:00'],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });
});

describe('what is missing, or can be read in two ways, is said and not guessed:', () => {
  test.each([
    ['', 'Write when it starts, for example sat 22:00 for 2h.'],
    ['saturday', `I read ${SAT}, but no time. Write it as 2026-11-28 22:00.`],
    ['in 2 days', 'I read Friday 27 November 2026, but no time.'],
    ['asap', 'I did not understand “asap”.'],
    ['sat 22:00 for ages', 'I did not understand “for ages”.'],
    ['tomorrow 9', 'I did not understand “9”.'],
    ['2026-02-30 10:00', 'I did not understand “2026-02-30 10:00”.'],
    ['tomorrow 9pm or friday 8am', 'I did not understand “or friday 8am”.'],
    ['22:00 Europe/London', 'I did not understand “Europe/London”.'],
    ['sat 22:00 CET', 'I am not sure of the zone in “sat 22:00 CET”. Write its offset, as in 22:00 UTC+1.'],
    ['05/12/2026 22:00', '05 and 12 can be day and month or month and day.'],
    ['sat midnight', 'Midnight may begin or end a day.'],
    ['Tuesday 5 December 2026 22:00', '5 December 2026 is a Saturday. Which day do you mean?'],
    ['22:00-23:30 tomorrow', 'Write the day before the first time, as in tomorrow 22:00 - 23:30.'],
    ['sat 22:00 - 23:00 for 2h', 'Write one start and one end, or a start and a length'],
    ['sat 22:00 UTC+1 - 23:00', 'Write the offset with the start and with the end, or with neither.'],
    ['2027-03-28 02:30', 'There is no 02:30 on Sunday 28 March 2027 in Europe/Berlin: the clocks go forward'],
    [
      '2027-10-31 02:30 for 1h',
      '02:30 on Sunday 31 October 2027 comes twice in Europe/Berlin, because the clocks go back. Write 2027-10-31 02:30 UTC+02:00 for the first or 2027-10-31 02:30 UTC+01:00 for the second.',
    ],
  ])('%s', (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});

test('a length goes on over a change of the clocks, and so does a wait', () => {
  expect(readWhen('2027-10-31 02:30 UTC+02:00 for 1h', NOW)).toEqual({
    startsAt: Date.parse('2027-10-31T02:30+02:00'),
    endsAt: Date.parse('2027-10-31T02:30+01:00'),
  });
  const night = { now: Date.parse('2027-03-28T01:30+01:00'), zone: 'Europe/Berlin' };
  expect(readWhen('in 1 hour', night)).toEqual({ startsAt: Date.parse('2027-03-28T03:30+02:00') });
  expect(berlin('2027-03-28T02:30')).toBe(Date.parse('2027-03-28T03:30+02:00'));
});

/** An instant on a full minute within a day of a change of clocks, somewhere. */
const somewhere = fc
  .tuple(fc.constantFrom(...ZONES), fc.integer({ min: 2020, max: 2035 }))
  .chain(([zone, year]) => {
    const jumps = jumpsOf(zone, year, year);
    return fc.record({
      zone: fc.constant(zone),
      jump: fc.constantFrom(...(jumps.length > 0 ? jumps : [Date.UTC(year, 5, 1)])),
      minutes: fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -1440, max: 1440 })),
      length: fc.integer({ min: 1, max: 2000 }),
      ago: fc.integer({ min: 0, max: 400 * 24 * 60 }),
    });
  })
  .map(({ zone, jump, minutes, length, ago }) => {
    const startsAt = jump + minutes * MINUTE;
    return { zone, startsAt, endsAt: startsAt + length * MINUTE, now: startsAt - ago * MINUTE };
  });

test('what is shown in full is read back as what was meant, in every zone and on every night', () => {
  fc.assert(
    fc.property(somewhere, ({ zone, startsAt, endsAt, now }) => {
      const text = `${inFull(startsAt, zone)} to ${inFull(endsAt, zone)}`;
      expect(readWhen(text, { now, zone })).toEqual({ startsAt, endsAt });
      const length = `${inFull(startsAt, zone)} for ${(endsAt - startsAt) / MINUTE} min`;
      expect(readWhen(length, { now, zone })).toEqual({ startsAt, endsAt });
    }),
    { numRuns: 300 },
  );
});

test('a time of the wall is read as the one instant at which the wall shows it, or said to be none or two', () => {
  fc.assert(
    fc.property(somewhere, fc.boolean(), ({ zone, startsAt, now }, skipped) => {
      // Half an hour on by a wall that is not changed may be a time that there is not.
      const shown = wallAt(zone, startsAt - (skipped ? 30 * MINUTE : 0));
      const wall = Date.parse(`${shown.date}T00:00Z`) + (shown.minute + (skipped ? 30 : 0)) * MINUTE;
      const text = new Date(wall).toISOString().slice(0, 16).replace('T', ' ');
      const meant: number[] = [];
      for (let at = startsAt - DAY / 4; at <= startsAt + DAY / 4; at += MINUTE) {
        const each = wallAt(zone, at);
        if (Date.parse(`${each.date}T00:00Z`) + each.minute * MINUTE === wall) meant.push(at);
      }
      const reading = readWhen(text, { now, zone });
      if (meant.length === 1) expect(reading).toEqual({ startsAt: meant[0] });
      else
        expect('problem' in reading && reading.problem).toMatch(meant.length === 0 ? /There is no/ : /twice/);
      if (meant.length < 2 || !('problem' in reading)) return;
      const offered = [...reading.problem.matchAll(/(\S+ \S+ UTC\S+) for the/g)].map(([, one]) => one ?? '');
      expect(offered.map((one) => readWhen(one, { now, zone }))).toEqual(
        meant.map((startsAt) => ({ startsAt })),
      );
    }),
    { numRuns: 300 },
  );
});
