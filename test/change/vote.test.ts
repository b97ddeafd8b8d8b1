import { describe, expect, test } from 'vitest';
import { standing } from '../../src/change/route.ts';
import type { Decision, Stage, Verdict } from '../../src/change/types.ts';
import { AMIRA, GRACE, GUIDE, LUCIA, PRIYA, TOMAS, WEI } from './company.ts';
import { given } from './given.ts';
import { abstains, approves, beforeBoard, rejects } from './steps.ts';

type Votes = readonly { seat: string; verdict: Verdict }[];
const VERDICTS = ['approve', 'reject', 'abstain', 'recuse', 'defer'] as const;

function board(): Stage {
  const stage = GUIDE.categories.normal.stages.find(({ kind }) => kind === 'vote');
  if (!stage) throw new Error('the guide has a board');
  return { ...stage, material: [] };
}
const CAB = board();
const SEATS = CAB.seats.map(({ id }) => id);

/** What the rules say after these votes, where nobody can take the seats of `away`. */
function asked(votes: Votes, away: readonly string[] = []): string {
  const decisions: Decision[] = votes.map((vote) => ({
    ...{ ...vote, stage: CAB.id, by: vote.seat, role: 'r', at: 0, seen: '' },
  }));
  const chairless = away.includes('chair') && { chairless: true as const };
  return standing(CAB, {
    decisions,
    opened: { [CAB.id]: { round: 1, voters: SEATS.length - away.length, ...chairless } },
  });
}

/** What a clerk would say who counts when everybody has voted who can. */
function clerk(votes: Votes): 'passed' | 'rejected' | 'deferred' {
  const count = (verdict: Verdict) => votes.filter((vote) => vote.verdict === verdict).length;
  const chair = votes.find(({ seat }) => seat === 'chair')?.verdict;
  const approved = count('approve') - count('reject') - count('defer');
  if (approved > 0 || (approved === 0 && chair === 'approve')) return 'passed';
  const later = count('defer') - count('reject');
  if (later !== 0) return later > 0 ? 'deferred' : 'rejected';
  return count('defer') > 0 && chair !== 'reject' ? 'deferred' : 'rejected';
}

/** Every result that these votes can still come to, once all have voted who can. */
const outcomes = new Map<string, Set<string>>();
function possible(votes: Votes, able: readonly string[]): Set<string> {
  const seat = able.find((one) => !votes.some((vote) => vote.seat === one));
  if (seat === undefined) return new Set([clerk(votes)]);
  const key = `${able} ${SEATS.map((one) => votes.find((vote) => vote.seat === one)?.verdict ?? '-')}`;
  const known = outcomes.get(key);
  if (known) return known;
  const all = new Set(VERDICTS.flatMap((verdict) => [...possible([...votes, { seat, verdict }], able)]));
  outcomes.set(key, all);
  return all;
}

/** Every way in which some of these seats can have voted: for six of them, 6 to the power of 6. */
function everyBallot(seats: readonly string[]): Votes[] {
  return seats.reduce<Votes[]>(
    (ballots, seat) =>
      ballots.flatMap((votes) => [votes, ...VERDICTS.map((verdict) => [...votes, { seat, verdict }])]),
    [[]],
  );
}

/** Whose seat is empty: nobody's, the requester's, or of two people of whom one stands in for the other. */
const AWAY = [[], ['product'], ['chair'], ['chair', 'architect'], ['security_seat', 'architect']];

describe('a vote of six seats', () => {
  test.each(AWAY)('is decided as soon as, and only when, nothing can turn it; away: %s %s', {
    timeout: 120_000,
  }, (...away) => {
    const able = SEATS.filter((seat) => !away.includes(seat));
    const wrong = everyBallot(able).filter((votes) => {
      const [only, ...others] = possible(votes, able);
      const counted = votes.filter(({ verdict }) => verdict !== 'recuse').length;
      return asked(votes, away) !== (counted < 4 || others.length > 0 ? 'open' : only);
    });
    expect(wrong).toEqual([]);
  });

  test('does not depend on the order of the votes', { timeout: 120_000 }, () => {
    const wrong = everyBallot(SEATS).filter((votes) => asked(votes.toReversed()) !== asked(votes));
    expect(wrong).toEqual([]);
  });

  test('with nobody but abstentions is no approval', () => {
    expect(asked(SEATS.map((seat) => ({ seat, verdict: 'abstain' })))).toBe('rejected');
  });

  test('waits for its quorum, however clear it is; who has stood aside does not count', () => {
    expect(asked(SEATS.slice(0, 3).map((seat) => ({ seat, verdict: 'approve' })))).toBe('open');
    const aside = SEATS.map((seat, n) => ({ seat, verdict: n < 3 ? 'recuse' : 'approve' }) as const);
    expect(asked(aside)).toBe('open');
  });
});

describe('on the board', () => {
  test('each vote is recorded; the deciding one approves', () => {
    given(...beforeBoard, approves(WEI), approves(GRACE), abstains(AMIRA), rejects(LUCIA))
      .when(approves(TOMAS))
      .gives({ type: 'Decided', seat: 'product' }, 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('a majority against it rejects, in the words of the last who said no', () => {
    given(...beforeBoard, rejects(WEI), rejects(GRACE), rejects(AMIRA))
      .when(rejects(LUCIA, 'No rehearsal.'))
      .gives('Decided', { type: 'ChangeRejected', stage: 'cab', by: LUCIA, words: 'No rehearsal.' });
  });

  const tied = given(...beforeBoard, approves(WEI), approves(GRACE), rejects(AMIRA), rejects(LUCIA));
  test('the chair breaks a tie', () => {
    const evenly = tied.when(abstains(TOMAS)).and();
    evenly.when(approves(PRIYA)).gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
    evenly.when(rejects(PRIYA)).gives('Decided', 'ChangeRejected');
    evenly.when(abstains(PRIYA)).gives('Decided', { type: 'ChangeRejected', by: LUCIA });
  });

  test("the chair's casting vote counts as soon as only a tie could come of it", () => {
    tied.when(approves(PRIYA)).gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });
});
