import { expect, test } from 'vitest';
import { parseMarkdown } from '../../src/local-slack/page/text/markdown.ts';
import { parseInline, parseMrkdwn } from '../../src/local-slack/page/text/mrkdwn.ts';
import {
  dayName,
  fillDateTokens,
  fromLocalInput,
  nextAt,
  toLocalInput,
} from '../../src/local-slack/page/when.ts';

const NOON = Date.UTC(2026, 0, 14, 11, 0);
const BERLIN = 'Europe/Berlin';

test('mrkdwn marks hug their words, and code is left alone', () => {
  expect(parseInline('*b* 2*3*4 _i_ snake_case_name `*no*`')).toEqual([
    { kind: 'style', style: 'strong', children: [{ kind: 'text', text: 'b' }] },
    { kind: 'text', text: ' 2*3*4 ' },
    { kind: 'style', style: 'em', children: [{ kind: 'text', text: 'i' }] },
    { kind: 'text', text: ' snake_case_name ' },
    { kind: 'code', text: '*no*' },
  ]);
});

test('what stands between < and >, and code, is whole inside of bold, too', () => {
  const [bold, ...rest] = parseInline('*Renew <!date^00000000^{_}|*>.example.com of <@U1>, `a*b`*');
  expect(rest).toEqual([]);
  expect(bold).toMatchObject({
    ...{ kind: 'style', style: 'strong' },
    children: [
      { kind: 'text', text: 'Renew ' },
      { kind: 'text', text: '*' },
      { kind: 'text', text: '.example.com of ' },
      { kind: 'user', id: 'U1' },
      { kind: 'text', text: ', ' },
      { kind: 'code', text: 'a*b' },
    ],
  });
});

test('links, mentions and dates', () => {
  expect(parseInline('<@U1> <#C1|ops> <https://a.b/?x=1&amp;y=2|a &lt; b> https://c.d/e.')).toEqual([
    { kind: 'user', id: 'U1' },
    { kind: 'text', text: ' ' },
    { kind: 'channel', id: 'C1', label: 'ops' },
    { kind: 'text', text: ' ' },
    { kind: 'link', url: 'https://a.b/?x=1&y=2', label: 'a < b' },
    { kind: 'text', text: ' ' },
    { kind: 'link', url: 'https://c.d/e' },
    { kind: 'text', text: '.' },
  ]);
  expect(parseInline('<!date^1768388400^{date} at {time}|then>')).toEqual([
    { kind: 'date', at: NOON, pattern: '{date} at {time}', fallback: 'then' },
  ]);
});

test('fences, quotes and lines', () => {
  expect(parseMrkdwn('a\n&gt; b\n&gt; c\n```\n*d*\n```').map(({ kind }) => kind)).toEqual([
    'lines',
    'quote',
    'fence',
  ]);
});

test('a date is written in the zone of its reader', () => {
  const words = (pattern: string, zone: string, at = NOON) => fillDateTokens(pattern, at, NOON, zone);
  expect(words('{date} at {time}', BERLIN)).toBe('January 14th, 2026 at 12:00');
  expect(words('{date_short} {time}', 'Asia/Kolkata')).toBe('Jan 14, 2026 16:30');
  expect(words('{date_long_pretty} {time}', 'America/New_York', NOON + 86_400_000)).toBe('tomorrow 06:00');
  expect(words('{ago} {unknown}', BERLIN, NOON - 7_200_000)).toBe('2 hours ago {unknown}');
  expect(dayName(NOON - 3 * 86_400_000, NOON, BERLIN)).toBe('Sunday, January 11th');
});

test('a date and time typed in a zone is that instant, also in summer', () => {
  expect(fromLocalInput('2026-01-15T22:00', BERLIN)).toBe(Date.UTC(2026, 0, 15, 21) / 1000);
  expect(fromLocalInput('2026-07-15T22:00', BERLIN)).toBe(Date.UTC(2026, 6, 15, 20) / 1000);
  expect(fromLocalInput('0002-01-15T22:00', BERLIN)).toBeUndefined();
  expect(toLocalInput(Date.UTC(2026, 6, 15, 20) / 1000, BERLIN)).toBe('2026-07-15T22:00');
});

test('the next morning and the next Monday keep their hour over a change of clocks', () => {
  expect(nextAt(NOON, BERLIN, 9)).toBe(Date.UTC(2026, 0, 15, 8));
  expect(nextAt(Date.UTC(2026, 2, 28, 12), BERLIN, 9, 1)).toBe(Date.UTC(2026, 2, 30, 7));
});

test('markdown as reports are written', () => {
  expect(parseMarkdown('## Week\none\ntwo\n\n- a\n  - [x] b\n\n| A | B |\n|---|---|\n| 1 | 2 |')).toEqual([
    { kind: 'heading', level: 2, text: 'Week' },
    { kind: 'text', text: 'one\ntwo' },
    {
      kind: 'list',
      ordered: false,
      items: [
        { text: 'a', indent: 0 },
        { text: 'b', indent: 1, done: true },
      ],
    },
    {
      kind: 'table',
      rows: [
        ['A', 'B'],
        ['1', '2'],
      ],
    },
  ]);
});
