import type { Notice } from '../notices.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Change, ChangeEvent, CommandOf } from '../types.ts';

/**
 * What has been delivered, or given up, goes into the record, by Docket alone: whatever has become of the change
 * meanwhile, and each once (NIST SP 800-53, CM-3(1)b and f: whom it was brought before, and whom its end was told).
 */
export function notify(change: Change, { by, at, notices }: CommandOf<'Notify'>): ChangeEvent[] {
  const fresh = freshNotices(change.notices, by, notices);
  return fresh.length > 0 ? [{ type: 'Notified', by, at, notices: fresh }] : [];
}

/**
 * What of these is not on record yet, of a change or a template.
 * @throws {Refusal} for anybody but Docket
 */
export function freshNotices(
  before: readonly Notice[] = [],
  by: Actor,
  notices: readonly Notice[],
): Notice[] {
  if (by !== 'docket')
    throw new Refusal(
      'not your role',
      'Who has been told is put down by Docket, as Slack takes the messages.',
    );
  const known = [...before];
  const fresh: Notice[] = [];
  for (const notice of notices) {
    if (known.some((one) => isSame(one, notice))) continue;
    known.push(notice);
    fresh.push(notice);
  }
  return fresh;
}

/**
 * The same message, found again after a crash or by a second effect; or the same news for the same reader. What one
 * replica has given up and another has brought has reached them.
 */
function isSame(one: Notice, other: Notice): boolean {
  if ('failed' in one && 'ts' in other) return false;
  if ('ts' in one && 'ts' in other && one.ts === other.ts && one.channel === other.channel) return true;
  return one.to === other.to && one.of === other.of && one.event === other.event;
}
