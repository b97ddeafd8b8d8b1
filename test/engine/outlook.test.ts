import { expect, it } from 'vitest';
import { overbookedPeople } from '../../src/engine/outlook.ts';
import { JONAS, MAYA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';

const window = (number: string, implementer: string, from: number, to: number) => ({
  ...{ number, implementer },
  startsAt: from * HOUR,
  endsAt: to * HOUR,
});

it('says of each person which of their changes are at one time, and not that all of them are', () => {
  const night = DAY / HOUR;
  const planned = [
    window('CR-1', MAYA, 0, 2),
    window('CR-2', MAYA, 1, 3),
    window('CR-3', JONAS, 1, 3),
    window('CR-4', MAYA, 3, 4),
    window('CR-5', MAYA, night, night + 4),
    window('CR-6', MAYA, night + 1, night + 2),
    window('CR-7', MAYA, night + 3, night + 5),
  ];
  const expected = [
    {
      person: MAYA,
      together: [
        ['CR-1', 'CR-2'],
        ['CR-5', 'CR-6', 'CR-7'],
      ],
    },
  ];
  expect(overbookedPeople(planned)).toEqual(expected);
  // Those of high risk come first in a report.
  expect(overbookedPeople(planned.toReversed())).toEqual(expected);
});

it('does not call it one time where the next begins as the last ends', () => {
  expect(overbookedPeople([window('CR-1', MAYA, 0, 2), window('CR-2', MAYA, 2, 4)])).toEqual([]);
});
