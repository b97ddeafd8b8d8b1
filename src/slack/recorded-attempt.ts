import { Refusal } from '../change/refusal.ts';

/**
 * Asks whether somebody may begin something, before they are shown a form for it.
 * @param attempt gives the rules what they would have filled in: where it is forbidden whatever that is, the attempt
 * is in the record like any other
 * @throws {Refusal}
 */
export async function recordedAttempt<T>(check: () => T, attempt: () => Promise<unknown>): Promise<T> {
  try {
    return check();
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.forbidden) await attempt();
    throw refusal;
  }
}
