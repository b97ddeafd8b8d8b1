import { expect, test } from 'vitest';
import { checkMessage } from '../../src/local-slack/limits.ts';
import { buttons, pairs, section } from '../../src/slack/blocks/blocks.ts';
import { fitMessage, fits } from '../../src/slack/blocks/fit.ts';
import { saidInParts } from '../../src/slack/blocks/format.ts';

const long = (character: string) => character.repeat(3000);
const button = buttons([{ label: 'Approve', action: 'approve', value: 'c-1|' }]);

test('of a message that is too long, the longest texts lose and the short ones nothing', () => {
  const short = [section('*Why low risk*\n• Every answer gave no points'), pairs([['Downtime', 'none']])];
  const medium = section('m'.repeat(900));
  const blocks = [
    ...short,
    medium,
    ...['a', 'b', 'c', 'd', 'e'].map((each) => section(long(each))),
    ...button,
  ];
  expect(checkMessage({ text: 'x', blocks })).not.toEqual([]);
  const cut = fitMessage(blocks);
  expect(checkMessage({ text: 'x', blocks: cut })).toEqual([]);
  expect(cut.slice(0, 3)).toEqual([...short, medium]);
  expect(cut.at(-1)).toEqual(button[0]);
  expect(cut.slice(3, -1).map((block) => JSON.stringify(block).length > 2000)).toEqual(Array(5).fill(true));
});

test('a message that fits is left as it is', () => {
  const blocks = [...['a', 'b', 'c', 'd'].map((each) => section(long(each))), ...button];
  expect(fitMessage(blocks)).toEqual(blocks);
});

test('a mention, a time or a link is there whole or not at all', () => {
  const lines = Array.from({ length: 200 }, () => '<@U02DANA0001> <https://x.example/a?b=1&amp;c=2>').join(
    '\n',
  );
  for (const block of fitMessage(Array.from({ length: 6 }, (_, n) => section(`${'x'.repeat(n)}${lines}`))))
    expect(JSON.stringify(block)).not.toMatch(/<[^>]*…/);
});

test('whether a form fits is a matter of bytes', () => {
  expect(fits(Array.from({ length: 75 }, () => section(long('a'))))).toBe(true);
  expect(fits(Array.from({ length: 75 }, () => section(long('漢'))))).toBe(false);
});

test('a long text is quoted in parts, broken between its lines, and cut only at the very end', () => {
  const lines = Array.from({ length: 30 }, (_, n) => `${n} ${'step '.repeat(20)}`.trim());
  const parts = saidInParts(lines.join('\n'), 2000, 2);
  expect(parts).toHaveLength(2);
  expect(parts.join('\n').split('\n')).toEqual(lines.map((line) => `> ${line}`));
  expect(saidInParts(long('a'), 2000, 2).map((part) => part.length)).toEqual([2000, 1004]);
  expect(saidInParts(lines.join('\n').repeat(3), 2000, 2).at(-1)).toMatch(/…$/);
});
