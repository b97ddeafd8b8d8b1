import { expect, test } from 'vitest';
import { clashesOf, type Scheduled } from '../../src/calendar/clashes.ts';
import { systems } from '../../src/policy/systems.ts';

const HOUR = 60 * 60_000;
/** web needs api, api needs db and cache; a and b need each other; mail stands alone. */
const policy = {
  systems: systems.parse({
    ...{ web: { title: 'Web', dependsOn: ['api'] }, api: { title: 'API', dependsOn: ['db', 'cache'] } },
    ...{ db: 'Database', cache: 'Cache', mail: 'Mail' },
    ...{ a: { title: 'A', dependsOn: ['b'] }, b: { title: 'B', dependsOn: ['a'] } },
  }),
};
const change = (id: string, list: string[], more: Partial<Scheduled> = {}): Scheduled => ({
  ...{ id, systems: list, startsAt: 10 * HOUR, endsAt: 12 * HOUR, ...more },
});
const clashes = (ours: Scheduled, ...others: Scheduled[]) =>
  clashesOf(ours, others, policy).map(({ with: { id }, because }) => [id, because]);

test('on the same system, on one that it needs and on one that needs it, however long the chain', () => {
  expect(
    clashes(
      change('ours', ['api']),
      change('same', ['api']),
      change('above', ['web']),
      change('below', ['db']),
      change('apart', ['mail']),
    ),
  ).toEqual([
    ['same', [{ kind: 'same system', system: 'api' }]],
    ['above', [{ kind: 'downstream', system: 'api', other: 'web' }]],
    ['below', [{ kind: 'upstream', system: 'api', other: 'db' }]],
  ]);
  expect(clashes(change('ours', ['web']), change('deep', ['cache']))).toEqual([
    ['deep', [{ kind: 'upstream', system: 'web', other: 'cache' }]],
  ]);
});

test('two systems that one needs do not depend on each other', () => {
  expect(clashes(change('ours', ['db']), change('theirs', ['cache']))).toEqual([]);
});

test('every reason is named, also where systems depend on each other in a circle', () => {
  expect(
    clashes(
      change('ours', ['a', 'mail'], { implementer: 'U1' }),
      change('theirs', ['b', 'mail'], { implementer: 'U1' }),
    ),
  ).toEqual([
    [
      'theirs',
      [
        { kind: 'upstream', system: 'a', other: 'b' },
        { kind: 'downstream', system: 'a', other: 'b' },
        { kind: 'same system', system: 'mail' },
        { kind: 'same implementer', person: 'U1' },
      ],
    ],
  ]);
});

test('only where the windows overlap, never with itself, in the order of their starts', () => {
  const ours = change('ours', ['db']);
  expect(
    clashes(
      ours,
      ours,
      change('later', ['db'], { startsAt: 11 * HOUR, endsAt: 13 * HOUR }),
      change('before', ['db'], { startsAt: 8 * HOUR, endsAt: 10 * HOUR }),
      change('after', ['db'], { startsAt: 12 * HOUR, endsAt: 14 * HOUR }),
      change('earlier', ['db'], { startsAt: 9 * HOUR, endsAt: 11 * HOUR }),
    ).map(([id]) => id),
  ).toEqual(['earlier', 'later']);
});

test('one person carries out one change at a time', () => {
  const by = (implementer: string) => ({ implementer });
  expect(
    clashes(
      change('ours', ['db'], by('U1')),
      change('mine', ['mail'], by('U1')),
      change('other', ['mail'], by('U2')),
    ),
  ).toEqual([['mine', [{ kind: 'same implementer', person: 'U1' }]]]);
  expect(clashes(change('ours', ['db']), change('nobody', ['mail']))).toEqual([]);
});
