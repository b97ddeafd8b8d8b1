import { DAY } from '../../calendar/zone.ts';
import { andThen } from '../advance.ts';
import { checkLeads } from '../chair.ts';
import { isOf, openStageOf } from '../decided.ts';
import type { Facts } from '../facts.ts';
import { Refusal, wordless } from '../refusal.ts';
import { seatAgain, seatFor } from '../seats.ts';
import { isUnderReview, underReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, Decision, Stage, UnderReview } from '../types.ts';
import { quorumNow } from '../voting.ts';

/** The vote that this person has given, or was given for them, in the stage that is open. */
export function voteOf(change: UnderReview, person: string): Decision | undefined {
  const stage = openStageOf(change);
  if (stage.kind !== 'vote') return undefined;
  return change.decisions.find((decision) => decision.stage === stage.id && isOf(decision, person));
}

/** Whether a vote says what this command says, so that it is the same one come again. */
export function sameVote(vote: Decision, { by, verdict, seen, words, until }: CommandOf<'Decide'>): boolean {
  const given = [vote.by, vote.verdict, vote.seen, vote.words, vote.until];
  const said = [by, verdict, seen, words?.trim() || undefined, until];
  return given.every((part, i) => part === said[i]);
}

/**
 * The seat of a vote. Until the vote is decided, whoever has given one may alter it; the command names the one that
 * it takes the place of, so that an old click that arrives late alters nothing. Who has stood aside stays aside.
 * @throws {Refusal} for anybody who may not
 */
export function seatOfVote(
  change: UnderReview,
  { by, replaces }: Pick<CommandOf<'Decide'>, 'by' | 'replaces'>,
  { holders }: Facts,
): ReturnType<typeof seatFor> {
  const given = replaces === undefined ? undefined : voteOf(change, by);
  if (!given) {
    const seat = seatFor(change, by, holders);
    if (replaces === undefined) return seat;
    throw new Refusal('stale', 'Your vote does not count any more. Please look again, and vote anew.');
  }
  if (given.verdict === 'recuse')
    throw new Refusal('not now', `You have stood aside from ${change.number}; that stays so.`);
  const again = seatAgain(change, by, given, holders);
  if (given.at !== replaces)
    throw new Refusal('stale', 'Your vote has been altered since this was opened. Please look again.');
  return again;
}

/** @throws {Refusal} when a vote lacks what it needs: to defer, the day on which it is to come back */
export function checkVote({ kind, title }: Stage, command: CommandOf<'Decide'>, facts: Facts): void {
  const { verdict, until, at } = command;
  if (verdict !== 'approve' && verdict !== 'reject' && kind !== 'vote')
    throw new Refusal('not now', `${title} is one person's decision: approve, reject or ask.`);
  if (verdict !== 'approve' && !command.words?.trim())
    throw wordless(
      verdict === 'defer'
        ? 'Please say what has to be there when it comes back.'
        : 'Please say why, so that the requester can act on it.',
    );
  if (verdict !== 'defer') return;
  const { deferAtMostDays } = facts.policy.board;
  const wrong = (sentence: string) => new Refusal('incomplete', sentence, { until: sentence });
  if (until === undefined) throw wrong('Choose the day on which it comes back.');
  if (until <= at) throw wrong('Choose a day that is still to come.');
  if (until > at + deferAtMostDays * DAY)
    throw wrong(`Choose a day within the next ${deferAtMostDays} days.`);
}

/** So many have stood aside or left that the quorum cannot be reached: the chair lets the rest decide, saying why. */
export function waiveQuorum(change: Change, command: CommandOf<'WaiveQuorum'>, facts: Facts): ChangeEvent[] {
  const { by, at } = command;
  const open = isUnderReview(change) ? openStageOf(change) : undefined;
  // By that it may have been decided, so that the same word once more finds it further on.
  if (open?.kind !== 'vote' && Object.values(change.opened).some(({ waived }) => waived)) return [];
  const stage = openStageOf(underReview(change));
  if (stage.kind !== 'vote') throw new Refusal('not now', `${stage.title} has no quorum.`);
  const right = checkLeads(stage, change, by, facts, 'let those who are left decide');
  const { quorum, left, waived } = quorumNow(stage, change);
  if (waived) return [];
  if (left >= quorum)
    throw new Refusal('not now', `The quorum of ${quorum} can still be reached: ${left} can vote.`);
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it cannot wait for others.');
  return andThen(change, [{ type: 'QuorumWaived', by, at, stage: stage.id, ...right, words }], facts, at);
}

/** What was deferred goes before the board again: on its day, or earlier if the chair says so. Everybody votes anew. */
export function takeUp(change: Change, command: CommandOf<'TakeUp'>, facts: Facts): ChangeEvent[] {
  const { by, at, until } = command;
  if (change.status !== 'deferred') {
    if (by === 'docket') return [];
    throw new Refusal('not now', `${change.number} is ${change.status} now; it has not been deferred.`);
  }
  const { stage: id, until: due } = change.deferred;
  if (by === 'docket' && until !== due) return [];
  const stage = change.route.find((each) => each.id === id);
  const right = by !== 'docket' && stage && checkLeads(stage, change, by, facts, 'take it up before its day');
  return andThen(change, [{ type: 'TakenUp', by, at, stage: id, ...right }], facts, at);
}
