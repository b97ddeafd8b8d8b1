import fc from 'fast-check';
import type { Freeze } from '../../src/calendar/freezes.ts';
import type { Wanted, WindowContext } from '../../src/calendar/windows.ts';
import { CATEGORIES, type Policy } from '../../src/policy/schema.ts';
import { EXECUTION_TIMES, type HoursList, WEEKDAYS } from '../../src/policy/times.ts';
import { GUIDE } from '../change/company.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whatever may stand around a night in which clocks change. Times are in minutes from that moment. */
export interface Scene {
  wanted: Wanted;
  context: WindowContext;
}

const clock = fc
  .tuple(fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 6, 9, 12, 17, 22, 23), fc.constantFrom(0, 0, 30, 45, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const opening = fc
  .tuple(clock, clock)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => `${from}-${to}`);
const days = fc.option(fc.uniqueArray(fc.constantFrom(...WEEKDAYS, 'holidays' as const), { minLength: 1 }), {
  nil: undefined,
});
const hours: fc.Arbitrary<HoursList> = fc.array(
  fc
    .record({ days, from: clock, to: fc.oneof(clock, fc.constant('24:00')) })
    .filter(({ from, to }) => from !== to)
    .map(({ days: on, from, to }) => ({ ...(on && { days: on }), from, to })),
  { minLength: 1, maxLength: 3 },
);

const SYSTEMS = ['a', 'b', 'c', 'd', 'e'];
const some = fc.subarray(SYSTEMS, { maxLength: 2 });
const systems = fc
  .tuple(...SYSTEMS.map(() => fc.record({ dependsOn: some, own: fc.option(hours, { nil: undefined }) })))
  .map((list) =>
    Object.fromEntries(
      list.map(({ dependsOn, own }, i) => [
        SYSTEMS[i] ?? '',
        {
          title: `System ${SYSTEMS[i]}`,
          dependsOn: dependsOn.filter((id) => id !== SYSTEMS[i]),
          ...(own && { productionHours: own }),
        },
      ]),
    ),
  );

const scope = fc.record({
  systems: some,
  environments: fc.subarray(['staging', 'production']),
  categories: fc.subarray([...CATEGORIES]),
});
const stretch = fc
  .tuple(fc.integer({ min: -2 * 24 * 60, max: 2 * 24 * 60 }), fc.integer({ min: 1, max: 600 }))
  .map(([start, length]) => ({ start, end: start + length }));
const implementer = fc.constantFrom(undefined, 'U1', 'U2');

/** A policy, a window that somebody wants, and what else there is, within two days of `jump`. */
export function scenes(zone: string, jump: number): fc.Arbitrary<Scene> {
  const at = ({ start, end }: { start: number; end: number }) => ({
    startsAt: jump + start * MINUTE,
    endsAt: jump + end * MINUTE,
  });
  const date = (days: number) => new Date(jump + days * DAY).toISOString().slice(0, 10);
  return fc
    .record({
      week: fc.record(
        Object.fromEntries(WEEKDAYS.map((day) => [day, fc.option(opening, { nil: undefined })])),
      ),
      holidays: fc.subarray([date(-1), date(0), date(1)]),
      ...{ production: hours, off: hours, systems },
      times: fc.record({
        low: fc.constantFrom(...EXECUTION_TIMES),
        medium: fc.constantFrom(...EXECUTION_TIMES),
        high: fc.constantFrom(...EXECUTION_TIMES),
      }),
      yearly: fc.array(
        fc.record({ scope, first: fc.integer({ min: -2, max: 2 }), length: fc.integer({ min: 0, max: 2 }) }),
        {
          maxLength: 1,
        },
      ),
      frozen: fc.array(fc.record({ scope, stretch, kind: fc.constantFrom('hard', 'soft', 'stop') }), {
        maxLength: 3,
      }),
      others: fc.array(fc.record({ systems: some, stretch, implementer }), { maxLength: 5 }),
      wanted: fc.record({
        ...{ systems: some, stretch, implementer },
        environments: fc.subarray(['staging', 'production']),
        category: fc.constantFrom(...CATEGORIES),
        risk: fc.constantFrom('low', 'medium', 'high'),
      }),
    })
    .map((drawn): Scene => {
      const policy: Policy = {
        ...GUIDE,
        zone,
        workingTime: { ...drawn.week, holidays: drawn.holidays },
        ...{ productionHours: drawn.production, offHours: drawn.off, executionTimes: drawn.times },
        systems: drawn.systems,
        freezes: drawn.yearly.map(({ scope: only, first, length }) => ({
          ...{ id: 'yearly', title: 'Season', kind: 'hard', ...only },
          ...{ from: date(first).slice(5), to: date(first + length).slice(5) },
        })),
      };
      const freezes = drawn.frozen.map(
        ({ scope: only, stretch: when, kind }, i): Freeze => ({
          ...{ id: `freeze ${i}`, kind, scope: only, reason: 'because', ...at(when) },
        }),
      );
      const scheduled = drawn.others.map(({ stretch: when, implementer: who, ...other }, i) => ({
        ...{ id: `other ${i}`, ...other, ...at(when), ...(who && { implementer: who }) },
      }));
      const { stretch: when, implementer: who, ...wanted } = drawn.wanted;
      return {
        wanted: { ...wanted, ...at(when), ...(who && { implementer: who }) },
        context: { policy, freezes, scheduled, now: jump - 3 * DAY },
      };
    });
}
