import { readWhen } from '../../calendar/read-when.ts';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Instant, Proposal } from '../../change/types.ts';

/** The field in which a window is written, wherever one is. */
export const WHEN = 'when';
export const LONGEST_WHEN = 200;

/**
 * A window as somebody wrote it: `sat 22:00 for 2h`.
 * @param before what it takes the place of: where no end was written, it is as long
 * @param zone the reader's
 * @throws {Refusal} beside the field, saying how it was read and what is missing
 */
export function writtenWindow(
  typed: string,
  before: Pick<Proposal, 'startsAt' | 'endsAt'>,
  at: { now: Instant; zone: string },
): Window {
  const reading = readWhen(typed, at);
  if ('problem' in reading) throw beside(reading.problem);
  const { startsAt, endsAt } = reading;
  if (endsAt !== undefined) return { startsAt, endsAt };
  if (before.startsAt !== undefined && before.endsAt !== undefined)
    return { startsAt, endsAt: startsAt + before.endsAt - before.startsAt };
  throw beside('Write also when it ends, or for how long: sat 22:00 for 2h.');
}

function beside(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { [WHEN]: sentence });
}
