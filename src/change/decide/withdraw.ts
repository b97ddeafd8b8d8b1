import type { Facts } from '../facts.ts';
import { overseerAs, overseerTitle } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import { notStarted } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/**
 * The requester takes a change back before it is carried out; what was returned and is not taken up again, as its
 * requester may have left, an overseer too, with the reason. Doing it twice does nothing.
 */
export function withdraw(change: Change, command: CommandOf<'Withdraw'>, facts: Facts): ChangeEvent[] {
  const { by, at } = command;
  const words = command.words?.trim();
  const { requester, number, status } = change;
  if (status === 'withdrawn' && change.ended.by === by) return [];
  const right = by === requester ? {} : status === 'returned' ? overseerAs(facts, by) : undefined;
  if (!right) {
    const others = status === 'returned' ? ` and the ${overseerTitle(facts)}` : '';
    throw new Refusal(
      'not the requester',
      `Only <@${requester}>, who filed ${number},${others} can withdraw it.`,
    );
  }
  if (status === 'withdrawn') return [];
  if (status === 'approved' || status === 'scheduled') {
    throw new Refusal('not now', `${number} is ${status} already. Cancel it instead, with the reason.`);
  }
  notStarted(change, 'withdrawn');
  if (by !== requester && !words) throw wordless('Please say why, so that its requester understands.');
  return [{ type: 'Withdrawn', by, at, ...right, ...(words && { words }) }];
}
