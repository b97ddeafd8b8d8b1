import { unprovenAfter } from './execution-plan.ts';
import type { Change } from './types.ts';

/**
 * Whether a change that was carried out went well: a success, by everything that was to be checked and tested
 * afterwards. What its verifier left open may stay so for a reason, but is no example for others.
 * @returns nothing while that is not known yet
 */
export function wentWell(change: Change): boolean | undefined {
  if (!('outcome' in change)) return undefined;
  if (change.outcome !== 'success') return false;
  if (!('met' in change)) return undefined;
  const met = change.execution.verification.every(({ id }) => change.met.includes(id));
  return met && unprovenAfter(change).length === 0;
}
