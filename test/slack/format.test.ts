import { expect, it } from 'vitest';
import { readMarkup } from '../../src/local-slack/readable.ts';
import {
  day,
  escaped,
  inLine,
  noLongerCount,
  quote,
  said,
  saidInParts,
  span,
  when,
} from '../../src/slack/blocks/format.ts';
import { cleaned } from '../../src/slack/blocks/parse-form.ts';
import { showLink } from '../../src/slack/change/show-field.ts';

it.each([
  'rm -rf /var/cache/* && systemctl restart payment_workers',
  '*bold* _italic_ ~struck~ `code` ```block```',
  '**twice** __init__ ~~gone~~',
  '2 * 3 * 4 <b> & &amp; <!channel>',
])('shows %s as it was typed', (text) => {
  expect(readMarkup(quote(text, 3000))).toBe(text);
});

it('counts approvals, of which somebody may have given several, and names each person once', () => {
  expect(noLongerCount([])).toBe('');
  expect(noLongerCount([{ by: 'U1' }])).toBe(' 1 approval no longer counts: <@U1>.');
  expect(noLongerCount([{ by: 'U1' }, { by: 'U2' }, { by: 'U1' }])).toBe(
    ' 3 approvals no longer count: <@U1>, <@U2>.',
  );
});

it('takes in nothing that turns the direction of what follows on its line', () => {
  expect(cleaned('safe\u202e\u2066 drow\u2069\u202c, \u05e9\u05dc\u05d5\u05dd\u200f!')).toBe(
    'safe drow, \u05e9\u05dc\u05d5\u05dd\u200f!',
  );
});

it('adds nothing to what Slack would not read as formatting, so that it can be copied', () => {
  for (const text of ['restart payment_workers', '2 * 3', 'a*b*c']) expect(quote(text, 100)).toBe(text);
});

it('ends no bold that is put around it', () => {
  for (const text of ['Do it *now*', 'Clear /var/cache/*', 'now*', 'a *b* c'])
    expect(readMarkup(`*${quote(text, 200)}*`)).toBe(text);
});

it('cuts between marks and never within what stands for one', () => {
  for (let most = 30; most < 120; most++) {
    const short = quote('*a* *b* *c* *d* '.repeat(9), most);
    expect(readMarkup(short).length).toBeLessThanOrEqual(most);
    expect(short.match(/</g)?.length ?? 0).toBe(short.match(/>/g)?.length ?? 0);
  }
  for (const piece of saidInParts('*ab* '.repeat(200), 500, 20))
    expect(piece.slice(2).match(/</g)?.length).toBe(piece.slice(2).match(/>/g)?.length);
});

it('cuts by what is read, not by what stands for marks, as far as they leave room', () => {
  const title = 'Fix <script>alert("x")</script> & *bold* _it_ `code` ~no~ in the search of bookings';
  expect(readMarkup(quote(title, 150))).toBe(title);
  expect(readMarkup(inLine(title, 80))).toBe(`${title.slice(0, 79)}…`);
  expect(quote('*a* '.repeat(200), 150).length).toBeLessThan(600);
});

it('sets a text off line by line', () => {
  expect(said('one\ntwo', 100)).toBe('> one\n> two');
});

it('says an instant by its date, in the zone of the reader, and never as a day that is another one tomorrow', () => {
  const at = Date.UTC(2026, 10, 25, 9, 0);
  expect(when(at)).toBe(`<!date^${at / 1000}^{date_short} at {time}|2026-11-25 09:00 UTC>`);
  expect(day(at)).toBe(`<!date^${at / 1000}^{date_short}|2026-11-25>`);
});

it('lets nobody begin a line within one of its own', () => {
  expect(inLine('no time\n\n✅ Approved by all', 100)).toBe('no time ✅ Approved by all');
});

it('says the end of a window of less than a day by its hour', () => {
  const at = Date.UTC(2026, 10, 25, 22, 0);
  const day = 24 * 3_600_000;
  expect(readMarkup(span(at, at + day / 12))).toBe('2026-11-25 22:00 UTC – 00:00 UTC');
  expect(readMarkup(span(at, at + day))).toBe('2026-11-25 22:00 UTC – 2026-11-26 22:00 UTC');
});

it('makes a link of web addresses only, and shows all else as it was typed', () => {
  expect(showLink('https://example.com/a?b=1&c')).toBe('<https://example.com/a?b=1&amp;c>');
  for (const typed of ['javascript:alert(1)', 'https://a|b', 'https://a>b', 'https://a b', 'example.com'])
    expect(showLink(typed)).toBe(escaped(typed));
});
