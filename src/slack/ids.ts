import { z } from 'zod';
import { shownHash } from '../change/proposal.ts';
import { Refusal } from '../change/refusal.ts';
import { isUnderReview } from '../change/states.ts';
import type { Change } from '../change/types.ts';

/**
 * What a button carries: the change it is on and the hash of what was shown with it. Nothing else of it is
 * believed; all the rest is looked up again.
 */
export interface Target {
  id: string;
  seen: string;
}

export function targetOf(change: Change): string {
  return `${change.id}|${isUnderReview(change) ? shownHash(change, change.open.stage) : ''}`;
}

const target = z
  .string()
  .regex(/^[\w-]{1,64}\|[0-9a-f]{0,16}$/)
  .transform((value): Target => {
    const [id = '', seen = ''] = value.split('|');
    return { id, seen };
  });

/** @throws {Refusal} when a button carries something that Docket never put there */
export function readTarget(value: unknown): Target {
  const parsed = target.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change list`.');
}
