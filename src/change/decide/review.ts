import { DAY } from '../../calendar/zone.ts';
import { andThen } from '../advance.ts';
import { openStageOf } from '../decided.ts';
import type { Facts } from '../facts.ts';
import { inRole } from '../holders.ts';
import { shownHash } from '../proposal.ts';
import { Refusal } from '../refusal.ts';
import { seatFor } from '../seats.ts';
import { underReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, Decision, EventOf, TextHash, UnderReview } from '../types.ts';
import { checkVote, sameVote, seatOfVote } from './vote.ts';

/**
 * A person decides: approves, rejects or, on a board, also abstains, defers or stands aside (guide, "Approval
 * Workflows"). The last decision of a stage opens the next. The same decision given again does nothing.
 */
export function decideSeat(change: Change, command: CommandOf<'Decide'>, facts: Facts): ChangeEvent[] {
  const { by, at, verdict, seen, words, until, replaces } = command;
  const again = (d: Decision) =>
    replaces === undefined ? d.by === by && d.verdict === verdict && d.seen === seen : sameVote(d, command);
  // The vote that deferred it was counted, and laid aside with the others.
  const laidAside = change.status === 'deferred' ? change.deferred.votes : [];
  if ([...change.decisions, ...laidAside].some(again)) return [];
  const waiting = underReview(change);
  const stage = openStageOf(waiting);
  const { seat, role, for: inStead } = seatOfVote(waiting, command, facts);
  checkSeen(waiting, seen);
  checkVote(stage, command, facts);
  const decided: ChangeEvent = {
    ...{ type: 'Decided', by, at, stage: stage.id, seat: seat.id, role, verdict, seen },
    ...(inStead && { for: inStead }),
    ...(words?.trim() && { words: words.trim() }),
    ...(verdict === 'defer' && until !== undefined && { until }),
    ...(replaces !== undefined && { replaces }),
  };
  return andThen(change, [decided], facts, at);
}

/**
 * The change manager sends it back with questions, instead of letting reviewers puzzle over it
 * (guide, "Submission Process": initial validation). The requester's next edit resumes it.
 */
export function giveBack(change: Change, command: CommandOf<'Return'>, facts: Facts): ChangeEvent[] {
  const { by, at, words, seen } = command;
  if (change.status === 'returned' && change.returned.by === by && change.returned.words === words.trim())
    return [];
  const waiting = underReview(change);
  const stage = openStageOf(waiting);
  const { seat: _, ...right } = seatFor(waiting, by, facts.holders);
  checkSeen(waiting, seen);
  if (stage.kind !== 'validation')
    throw new Refusal(
      'not now',
      'Only the validation can return a change. You can ask a question or reject it.',
    );
  if (!words.trim()) throw new Refusal('incomplete', 'Please write what you need to know.');
  return [returned({ by, at, stage: stage.id, ...right, words: words.trim() }, facts)];
}

/** Sent back to its requester, who is reminded once it has waited for as long as the policy says. */
export function returned(
  what: Omit<EventOf<'Returned'>, 'type' | 'remindAt'>,
  { policy }: Facts,
): EventOf<'Returned'> {
  return { type: 'Returned', ...what, remindAt: what.at + policy.stuck.returnedDays * DAY };
}

/** It has not been resubmitted: its requester is reminded, and from the second time on who oversees changes as well. */
export function remindReturned(
  change: Change,
  { at, due, returnedAt }: CommandOf<'RemindReturned'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  if (change.status !== 'returned' || change.returned.at !== returnedAt) return [];
  const { reminded } = change.returned;
  if (reminded !== undefined && reminded >= due) return [];
  const overseers = reminded === undefined ? [] : inRole(holders, policy.overseer);
  return [{ type: 'ReturnReminded', by: 'docket', at, due, overseers }];
}

/** A decision is on exactly what was shown. */
export function checkSeen(change: UnderReview, seen: TextHash): void {
  if (seen === shownHash(change, change.open.stage)) return;
  throw new Refusal(
    'stale',
    `${change.number} has changed since this was shown to you. Please look at the current text and decide on that.`,
  );
}
