import { Refusal } from '../change/refusal.ts';
import type { Change } from '../change/types.ts';
import { changeByNumber, loadChange } from '../db/changes.ts';
import { streamAt } from '../db/messages.ts';
import type { World } from '../engine/world.ts';
import { escaped } from './blocks/format.ts';
import { readTarget } from './ids.ts';

/** The change that a button is on. @throws {Refusal} when there is none */
export async function changeOf({ db }: World, value: unknown): Promise<Change> {
  const stored = await loadChange(db, readTarget(value).id);
  if (stored) return stored.state;
  throw new Refusal('unknown', 'I cannot find that change. Try `/change list`.');
}

/** The change whose card stands at this place, if one does. */
export async function changeAt({ db }: World, channel: string, ts: string): Promise<Change | undefined> {
  const stream = await streamAt(db, channel, ts);
  return stream === undefined ? undefined : (await loadChange(db, stream))?.state;
}

/** The first of some words, where what follows says nothing to Docket: `/change edit CR-2026-001 please`. */
export function firstOf(words: string): string {
  return words.trim().split(/\s+/)[0] ?? '';
}

/** Whether all that was said may be the number of a change: `CR-2026-001`, `2026-1` or `1`. */
export function isNumber(words: string): boolean {
  return NUMBER.test(words.trim());
}
const NUMBER = /^(?:[a-z]+-)?(?:(\d{4})-)?(\d{1,6})$/i;

/**
 * The change that somebody named: `CR-2026-001`, in any case, or its short form `2026-1` or `1` (of this year).
 * @throws {Refusal} saying how to name one
 */
export async function changeNamed({ db, policy }: World, words: string, year: number): Promise<Change> {
  const [, inYear = String(year), n] = NUMBER.exec(words.trim()) ?? [];
  const example = `${policy.prefix}-${year}-001`;
  if (n === undefined) throw new Refusal('unknown', `Please say which change, by its number: ${example}.`);
  const change = await changeByNumber(db, `${policy.prefix}-${inYear}-${String(Number(n)).padStart(3, '0')}`);
  if (change) return change;
  throw new Refusal(
    'unknown',
    `There is no change ${escaped(words.trim())}. \`/change list\` shows those that are open.`,
  );
}
