import { readWhen } from '../../calendar/read-when.ts';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Instant } from '../../change/types.ts';

/** The field in which a window is written, wherever one is. */
export const WHEN = 'when';
export const LONGEST_WHEN = 200;

/**
 * A window as somebody wrote it: `sat 22:00 for 2h`.
 * @param length of what it takes the place of, in milliseconds: where no end was written, it is as long
 * @param zone the reader's
 * @throws {Refusal} beside the field, saying how it was read and what is missing
 */
export function writtenWindow(
  typed: string,
  length: number | undefined,
  at: { now: Instant; zone: string },
): Window {
  const reading = readWhen(typed, at);
  if ('problem' in reading) throw beside(reading.problem);
  const { startsAt, endsAt } = reading;
  if (endsAt !== undefined) return { startsAt, endsAt };
  if (length !== undefined) return { startsAt, endsAt: startsAt + length };
  throw beside('Write also when it ends, or for how long: sat 22:00 for 2h.');
}

function beside(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { [WHEN]: sentence });
}
