import { describe, expect, test } from 'vitest';
import type { Scheduled } from '../../src/calendar/clashes.ts';
import type { Freeze } from '../../src/calendar/freezes.ts';
import { inFull } from '../../src/calendar/in-full.ts';
import { nextFreeWindows, type Wanted, windowProblems } from '../../src/calendar/windows.ts';
import { GUIDE, guide } from '../change/company.ts';

const at = (local: string) => Date.parse(`${local}+01:00`);
const context = { policy: GUIDE, freezes: [], scheduled: [], now: at('2026-11-25T10:07') };
const wanted = (from: string, to: string, more: Partial<Wanted> = {}): Wanted => ({
  ...{ startsAt: at(from), endsAt: at(to), systems: ['booking_api'], environments: ['production'] },
  ...{ category: 'normal', risk: 'medium', ...more },
});
const problems = (window: Wanted, more: object = {}) => windowProblems(window, { ...context, ...more });
const sentences = (window: Wanted, more: object = {}) =>
  problems(window, more).map(({ sentence }) => sentence);

describe('the risk decides when a change may be carried out', () => {
  const day: [string, string] = ['2026-11-26T10:00', '2026-11-26T12:00'];
  const night: [string, string] = ['2026-11-26T23:00', '2026-11-27T01:00'];
  const saturday: [string, string] = ['2026-11-28T10:00', '2026-11-28T12:00'];
  const HIGH =
    'High-risk changes are only carried out off hours: every day 22:00–06:00; Saturday, Sunday and holidays all day (Europe/Berlin).';
  const LOW =
    'Low-risk changes are only carried out outside the production hours of their systems, which are every day 07:00–23:00 (Europe/Berlin).';

  test.each([
    ['high', 'by day', day, [HIGH]],
    ['high', 'by night', night, []],
    ['high', 'at the weekend', saturday, []],
    ['high', 'from evening into the night', ['2026-11-26T21:00', '2026-11-26T23:00'], [HIGH]],
    ['high', 'on a holiday', ['2026-12-25T10:00', '2026-12-25T12:00'], []],
    ['medium', 'by day', day, []],
    ['low', 'by day', day, [LOW]],
    ['low', 'by night', night, []],
    ['low', 'at the weekend', saturday, [LOW]],
  ] as const)('%s risk %s', (risk, _, [from, to], said) => {
    expect(sentences(wanted(from, to, { risk }))).toEqual(said);
  });

  test('a system may have production hours of its own, and all systems of a change count', () => {
    const evening: [string, string] = ['2026-11-26T20:00', '2026-11-26T21:00'];
    expect(sentences(wanted(...evening, { risk: 'low', systems: ['reporting'] }))).toEqual([]);
    expect(sentences(wanted(...evening, { risk: 'low', systems: ['reporting', 'cache'] }))).toEqual([
      LOW.replace('every', 'Monday, Tuesday, Wednesday, Thursday and Friday 07:00–19:00; every'),
    ]);
    expect(sentences(wanted(...evening, { risk: 'low', systems: [] }))).toEqual([LOW]);
  });

  test('a company may keep its changes out of business hours only', () => {
    const policy = guide((yaml) => yaml.replace('high: off hours', 'high: outside business hours'));
    expect(sentences(wanted(...day, { risk: 'high' }), { policy })).toEqual([
      'High-risk changes are only carried out outside business hours, which are Monday, Tuesday, Wednesday, Thursday and Friday 09:00–17:00 (Europe/Berlin).',
    ]);
    expect(sentences(wanted(...saturday, { risk: 'high' }), { policy })).toEqual([]);
  });

  test('an emergency is carried out when it is approved', () => {
    expect(sentences(wanted(...day, { risk: 'high', category: 'emergency' }))).toEqual([]);
  });

  test('a policy without times holds nothing', () => {
    const free = guide((yaml) => yaml.replace(/executionTimes:\n( {2}.*\n)+/, ''));
    expect(sentences(wanted(...day, { risk: 'high' }), { policy: free })).toEqual([]);
  });
});

test('a window ends after it starts, and starts in the future', () => {
  expect(problems(wanted('2026-11-26T10:00', '2026-11-26T10:00'))).toEqual([
    { kind: 'end before start', weight: 'refused', sentence: 'The end must come after the start.' },
  ]);
  expect(problems(wanted('2026-11-25T10:06', '2026-11-25T12:00')).map(({ kind }) => kind)).toEqual([
    'in the past',
  ]);
  expect(problems(wanted('2026-11-25T10:07', '2026-11-25T12:00'))).toEqual([]);
});

describe('a freeze holds what it names', () => {
  const freeze = (more: Partial<Freeze> = {}): Freeze => ({
    ...{ id: 'f', kind: 'hard', reason: 'Black Friday' },
    ...{ startsAt: at('2026-11-27T00:00'), endsAt: at('2026-11-28T00:00') },
    ...{ scope: { systems: [], environments: [], categories: [] }, ...more },
  });
  const friday = wanted('2026-11-27T10:00', '2026-11-27T12:00');
  const found = (more: Partial<Freeze>, window = friday) =>
    problems(window, { freezes: [freeze(more)] }).map(({ kind, weight }) => [kind, weight]);
  const only = (scope: Partial<Freeze['scope']>) => ({ scope: { ...freeze().scope, ...scope } });

  test('hard and stop block, soft needs somebody else', () => {
    expect(found({})).toEqual([['hard freeze', 'refused']]);
    expect(found({ kind: 'stop' })).toEqual([['stop the line', 'refused']]);
    expect(found({ kind: 'soft' })).toEqual([['soft freeze', 'needs consent']]);
  });

  test('and of several the first to begin is said first', () => {
    const [late, early] = [freeze({ id: 'late' }), freeze({ id: 'early', startsAt: at('2026-11-26T00:00') })];
    const ids = problems(friday, { freezes: [late, early] }).map(
      (found) => 'freeze' in found && found.freeze.id,
    );
    expect(ids).toEqual(['early', 'late']);
  });

  test('by time: its end is free again', () => {
    expect(found({}, wanted('2026-11-26T23:00', '2026-11-27T00:01'))).toHaveLength(1);
    expect(found({}, wanted('2026-11-28T00:00', '2026-11-28T01:00'))).toEqual([]);
    expect(found({}, wanted('2026-11-26T23:00', '2026-11-27T00:00'))).toEqual([]);
  });

  test('by systems, environments and categories', () => {
    expect(found(only({ systems: ['booking_api', 'payments'] }))).toHaveLength(1);
    expect(found(only({ systems: ['payments'] }))).toEqual([]);
    expect(found(only({ environments: ['staging'] }))).toEqual([]);
    expect(found(only({ categories: ['standard', 'normal'] }))).toHaveLength(1);
    expect(found(only({ categories: ['standard'] }))).toEqual([]);
  });

  test('a change that does not say what it touches may touch it', () => {
    const silent = wanted('2026-11-27T10:00', '2026-11-27T12:00', { systems: [], environments: [] });
    expect(found(only({ systems: ['payments'], environments: ['staging'] }), silent)).toHaveLength(1);
  });

  test('every year, whole days, over New Year', () => {
    const policy = guide((yaml) =>
      yaml.replace(
        'freezes: []',
        'freezes: [{ id: year_end, title: Year-end, kind: hard, from: 12-20, to: 01-06 }]',
      ),
    );
    const on = (from: string, to: string) => problems(wanted(from, to), { policy });
    expect(on('2026-12-19T22:00', '2026-12-20T00:00')).toEqual([]);
    expect(on('2026-12-19T22:00', '2026-12-20T00:01')).toMatchObject([
      {
        kind: 'hard freeze',
        freeze: {
          ...{ id: 'year_end 2026', reason: 'Year-end' },
          ...{ startsAt: at('2026-12-20T00:00'), endsAt: at('2027-01-07T00:00') },
        },
      },
    ]);
    expect(on('2028-01-06T23:00', '2028-01-06T23:30')).toMatchObject([{ freeze: { id: 'year_end 2027' } }]);
    expect(on('2028-01-07T00:00', '2028-01-07T01:00')).toEqual([]);
  });

  test('the last of February is one in every year', () => {
    const policy = guide((yaml) =>
      yaml.replace('freezes: []', 'freezes: [{ id: f, title: F, kind: hard, from: 02-01, to: 02-29 }]'),
    );
    const on = (from: string, to: string) => problems(wanted(from, to), { policy }).length;
    expect([on('2027-02-28T23:00', '2027-02-28T23:59'), on('2027-03-01T00:00', '2027-03-01T01:00')]).toEqual([
      1, 0,
    ]);
    expect([on('2028-02-29T23:00', '2028-02-29T23:59'), on('2028-03-01T00:00', '2028-03-01T01:00')]).toEqual([
      1, 0,
    ]);
  });
});

describe('the next free windows', () => {
  const shown = (window: Wanted, more: object = {}, count?: number) =>
    nextFreeWindows(window, { ...context, ...more }, count).map(({ startsAt, endsAt }) => [
      inFull(startsAt, 'Europe/Berlin').replace(' UTC+01:00', ''),
      (endsAt - startsAt) / 60_000,
    ]);

  test('are three different nights, at their beginning', () => {
    expect(shown(wanted('2026-11-25T14:00', '2026-11-25T16:00', { risk: 'high' }))).toEqual([
      ['Wednesday 25 November 2026 22:00', 120],
      ['Thursday 26 November 2026 22:00', 120],
      ['Friday 27 November 2026 22:00', 120],
    ]);
  });

  test('go around freezes and other changes, and come again the next day', () => {
    const other: Scheduled = {
      ...{ id: 'x', startsAt: at('2026-11-26T10:00'), endsAt: at('2026-11-26T10:50') },
      systems: ['database'],
    };
    const window = wanted('2026-11-26T10:00', '2026-11-26T11:00');
    expect(shown(window, { scheduled: [other] })).toEqual([
      ['Thursday 26 November 2026 11:00', 60],
      ['Friday 27 November 2026 11:00', 60],
      ['Saturday 28 November 2026 11:00', 60],
    ]);
  });

  test('may be months away, and there may be none', () => {
    const all = { systems: [], environments: [], categories: [] };
    const freeze = (endsAt: number): Freeze => ({
      ...{ id: 'f', kind: 'hard', reason: '', startsAt: 0, endsAt, scope: all },
    });
    const window = wanted('2026-11-26T10:00', '2026-11-26T11:00');
    expect(shown(window, { freezes: [freeze(at('2027-03-01T08:00'))] }, 1)).toEqual([
      ['Monday 1 March 2027 08:00', 60],
    ]);
    expect(shown(window, { freezes: [freeze(at('2030-01-01T00:00'))] })).toEqual([]);
    expect(shown(wanted('2026-11-26T10:00', '2026-11-29T11:00', { risk: 'low' }))).toEqual([]);
  });
});
