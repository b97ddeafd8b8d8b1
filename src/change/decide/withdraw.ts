import { Refusal } from '../refusal.ts';
import { notStarted } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/** The requester takes a change back before it is carried out. Doing it twice does nothing. */
export function withdraw(change: Change, { by, at, words }: CommandOf<'Withdraw'>): ChangeEvent[] {
  if (by !== change.requester)
    throw new Refusal(
      'not the requester',
      `Only <@${change.requester}>, who filed ${change.number}, can withdraw it.`,
    );
  if (change.status === 'withdrawn') return [];
  if (change.status === 'approved' || change.status === 'scheduled') {
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} already. Cancel it instead, with the reason.`,
    );
  }
  notStarted(change, 'withdrawn');
  return [{ type: 'Withdrawn', by, at, ...(words?.trim() && { words: words.trim() }) }];
}
