import { describe, expect, test } from 'vitest';
import { standing } from '../../src/change/route.ts';
import type { Decision, Stage, Verdict } from '../../src/change/types.ts';
import { AMIRA, GRACE, GUIDE, LUCIA, PRIYA, TOMAS, WEI } from './company.ts';
import { given } from './given.ts';
import { abstains, approves, beforeBoard, rejects } from './steps.ts';

type Votes = readonly { seat: string; verdict: Verdict }[];
const VERDICTS = ['approve', 'reject', 'abstain'] as const;

function board(): Stage {
  const stage = GUIDE.categories.normal.stages.find(({ kind }) => kind === 'vote');
  if (!stage) throw new Error('the guide has a board');
  return { ...stage, material: [] };
}
const CAB = board();
const SEATS = CAB.seats.map(({ id }) => id);

/** What the rules say after these votes, of `voters` who may vote. */
function asked(votes: Votes, voters = 6): string {
  const decisions: Decision[] = votes.map((vote) => ({
    ...{ ...vote, stage: CAB.id, by: vote.seat, role: 'r', at: 0, seen: '' },
  }));
  return standing(CAB, { decisions, opened: { [CAB.id]: { round: 1, voters } } });
}

/** What a clerk would say when everybody has voted: the majority, or at a tie the chair. */
function clerk(votes: Votes): 'passed' | 'rejected' {
  const count = (verdict: Verdict) => votes.filter((vote) => vote.verdict === verdict).length;
  const lead = count('approve') - count('reject');
  if (lead !== 0) return lead > 0 ? 'passed' : 'rejected';
  return votes.some((vote) => vote.seat === 'chair' && vote.verdict === 'approve') ? 'passed' : 'rejected';
}

/** Every result that these votes can still come to, once all `voters` have voted. */
const outcomes = new Map<string, Set<string>>();
function possible(votes: Votes, voters: number): Set<string> {
  if (votes.length === voters) return new Set([clerk(votes)]);
  const key = `${voters} ${SEATS.map((seat) => votes.find((vote) => vote.seat === seat)?.verdict ?? '-')}`;
  const known = outcomes.get(key);
  if (known) return known;
  const all = new Set(next(votes).flatMap((more) => [...possible(more, voters)]));
  outcomes.set(key, all);
  return all;
}

function next(votes: Votes): Votes[] {
  const free = SEATS.filter((seat) => !votes.some((vote) => vote.seat === seat));
  return free.flatMap((seat) => VERDICTS.map((verdict) => [...votes, { seat, verdict }]));
}

/** Every way in which some of the six seats can have voted: 4 to the power of 6. */
function everyBallot(): Votes[] {
  return SEATS.reduce<Votes[]>(
    (ballots, seat) =>
      ballots.flatMap((votes) => [votes, ...VERDICTS.map((verdict) => [...votes, { seat, verdict }])]),
    [[]],
  );
}

describe('a vote of six seats', () => {
  test.each([4, 5, 6])('is decided as soon as, and only when, nothing can turn it: %i may vote', (voters) => {
    const ballots = everyBallot().filter((votes) => votes.length <= voters);
    for (const votes of ballots) {
      const [only, ...others] = possible(votes, voters);
      const expected = votes.length < 4 || others.length > 0 ? 'open' : only;
      expect(`${JSON.stringify(votes)} ${asked(votes, voters)}`).toBe(`${JSON.stringify(votes)} ${expected}`);
    }
  });

  test('does not depend on the order of the votes', () => {
    for (const votes of everyBallot()) expect(asked(votes.toReversed())).toBe(asked(votes));
  });

  test('with nobody but abstentions is no approval', () => {
    expect(asked(SEATS.map((seat) => ({ seat, verdict: 'abstain' })))).toBe('rejected');
  });

  test('waits for its quorum, however clear it is', () => {
    expect(asked(SEATS.slice(0, 3).map((seat) => ({ seat, verdict: 'approve' })))).toBe('open');
  });
});

describe('on the board', () => {
  test('each vote is recorded; the deciding one approves', () => {
    given(...beforeBoard, approves(WEI), approves(GRACE), abstains(AMIRA), rejects(LUCIA))
      .when(approves(TOMAS))
      .gives({ type: 'Decided', seat: 'product' }, 'StagePassed', 'ChangeApproved');
  });

  test('a majority against it rejects, in the words of the last who said no', () => {
    given(...beforeBoard, rejects(WEI), rejects(GRACE), rejects(AMIRA))
      .when(rejects(LUCIA, 'No rehearsal.'))
      .gives('Decided', { type: 'ChangeRejected', stage: 'cab', by: LUCIA, words: 'No rehearsal.' });
  });

  const tied = given(...beforeBoard, approves(WEI), approves(GRACE), rejects(AMIRA), rejects(LUCIA));
  test('the chair breaks a tie', () => {
    const evenly = tied.when(abstains(TOMAS)).and();
    evenly.when(approves(PRIYA)).gives('Decided', 'StagePassed', 'ChangeApproved');
    evenly.when(rejects(PRIYA)).gives('Decided', 'ChangeRejected');
    evenly.when(abstains(PRIYA)).gives('Decided', { type: 'ChangeRejected', by: LUCIA });
  });

  test("the chair's casting vote counts as soon as only a tie could come of it", () => {
    tied.when(approves(PRIYA)).gives('Decided', 'StagePassed', 'ChangeApproved');
  });
});
