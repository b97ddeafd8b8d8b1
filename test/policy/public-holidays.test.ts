import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import { publicHolidays } from '../../src/policy/public-holidays.ts';
import { GUIDE } from '../change/company.ts';

const YAML = readFileSync(new URL('../../src/policy/guide.yml', import.meta.url), 'utf8');
const asking = (place: string) => YAML.replace('  holidays:', `  publicHolidays: ${place}\n  holidays:`);
const within = (year: number, dates: readonly string[] | undefined) =>
  dates?.filter((date) => date.startsWith(String(year)));

test('a policy may have the public holidays of a country, or of a part of it, beside its own', async () => {
  const { workingTime } = await loadPolicy(asking('DE-BE'), 'guide.yml', YAML, 2026);
  expect(within(2028, workingTime.holidays)).toEqual([
    ...['2028-01-01', '2028-03-08', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-25', '2028-06-05'],
    ...['2028-06-17', '2028-10-03', '2028-12-25', '2028-12-26'],
  ]);
  expect(workingTime.holidays).toEqual(expect.arrayContaining(GUIDE.workingTime.holidays));
  expect(within(2025, workingTime.holidays)?.length).toBeGreaterThan(8);
  expect(within(2036, workingTime.holidays)?.length).toBeGreaterThan(8);
});

test('a policy that asks for none has its own', async () => {
  expect(await loadPolicy(YAML, 'guide.yml', YAML, 2026)).toEqual(GUIDE);
});

test('a holiday may last several days', async () => {
  expect(within(2026, await publicHolidays('CN', 2026))).toEqual(
    expect.arrayContaining(['2026-10-01', '2026-10-02', '2026-10-03']),
  );
});

test.each([
  'XX',
  'DE-XX',
  'DE-BY-XX',
])('an unknown place stops the start with its line: %s', async (place) => {
  await expect(loadPolicy(asking(place), 'guide.yml', YAML, 2026)).rejects.toThrow(
    new RegExp(`guide\\.yml:1[0-9]: workingTime\\.publicHolidays: no public holidays are known for ${place}`),
  );
});
