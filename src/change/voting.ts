import type { Decision, Filed, Round, Stage, Verdict } from './types.ts';

/** What somebody has done who has decided so. */
export const VERDICTS: Record<Verdict, string> = {
  approve: 'approved',
  reject: 'rejected',
  abstain: 'abstained',
  recuse: 'stood aside',
  defer: 'deferred',
};

export type Standing = 'open' | 'passed' | 'rejected' | 'deferred';

/** Fewer never decide for a board, whoever has stood aside. */
const FEWEST = 2;

/**
 * Where a board's vote stands (guide, "Change Advisory Board"): it is decided once the quorum has voted and the votes
 * still to come cannot turn it.
 *
 * First, is it approved now? Approvals must outnumber rejections and deferrals together; a tie is the chair's to
 * break by having approved. If it is not: what more of them wanted, to reject or to defer; a tie is the chair's again,
 * and without them it is deferred, because that loses nothing. Abstentions count for the quorum only, and who has
 * stood aside for nothing.
 */
export function voteStands(stage: Stage, decisions: readonly Decision[], round: Round): Standing {
  const votes = decisions.filter(({ verdict }) => verdict !== 'recuse');
  const toCome = Math.max(0, round.voters - decisions.length);
  if (votes.length < quorumOf(stage, round, votes.length + toCome)) return 'open';
  const count = (verdict: Decision['verdict']) => votes.filter((d) => d.verdict === verdict).length;
  const [yes, no, later] = [count('approve'), count('reject'), count('defer')];
  const against = no + later;
  const chair = decisions.find(({ seat }) => seat === stage.chair)?.verdict;
  /** The chair is among the votes still to come, so each of those can break the tie that it makes. */
  const chairToCome = toCome > 0 && chair === undefined && !round.chairless;
  const breaks = (verdict: Decision['verdict']) => chair === verdict || chairToCome;

  if (yes > against + toCome || (yes === against + toCome && chair === 'approve')) return 'passed';
  if (yes + toCome > against || (yes + toCome === against && breaks('approve'))) return 'open';
  if (no > later + toCome || (no === later + toCome && chair === 'reject') || against === 0)
    return 'rejected';
  if (later > no + toCome || (later === no + toCome && !breaks('reject'))) return 'deferred';
  return 'open';
}

/** How many must have voted: as many as the policy says, or once that was waived as many as are left. */
function quorumOf(stage: Stage, { waived }: Round, left: number): number {
  const quorum = stage.quorum ?? stage.seats.length;
  return waived ? Math.max(FEWEST, Math.min(quorum, left)) : quorum;
}

/** The quorum of a vote as it is now, and how many have voted or still can, without those who have stood aside. */
export function quorumNow(
  stage: Stage,
  { decisions, opened }: Pick<Filed, 'decisions' | 'opened'>,
): { quorum: number; left: number; waived: boolean } {
  const round = roundOf(stage, opened);
  const aside = decisions.filter((d) => d.stage === stage.id && d.verdict === 'recuse');
  const left = round.voters - aside.length;
  return { quorum: quorumOf(stage, round, left), left, waived: round.waived === true };
}

/** The round that a stage is in; before its first one, with somebody in each of its seats. */
export function roundOf(stage: Stage, opened: Record<string, Round>): Round {
  return opened[stage.id] ?? { round: 0, voters: stage.seats.length };
}
