import { DAY, HOUR } from '../calendar/zone.ts';
import { nextStep } from '../change/duties.ts';
import type { Facts } from '../change/facts.ts';
import { inRole, rightInOneOf } from '../change/holders.ts';
import { overseerTitle } from '../change/overseer.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import type { Instant, PersonId } from '../change/types.ts';
import type { Edition, EditionCommand, EditionCommandOf, EditionEvent } from './types.ts';

const WEEK = 7 * DAY;
/** What failed is tried again this long after, and so often. */
const AGAIN_AFTER_MS = HOUR;
const TRIES = 6;

export type EditionFacts = Pick<Facts, 'policy' | 'holders'>;

/**
 * The rules of a post for one period. It comes once: a timer that comes a second time, here or in another replica,
 * does nothing.
 * @throws {Refusal} with a sentence for the person
 */
export function decideEdition(
  edition: Edition | undefined,
  command: EditionCommand,
  facts: EditionFacts,
): EditionEvent[] {
  switch (command.type) {
    case 'Publish':
      return edition ? [] : [publish(command)];
    case 'SayWorked':
      return sayWorked(edition, command);
    case 'SayDone':
      return sayDone(edition, command, facts);
    case 'ChaseDuty':
      return chase(edition, command, facts);
    default:
      return command satisfies never;
  }
}

function publish({ by, at, post, period, due, made, ...late }: EditionCommandOf<'Publish'>): EditionEvent {
  const what = { by, at, post, period, due };
  if (isTooLate(late.skipAfterHours, due, at)) return { type: 'Skipped', ...what, why: 'too late' };
  return made ? { type: 'Published', ...what, ...made } : { type: 'Skipped', ...what, why: 'nothing to say' };
}

function sayWorked(
  edition: Edition | undefined,
  { by, at, words, failed }: EditionCommandOf<'SayWorked'>,
): EditionEvent[] {
  if (!edition?.work || edition.work.state === 'done') return [];
  if (!failed) return [{ type: 'WorkDone', by, at, words }];
  const more = edition.work.attempts + 1 < TRIES;
  return [{ type: 'WorkFailed', by, at, words, ...(more && { again: at + AGAIN_AFTER_MS }) }];
}

/**
 * What a post has asked for is done, in the words of who did it: evidence for whoever asks later. Those say so who owe it
 * now, and whoever oversees changes.
 */
function sayDone(
  edition: Edition | undefined,
  { by, at, words }: EditionCommandOf<'SayDone'>,
  facts: EditionFacts,
): EditionEvent[] {
  if (!edition?.duty) throw new Refusal('unknown', 'This is not to be done any more. Try `/change desk`.');
  if (edition.done?.by === by && edition.done.words === words.trim()) return [];
  if (edition.done) throw new Refusal('not now', `<@${edition.done.by}> has said already that this is done.`);
  const right = rightInOneOf([...edition.duty.owners, facts.policy.overseer], by, [], facts.holders);
  if (!right) {
    const titles = edition.duty.owners.map((role) => facts.policy.roles[role] ?? role);
    const who = [...new Set([...titles, overseerTitle(facts)].map((title) => title.toLowerCase()))];
    throw new Refusal('not your role', `Only these can say that it is done: ${who.join(', ')}.`);
  }
  if (!words.trim()) throw wordless('Please say what was done, and what came of it.');
  return [{ type: 'DutyDone', by, at, ...right, words: words.trim() }];
}

/** It is due: who owes it hears of it; from then on they and the overseer do, every week until it is done. */
function chase(
  edition: Edition | undefined,
  { at, due }: EditionCommandOf<'ChaseDuty'>,
  facts: EditionFacts,
): EditionEvent[] {
  if (!edition?.duty || edition.done || (edition.duty.chasedFor ?? 0) >= due) return [];
  const first = due <= edition.duty.deadline;
  const overseers = first ? [] : inRole(facts.holders, facts.policy.overseer);
  const owners = ownersNow(edition.duty.owners, facts);
  const people = [...new Set([...owners, ...overseers])];
  const again = nextStep(edition.duty.deadline, WEEK, at);
  return [{ type: 'DutyChased', by: 'docket', at, due, people, again }];
}

/** Whose it is now; whoever oversees changes where nobody holds those roles. */
export function ownersNow(owners: readonly string[], { holders, policy }: EditionFacts): PersonId[] {
  const people = [...new Set(owners.flatMap((role) => inRole(holders, role)))];
  return people.length > 0 ? people : inRole(holders, policy.overseer);
}

/** Whether late is worse than never by now. */
export function isTooLate(skipAfterHours: number | undefined, due: Instant, at: Instant): boolean {
  return skipAfterHours !== undefined && at > due + skipAfterHours * HOUR;
}
