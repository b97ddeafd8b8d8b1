import { expect, test } from 'vitest';
import { table, withSection } from '../../scripts/bench/page.ts';

const start = (ms: string) => ({ name: 'start' as const, title: 'Cold start', lines: [ms] });
const clicks = { name: 'clicks' as const, title: 'A click', lines: ['fast'] };

test('a section that is measured anew takes the place of what was measured before, and leaves the others alone', () => {
  const first = withSection(withSection('', start('300 ms'), 'Monday'), clicks, 'Tuesday');
  const again = withSection(first, start('250 ms'), 'Wednesday');
  expect(again).toContain('## Cold start\n\n*Wednesday*\n\n250 ms\n');
  expect(again).not.toContain('300 ms');
  expect(again).toContain('## A click\n\n*Tuesday*\n\nfast\n');
});

test('sections stand in one order, however they were measured', () => {
  const one = withSection(withSection('', start('1'), 'now'), clicks, 'now');
  expect(one).toBe(withSection(withSection('', clicks, 'now'), start('1'), 'now'));
  expect(one.indexOf('A click')).toBeLessThan(one.indexOf('Cold start'));
});

test('the table is one that Markdown reads', () => {
  expect(table(['', 'ms'], [['Bolt', 12]])).toEqual(['|  | ms |', '| --- | ---: |', '| Bolt | 12 |']);
});
