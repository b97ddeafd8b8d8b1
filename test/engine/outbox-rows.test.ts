import { expect, test } from 'vitest';
import { type AnyEffect, outboxRows } from '../../src/engine/outbox-rows.ts';
import { MONDAY_10 } from '../change/proposals.ts';

/** In which lane each of these goes out. */
function lanes(...effects: AnyEffect[]): string[] {
  return outboxRows('s', 0, [{ at: MONDAY_10 }], [effects]).map(({ lane }) => lane);
}

test('a card in a channel stands before anything is said in its thread', () => {
  const agenda: AnyEffect = { do: 'card', card: 'agenda', to: 'C02CABBOARD' };
  expect(lanes({ do: 'card', card: 'headline' }, agenda, { do: 'note', to: 'thread' })).toEqual([
    ...['s/thread', 's/thread', 's/thread'],
  ]);
});

test('what one person is told comes in order, except what is held until they work', () => {
  const [card, note, held] = lanes(
    ...([
      { do: 'card', card: 'ask', to: 'U1' },
      { do: 'note', to: 'U1' },
      { do: 'note', to: 'U1', calm: true },
    ] as const),
  );
  expect([card, note]).toEqual(['s/U1', 's/U1']);
  expect(held).toBe('s/1/2');
});
