import type { Instant } from '../change/types.ts';
import type { Edition, EditionCommand, EditionCommandOf, EditionEvent } from './types.ts';

const HOUR_MS = 3_600_000;
/** What failed is tried again this long after, and so often. */
const AGAIN_AFTER_MS = HOUR_MS;
const TRIES = 6;

/**
 * The rules of a post for one period. It comes once: a timer that comes a second time, here or in another replica,
 * does nothing.
 */
export function decideEdition(edition: Edition | undefined, command: EditionCommand): EditionEvent[] {
  switch (command.type) {
    case 'Publish':
      return edition ? [] : [publish(command)];
    case 'SayWorked':
      return sayWorked(edition, command);
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

/** Whether late is worse than never by now. */
export function isTooLate(skipAfterHours: number | undefined, due: Instant, at: Instant): boolean {
  return skipAfterHours !== undefined && at > due + skipAfterHours * HOUR_MS;
}
