import type { Facts } from '../facts.ts';
import { overseerAs, overseerTitle } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import { placeOf } from '../settle.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/** An approved change is called off before it starts, by its requester or an overseer, with the reason. */
export function cancel(change: Change, { by, at, words }: CommandOf<'Cancel'>, facts: Facts): ChangeEvent[] {
  if (change.status === 'cancelled') return [];
  const right = by === change.requester ? {} : overseerAs(facts, by);
  if (!right) {
    throw new Refusal(
      'not your role',
      `Only <@${change.requester}> and the ${overseerTitle(facts)} can cancel ${change.number}.`,
    );
  }
  if (change.status !== 'approved' && change.status !== 'scheduled') {
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; only what is approved and has not started can be cancelled.`,
    );
  }
  if (!words.trim()) throw wordless('Please say why.');
  return [{ type: 'Cancelled', by, at, ...right, words: words.trim(), ...placeOf(change) }];
}

/** The policy's time for carrying out what was approved is over. A later approval has its own timer. */
export function expire(change: Change, { at, approvedAt, of }: CommandOf<'Expire'>): ChangeEvent[] {
  if (change.status !== 'approved' && change.status !== 'scheduled') return [];
  // A window that was moved has its own time, and its own timer.
  const moved = of !== undefined && of !== change.proposal.endsAt;
  return change.approvedAt === approvedAt && !moved ? [{ type: 'Expired', by: 'docket', at }] : [];
}
