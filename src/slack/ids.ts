import * as z from 'zod';
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

/** What the button of an action item carries: its change, and the item's own id. */
export function actionTargetOf(change: string, action: string): string {
  return `${change}|${action}`;
}

/** @throws {Refusal} as `readTarget` does */
export function readActionTarget(value: unknown): { id: string; action: string } {
  const [id, action] = typeof value === 'string' ? value.split('|') : [];
  if (id && action) return { id, action };
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change actions`.');
}

const target = z
  .string()
  // A template's id begins with what its stream does.
  .regex(/^(?:template\/)?[\w-]{1,64}\|[0-9a-f]{0,16}$/)
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
