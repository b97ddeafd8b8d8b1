import * as z from 'zod';
import { shownHash } from '../change/proposal.ts';
import { Refusal } from '../change/refusal.ts';
import { isUnderReview } from '../change/states.ts';
import type { Change } from '../change/types.ts';

/**
 * What a button carries: the change it is on and the hash of what was shown with it. Nothing else of it is
 * believed; all the rest is looked up again.
 */
interface Target {
  id: string;
  seen: string;
  /** What of it the button is on, where there may be several: one of its questions. */
  part?: string;
}

export function targetOf(change: Change): string {
  return `${change.id}|${isUnderReview(change) ? shownHash(change, change.open.stage) : ''}`;
}

/** What a button on one of several parts of a change carries. */
export function partTargetOf(change: Change, part: string): string {
  return `${targetOf(change)}|${part}`;
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

/**
 * What a form or a button of ours carries as JSON; it comes back through Slack, and may be anything.
 * @throws {Refusal} when it is none that Docket makes
 */
export function readCarried<T>(schema: z.ZodType<T>, carried: unknown): T {
  const parsed = fromJson.pipe(schema).safeParse(carried);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    'unknown',
    'This is not one of mine any more. Please open it anew; `/change help` says how.',
  );
}

const fromJson = z.string().transform((text, check): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    check.addIssue('no JSON');
    return z.NEVER;
  }
});

const target = z
  .string()
  // A template's id begins with what its stream does.
  .regex(/^(?:template\/)?[\w-]{1,64}\|[0-9a-f]{0,16}(?:\|[\w-]{1,64})?$/)
  .transform((value): Target => {
    const [id = '', seen = '', part] = value.split('|');
    return { id, seen, ...(part && { part }) };
  });

/** @throws {Refusal} when a button carries something that Docket never put there */
export function readTarget(value: unknown): Target {
  const parsed = target.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change list`.');
}
