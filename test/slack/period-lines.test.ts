import { expect, it } from 'vitest';
import type { Report } from '../../src/engine/reports.ts';
import { actionLines } from '../../src/slack/report/period-lines.ts';
import { DANA, NADIA } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';

it('says of each open action item whose it is and where it comes from; a meeting of the board has no number', () => {
  const item = { id: 'a', words: 'Rotate the keys.', owner: DANA, due: MONDAY_10, by: NADIA, at: 0 };
  const next = ['CR-2026-041', ''].map((number) => ({ number, item }));
  const lines = actionLines({ actions: { open: 2, overdue: 1, next } } as Report); // it reads nothing else
  expect(lines).toEqual([
    '• Action items now: 2 open, 1 overdue.',
    expect.stringMatching(/^• Rotate the keys\.: <@U\w+>, by <!date.* \(CR-2026-041\)$/),
    expect.stringMatching(/^• Rotate the keys\.: <@U\w+>, by <!date[^()]*>$/),
  ]);
});
