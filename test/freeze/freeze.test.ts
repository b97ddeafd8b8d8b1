import { expect, test } from 'vitest';
import { decideFreeze } from '../../src/freeze/decide.ts';
import { evolveFreeze } from '../../src/freeze/evolve.ts';
import type { Declaration, DeclaredFreeze, FreezeCommand, FreezeEvent } from '../../src/freeze/types.ts';
import { DANA, facts, holders, MAYA, NADIA, PRIYA, SAM } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';

const ID = 'freeze/1';
const PEAK: Declaration = {
  ...{ kind: 'hard', startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + 3 * DAY, reason: 'Peak season' },
  scope: { systems: ['payments'], environments: [], categories: [] },
};
const fold = (events: readonly FreezeEvent[]) =>
  events.reduce<DeclaredFreeze | undefined>((freeze, event) => evolveFreeze(freeze, event, ID), undefined);
const declared = (freeze = PEAK): FreezeEvent => ({
  ...{ type: 'FreezeDeclared', by: NADIA, at: MONDAY_10, role: 'change_manager', ...freeze },
});

/** Given events, when a command, then events, or the code of the refusal. */
function when(
  given: readonly FreezeEvent[],
  command: FreezeCommand,
  company = facts(),
): FreezeEvent[] | string {
  try {
    return decideFreeze(fold(given), command, company);
  } catch (error) {
    return (error as { code: string }).code; // a Refusal has one, and anything else fails the test by having none
  }
}
const alters = (freeze: Declaration, at = MONDAY_10 + HOUR, by = NADIA, seen = 1): FreezeCommand => ({
  ...{ type: 'Alter', by, at, freeze, seen },
});
const ends = (at: number, words = 'It is over.', by = NADIA): FreezeCommand => ({
  type: 'End',
  by,
  at,
  words,
});

test('a freeze is declared by who may, with a reason and an end, and once', () => {
  const declares = (freeze: Declaration, by = NADIA): FreezeCommand => ({
    ...{ type: 'Declare', by, at: MONDAY_10, freeze },
  });
  expect(when([], declares(PEAK))).toEqual([declared()]);
  expect(when([declared()], declares(PEAK))).toEqual([]);
  expect(when([], declares(PEAK, DANA))).toBe('not your role');
  expect(when([], declares({ ...PEAK, reason: '  ' }))).toBe('incomplete');
  expect(when([], declares({ ...PEAK, endsAt: PEAK.startsAt }))).toBe('incomplete');
});

test('it is altered in every part, and the record keeps what it was', () => {
  const wanted: Declaration = {
    ...{ kind: 'soft', startsAt: MONDAY_10 + 2 * DAY, endsAt: MONDAY_10 + 4 * DAY, reason: 'Later' },
    scope: { systems: [], environments: [], categories: ['normal'] },
  };
  const by = { by: NADIA, role: 'change_manager' };
  const altered = { type: 'FreezeAltered', ...by, at: MONDAY_10 + HOUR, before: PEAK, ...wanted };
  expect(when([declared()], alters(wanted))).toEqual([altered]);
  const after = fold([declared(), altered as FreezeEvent]);
  expect(after).toMatchObject({ ...wanted, id: ID, seq: 2, declaredBy: NADIA, altered: { by: NADIA } });
  expect(when([declared(), altered as FreezeEvent], alters(wanted))).toEqual([]);
  expect(when([declared()], alters(PEAK))).toEqual([]);
});

test('what has begun has begun when it did; what is over, or ended, stays so', () => {
  const at = PEAK.startsAt + HOUR;
  const later = { ...PEAK, startsAt: at + HOUR, endsAt: PEAK.endsAt + DAY };
  expect(when([declared()], alters(later, at))).toMatchObject([
    { startsAt: PEAK.startsAt, endsAt: PEAK.endsAt + DAY },
  ]);
  expect(when([declared()], alters({ ...PEAK, endsAt: at - 1 }, at))).toBe('incomplete');
  expect(when([declared()], alters(later, PEAK.endsAt))).toBe('not now');
  const [ended] = when([declared()], ends(at)) as FreezeEvent[];
  expect(ended).toMatchObject({ type: 'FreezeEnded', until: PEAK.endsAt });
  expect(when([declared(), ended as FreezeEvent], alters(later, at))).toBe('not now');
  expect(when([declared(), ended as FreezeEvent], ends(at))).toEqual([]);
});

test('what somebody else has altered meanwhile is not overwritten by one who has not seen it', () => {
  const theirs = { ...PEAK, reason: 'Peak season, a week longer', endsAt: PEAK.endsAt + 7 * DAY };
  const altered: FreezeEvent = {
    ...{ type: 'FreezeAltered', by: NADIA, at: MONDAY_10 + HOUR, before: PEAK, ...theirs },
  };
  const mine = { ...PEAK, reason: 'Peak season of the payments' };
  expect(when([declared(), altered], alters(mine, MONDAY_10 + 2 * HOUR))).toBe('not now');
  expect(when([declared(), altered], alters(mine, MONDAY_10 + 2 * HOUR, NADIA, 2))).toMatchObject([
    { type: 'FreezeAltered', before: theirs, reason: mine.reason },
  ]);
  // The same once more, as when it is delivered twice.
  expect(when([declared(), altered], alters(theirs, MONDAY_10 + 2 * HOUR))).toEqual([]);
});

test('only who may declare its kind, before and after, alters it; only who may ends it', () => {
  expect(when([declared()], alters({ ...PEAK, reason: 'Mine' }, MONDAY_10, DANA))).toBe('not your role');
  expect(when([declared()], ends(MONDAY_10, 'Mine', DANA))).toBe('not your role');
  // On call, she may stop the line, and declare nothing.
  const stop: Declaration = { ...PEAK, kind: 'stop', startsAt: MONDAY_10 };
  const at = MONDAY_10 + HOUR;
  expect(when([declared(stop)], alters({ ...stop, reason: 'Still' }, at, MAYA))).toMatchObject([
    { by: MAYA },
  ]);
  expect(when([declared(stop)], alters({ ...stop, kind: 'hard' }, at, MAYA))).toBe('not your role');
  expect(when([declared()], alters({ ...PEAK, kind: 'stop' }, at, MAYA))).toBe('not your role');
  expect(when([], alters(PEAK))).toBe('unknown');
  expect(when([declared()], ends(MONDAY_10, ' '))).toBe('incomplete');
});

test('the record keeps in which role it was declared, altered or ended, and for whom', () => {
  const away = facts({ holders: holders({ devops_lead: [PRIYA, { person: SAM, for: PRIYA }] }) });
  const asPriya = { by: SAM, role: 'devops_lead', for: PRIYA };
  const declares: FreezeCommand = { type: 'Declare', by: SAM, at: MONDAY_10, freeze: PEAK };
  expect(when([], declares, away)).toMatchObject([{ type: 'FreezeDeclared', ...asPriya }]);
  const soft: Declaration = { ...PEAK, kind: 'soft' };
  expect(when([declared()], alters(soft, MONDAY_10 + HOUR, SAM), away)).toMatchObject([asPriya]);
  expect(when([declared()], ends(MONDAY_10 + HOUR, 'Over.', SAM), away)).toMatchObject([asPriya]);
  const freeze = fold([declared()]);
  expect(freeze).not.toHaveProperty('role');
});
