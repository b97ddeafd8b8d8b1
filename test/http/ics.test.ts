import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { Freeze } from '../../src/calendar/freezes.ts';
import type { Planned } from '../../src/change/planned.ts';
import { icsOf } from '../../src/http/ics.ts';
import { DANA, GUIDE, MAYA } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';

const RANGE = { start: MONDAY_10 - DAY, end: MONDAY_10 + 30 * DAY };
const CHANGE: Planned = {
  ...{ id: 'c-1', number: 'CR-2026-001', title: 'Move the cache', status: 'scheduled', category: 'normal' },
  ...{
    risk: 'high',
    requester: DANA,
    implementer: MAYA,
    systems: ['cache', 'booking_api'],
    environments: [],
  },
  ...{ startsAt: MONDAY_10 + 12 * HOUR, endsAt: MONDAY_10 + 13 * HOUR },
};
const FREEZE: Freeze = {
  ...{ id: 'freeze/1', kind: 'hard', startsAt: MONDAY_10, endsAt: MONDAY_10 + 2 * DAY },
  ...{ scope: { systems: ['payments'], environments: [], categories: [] }, reason: 'The sale' },
};

/** Read by a library that did not write it. */
function read(planned: Planned[], freezes: Freeze[] = []) {
  const names = new Map([
    [DANA, 'Dana Okafor'],
    [MAYA, 'Maya Cohen'],
  ]);
  const text = icsOf(GUIDE, RANGE, planned, freezes, (id) => names.get(id) ?? id);
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    text,
    calendar,
    events: calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each)),
  };
}

test('a planned change is an event with its time, its state and what a reader wants to know', () => {
  const [event] = read([CHANGE]).events;
  expect(event?.summary).toBe('CR-2026-001 Move the cache');
  expect(event?.startDate.toJSDate().getTime()).toBe(CHANGE.startsAt);
  expect(event?.endDate.toJSDate().getTime()).toBe(CHANGE.endsAt);
  expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
  expect(event?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  expect(event?.description).toBe(
    [
      'Normal change, high risk, scheduled',
      'Systems: Cache, Booking API',
      'Asked for by Dana Okafor, carried out by Maya Cohen',
      'In Slack: /change show CR-2026-001',
    ].join('\n'),
  );
});

test('what nobody has agreed to yet is tentative', () => {
  const [event] = read([{ ...CHANGE, status: 'in review' }]).events;
  expect(event?.component.getFirstPropertyValue('status')).toBe('TENTATIVE');
});

test('a freeze says what it holds', () => {
  const [event] = read([], [FREEZE]).events;
  expect([event?.summary, event?.description]).toEqual(['Freeze: The sale', 'Holds: Payments']);
  expect(event?.endDate.toJSDate().getTime()).toBe(FREEZE.endsAt);
});

test('keeps the same event under the same name, so that a moved window moves in the reader’s calendar', () => {
  const moved = { ...CHANGE, startsAt: CHANGE.startsAt + DAY, endsAt: CHANGE.endsAt + DAY };
  expect(read([moved]).events[0]?.uid).toBe(read([CHANGE]).events[0]?.uid);
});

test('whatever people write stays one event, to the letter', () => {
  const bits = fc.constantFrom(
    ...[',', ';', '\\', '"', ':', '\n', '\r\n', '\t', '🚀', 'é', '漢字', '\u2028', 'a word '],
    ...['BEGIN:VEVENT', '\nEND:VEVENT\n', '\\n', 'X-A;B=C:'],
  );
  const texts = fc.array(bits, { minLength: 1, maxLength: 40 }).map((some) => some.join(''));
  fc.assert(
    fc.property(texts, texts, (title, reason) => {
      const { events, text } = read([{ ...CHANGE, title }], [{ ...FREEZE, reason }]);
      const one = (words: string) => words.replace(/\s+/g, ' ').trim();
      expect(events.map(({ summary }) => summary)).toEqual([
        one(`CR-2026-001 ${title}`),
        one(`Freeze: ${reason}`),
      ]);
      // RFC 5545: no line is longer than 75 octets.
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }),
    { numRuns: 300 },
  );
});
