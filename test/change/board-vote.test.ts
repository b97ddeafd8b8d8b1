import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import type { PersonId, Verdict } from '../../src/change/types.ts';
import { AMIRA, DANA, GRACE, GUIDE, holders, LUCIA, NADIA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { DAY, HOUR, MONDAY_10, normal } from './proposals.ts';
import {
  abstains,
  altersVote,
  approves,
  beforeBoard,
  clicksAgain,
  comesBack,
  defers,
  edits,
  files,
  recuses,
  rejects,
  reminds,
  type Step,
  seenNow,
  takesUp,
  waivesQuorum,
  withdraws,
} from './steps.ts';

const asksAgain: Step = (_, at) => ({ type: 'AskAgain', by: 'docket', at });
const votesOf = ({ change }: Given) =>
  change.decisions.filter(({ stage }) => stage === 'cab').map(({ by, verdict }) => [by, verdict]);

describe('who has an interest in a change', () => {
  test('stands aside with the reason, and is not counted', () => {
    given(...beforeBoard)
      .when(recuses(WEI, ''))
      .refused('incomplete', /say why/, 'words');
    given(...beforeBoard, recuses(WEI), approves(PRIYA), approves(LUCIA), approves(GRACE))
      .when(approves(AMIRA))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('does not make up a quorum', () => {
    given(...beforeBoard, recuses(WEI), approves(PRIYA), approves(LUCIA))
      .when(approves(GRACE))
      .gives('Decided');
  });

  test('stays aside', () => {
    given(...beforeBoard, recuses(WEI))
      .when(altersVote(WEI, 'approve'))
      .refused('not now', /that stays so/);
    given(...beforeBoard, recuses(WEI))
      .when(approves(WEI))
      .refused('seat taken');
  });

  test('and carries it out has no vote, nor has who stands in for them', () => {
    const byWei = [files('normal', normal({ implementer: WEI })), ...beforeBoard.slice(1)];
    given(...byWei)
      .when(approves(WEI))
      .refused('own change', /You are to carry out this change/);
    const standIn = { holders: holders({ infrastructure_architect: [WEI, { person: SAM, for: WEI }] }) };
    given(...byWei)
      .with(standIn)
      .when(approves(SAM))
      .refused('not your role');
    expect(given(...byWei).change.opened.cab).toMatchObject({ voters: 5 });
  });
});

describe('when too few are left for the quorum', () => {
  const three = [...beforeBoard, recuses(WEI), recuses(GRACE)];
  const lost = given(...three, recuses(AMIRA));

  test('the overseer and the chair are told, once', () => {
    const told = given(...three).when(recuses(AMIRA));
    told.gives('Decided', { type: 'QuorumLost', quorum: 4, left: 3, people: [NADIA, PRIYA] });
    const [, event] = told.events;
    expect(event && effects(event, told.change)).toMatchObject([
      ...[{ do: 'note', to: 'thread' }, { to: NADIA }, { to: PRIYA }, { do: 'redraw' }],
    ]);
    lost.when(approves(PRIYA)).gives('Decided');
  });

  test('the chair may let the rest decide, and nobody else', () => {
    const voted = lost.when(approves(PRIYA)).and().when(approves(LUCIA)).and().when(abstains(TOMAS)).and();
    expect(voted.change.status).toBe('in review');
    voted
      .when(waivesQuorum(TOMAS))
      .refused('not your role', /Only the chair of the board \(<@U02PRIYA003>\)/);
    voted.when(waivesQuorum(NADIA)).refused('not your role');
    voted.when(waivesQuorum(DANA)).refused('own change');
    voted.when(waivesQuorum(PRIYA, ' ')).refused('incomplete', /say why/, 'words');
    const decided = voted.when(waivesQuorum(PRIYA));
    decided.gives('QuorumWaived', 'StagePassed', 'ChangeApproved', 'Scheduled');
    decided.and().when(waivesQuorum(PRIYA)).doesNothing();
    const early = lost.when(waivesQuorum(PRIYA)).and();
    early.when(waivesQuorum(PRIYA)).doesNothing();
    const one = early.when(approves(PRIYA)).and();
    expect(one.change.status).toBe('in review');
    one.when(approves(LUCIA)).gives('Decided');
    one
      .when(approves(LUCIA))
      .and()
      .when(approves(TOMAS))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('the overseer may where the chair has stood aside', () => {
    const aside = given(...beforeBoard, recuses(PRIYA), recuses(WEI), recuses(GRACE));
    aside.when(waivesQuorum(PRIYA)).refused('not your role');
    aside.when(waivesQuorum(NADIA)).gives('QuorumWaived');
  });

  test('one alone never decides for the board', () => {
    const alone = [PRIYA, WEI, GRACE, AMIRA, TOMAS].map((who) => recuses(who));
    const left = given(...beforeBoard, ...alone, waivesQuorum(NADIA))
      .when(approves(LUCIA))
      .gives('Decided');
    expect(left.change.status).toBe('in review');
  });

  test('it is not waived while the quorum can be reached', () => {
    given(...three)
      .when(waivesQuorum(PRIYA))
      .refused('not now', /can still be reached: 4 can vote/);
  });

  test('it can be because people have left, and new ones make up for them', () => {
    const left = { devops_lead: [], development_lead: [], product_manager: [] };
    const gone = given(...beforeBoard).with({ holders: holders(left) });
    gone
      .when(asksAgain)
      .gives(
        { type: 'VotersCounted', voters: 3, chairless: true },
        { type: 'QuorumLost', left: 3, people: [NADIA] },
      );
    const back = gone
      .when(asksAgain)
      .and()
      .with({ holders: holders({ ...left, devops_lead: [SAM] }) });
    back.when(asksAgain).gives('Reassigned', { type: 'VotersCounted', voters: 4 });
    back.when(asksAgain).and().when(asksAgain).doesNothing();
  });
});

describe('a vote in which people come and go', () => {
  test('counts nobody twice who could fill two of its seats', () => {
    const twice = { holders: holders({ business_representative: [PRIYA] }) };
    given(...beforeBoard)
      .with(twice)
      .when(approves(PRIYA))
      .gives({ type: 'Decided', seat: 'chair' }, { type: 'VotersCounted', voters: 5 });
  });

  test('is decided by those who are still there', () => {
    const tied = given(...beforeBoard, approves(PRIYA), approves(WEI), rejects(GRACE), rejects(AMIRA));
    const without = tied.with({ holders: holders({ product_manager: [] }) });
    expect(tied.change.status).toBe('in review');
    const decided = without.when(asksAgain).and().when(abstains(LUCIA));
    decided.gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('counts the deputies once its time is up', () => {
    const company = holders({
      product_manager: [{ person: SAM, deputy: true }],
      business_representative: [],
    });
    const late = given(...beforeBoard.slice(0, 3))
      .with({ holders: holders() })
      .when(approves(TOMAS))
      .and()
      .with({ holders: company });
    expect(late.when(asksAgain).events).toMatchObject([{ type: 'Reassigned' }, { voters: 5 }]);
    late
      .when(asksAgain)
      .and()
      .when(reminds('cab', 1, 100))
      .gives('Reminded');
  });
});

describe('a vote may be altered', () => {
  const voted = given(...beforeBoard, approves(PRIYA), rejects(WEI));

  test('until it is decided; the later one takes its place', () => {
    const altered = voted.when(altersVote(WEI, 'approve', 'The rehearsal convinced me.'));
    altered.gives({ type: 'Decided', verdict: 'approve', seat: 'architect', replaces: expect.any(Number) });
    expect(votesOf(altered.and())).toEqual([
      [PRIYA, 'approve'],
      [WEI, 'approve'],
    ]);
    const decided = altered.and().when(approves(LUCIA)).and().when(approves(GRACE)).and();
    expect(decided.change.status).toBe('scheduled');
    decided.when(altersVote(WEI, 'reject')).refused('not now', /scheduled now/);
  });

  test('and can so be what decides it', () => {
    const close = given(...beforeBoard, approves(PRIYA), approves(WEI), rejects(GRACE), rejects(AMIRA));
    expect(close.change.status).toBe('in review');
    close.when(altersVote(GRACE, 'approve')).gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('not by an old click, nor twice by one form', () => {
    voted.when(approves(WEI)).refused('seat taken');
    const form = altersVote(WEI, 'approve')(voted.change, voted.at);
    const altered = voted.when(() => form).and();
    altered.when(() => form).doesNothing();
    const again = altered.when(altersVote(WEI, 'reject', 'After all, no.')).and();
    again.when(() => form).refused('stale', /altered since/);
    again.when(clicksAgain(WEI)).doesNothing();
  });

  test('adds guidance to an approval', () => {
    voted
      .when(altersVote(PRIYA, 'approve', 'Keep support informed.'))
      .gives({ type: 'Decided', words: 'Keep support informed.' });
  });

  test('by whom it was given for, or who gave it for them; not without the role', () => {
    const standIn = holders({ infrastructure_architect: [WEI, { person: SAM, for: WEI }] });
    const bySam = given(...beforeBoard)
      .with({ holders: standIn })
      .when(rejects(SAM))
      .and();
    const byWei = bySam.when(altersVote(WEI, 'approve'));
    byWei.gives({ type: 'Decided', by: WEI, seat: 'architect' });
    byWei.and().when(altersVote(SAM, 'reject')).refused('seat taken');
    bySam.when(altersVote(SAM, 'approve')).gives({ type: 'Decided', by: SAM, for: WEI });
    bySam
      .with({ holders: holders() })
      .when(altersVote(SAM, 'approve'))
      .refused('not your role', /no longer hold/);
  });

  test('in the right in which it was given, and in no other', () => {
    const standIn = holders({ infrastructure_architect: [WEI, { person: SAM, for: WEI }] });
    const bySam = given(...beforeBoard)
      .with({ holders: standIn })
      .when(rejects(SAM))
      .and();
    const own = { holders: holders({ infrastructure_architect: [WEI, SAM] }) };
    bySam
      .with(own)
      .when(altersVote(SAM, 'approve'))
      .refused('not your role', /no longer hold/);
  });

  test('not by who is to carry it out by now, where that voids no vote', () => {
    const { normal: category } = GUIDE.categories;
    const stages = category.stages.map((stage) => ({ ...stage, material: ['userImpact' as const] }));
    const policy = {
      ...GUIDE,
      categories: { ...GUIDE.categories, normal: { ...category, stages } },
    };
    const board = goesOn(given().with({ policy }), ...beforeBoard, approves(WEI));
    const named = board.when(edits({ implementer: WEI }));
    named.gives({ type: 'Edited', voided: [] });
    named
      .and()
      .when(altersVote(WEI, 'reject'))
      .refused('own change', /carry out/);
  });
});

describe('a change that is deferred', () => {
  const nearly = [...beforeBoard, approves(PRIYA), defers(WEI, 7), defers(GRACE, 9), defers(LUCIA, 3)];

  test('needs a day that is to come, and words', () => {
    const board = given(...beforeBoard);
    board.when(defers(WEI, 7, '')).refused('incomplete', /when it comes back/, 'words');
    board.when(defers(WEI, 0)).refused('incomplete', /still to come/, 'until');
    board.when(defers(WEI, -1)).refused('incomplete', /still to come/, 'until');
    board.when(defers(WEI, 61)).refused('incomplete', /within the next 60 days/, 'until');
    board
      .when((change, at) => ({
        ...{ type: 'Decide', by: WEI, at, verdict: 'defer', seen: seenNow(change), words: 'Later.' },
      }))
      .refused('incomplete', /Choose the day/, 'until');
    given(...beforeBoard.slice(0, 2))
      .when(defers(PRIYA))
      .refused('not now', /one person's decision/);
  });

  test('waits for the latest of the days, in the morning, and its time is longer', () => {
    const deferred = given(...nearly).when(defers(AMIRA, 8));
    // Wednesday the 11th at 9 in Berlin.
    const until = MONDAY_10 + 9 * DAY - HOUR;
    deferred.gives('Decided', { type: 'Deferred', by: AMIRA, until });
    const { change } = deferred;
    expect(change).toMatchObject({ status: 'deferred', decisions: [{}, {}, {}], deferred: { until } });
    expect(change.deferrals?.[0]?.votes).toHaveLength(5);
    expect(change.dueAt).toBeGreaterThan(until);
    const [, event] = deferred.events;
    expect(event && effects(event, change)).toContainEqual({
      ...{ do: 'timer', at: until, intent: { type: 'TakeUp', until } },
    });
  });

  test('waits for the day of the chair, where they have named one', () => {
    given(...beforeBoard, defers(WEI, 9), defers(GRACE, 9), defers(LUCIA, 9))
      .when(defers(PRIYA, 3))
      .gives('Decided', { type: 'Deferred', until: MONDAY_10 + 3 * DAY - HOUR });
  });

  test('has no less time than before, however soon it is back', () => {
    const board = given(...beforeBoard, ...[WEI, GRACE, LUCIA].map((who) => defers(who, 1)));
    const deferred = board.when(defers(AMIRA, 1)).gives('Decided', 'Deferred');
    expect(deferred.change.dueAt).toBe(board.change.dueAt);
  });

  test('can be outvoted, and the chair decides whether a tie is a no', () => {
    given(...beforeBoard, defers(WEI), approves(PRIYA), approves(LUCIA))
      .when(approves(GRACE))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
    const even = given(...beforeBoard, defers(WEI), defers(GRACE), rejects(LUCIA), abstains(TOMAS));
    even.when(rejects(AMIRA)).and().when(rejects(PRIYA)).gives('Decided', 'ChangeRejected');
    even.when(rejects(AMIRA)).and().when(abstains(PRIYA)).gives('Decided', 'Deferred');
  });

  const deferred = given(...nearly, defers(AMIRA, 8));

  test('does nothing when the vote that brought it about comes a second time', () => {
    const even = given(
      ...beforeBoard,
      defers(WEI),
      defers(GRACE),
      rejects(LUCIA),
      abstains(TOMAS),
      rejects(AMIRA),
    );
    const vote = abstains(PRIYA)(even.state, even.at);
    even.when(() => vote).gives('Decided', 'Deferred');
    even
      .when(() => vote)
      .and()
      .when(() => vote)
      .doesNothing();
  });

  test('asks nobody until then, and everybody when it comes back', () => {
    deferred.when(approves(TOMAS)).refused('not now', /deferred now/);
    deferred.when(reminds('cab', 1, 100)).doesNothing();
    deferred.when(asksAgain).doesNothing();
    deferred.when((_, at) => ({ type: 'TakeUp', by: 'docket', at, until: 1 })).doesNothing();
    const back = deferred.later(9 * DAY).when(comesBack);
    back.gives('TakenUp', { type: 'StageOpened', stage: 'cab', round: 2, voters: 6 });
    back.and().when(comesBack).doesNothing();
    const late = back.and().when(approves(PRIYA)).and().when(approves(WEI)).and();
    expect(votesOf(late)).toEqual([
      [PRIYA, 'approve'],
      [WEI, 'approve'],
    ]);
  });

  test('is taken up earlier by the chair alone', () => {
    deferred.when(takesUp(PRIYA)).gives({ type: 'TakenUp', role: 'devops_lead' }, 'StageOpened');
    deferred.when(takesUp(WEI)).refused('not your role');
    deferred.when(takesUp(DANA)).refused('own change');
    given(...beforeBoard)
      .when(takesUp(PRIYA))
      .refused('not now', /has not been deferred/);
  });

  test('can be edited and withdrawn; what voids a review goes there first', () => {
    deferred.when(withdraws(DANA)).gives('Withdrawn');
    deferred.when(edits({ communicationPlan: 'A post two days ahead.' })).gives('Edited', {
      ...{ type: 'StageOpened', stage: 'validation' },
    });
    deferred
      .when(edits({ description: 'Partition the bookings table so that old months can be archived!' }))
      .gives('Edited');
  });
});

test('the rules agree with a clerk on every ballot, with the requester on the board and the chair stood in for', () => {
  // Wei files it, so his seat is empty; Sam votes for Priya, who chairs.
  const company = holders({ devops_lead: [PRIYA, { person: SAM, for: PRIYA }] });
  const [, ...reviewed] = beforeBoard;
  const start = given(files('normal', normal(), WEI), ...reviewed).with({ holders: company });
  const voters = [SAM, LUCIA, TOMAS, AMIRA, GRACE];
  const steps: Record<Verdict, (by: PersonId) => Step> = {
    ...{ approve: approves, reject: rejects, abstain: abstains, recuse: recuses, defer: defers },
  };
  const results = new Map<string, number>();
  const walk = (at: Given, left: readonly PersonId[], ballot: Verdict[]): void => {
    const [by, ...rest] = left;
    if (at.change.status !== 'in review' || by === undefined) {
      const says = SAYS[at.change.status] ?? at.change.status;
      expect(`${ballot} ${says}`).toBe(`${ballot} ${clerks(ballot, rest.length + (by ? 1 : 0))}`);
      results.set(says, (results.get(says) ?? 0) + 1);
      return;
    }
    for (const [verdict, step] of Object.entries(steps) as [Verdict, (by: PersonId) => Step][])
      walk(at.when(step(by)).and(), rest, [...ballot, verdict]);
  };
  walk(start, voters, []);
  expect([...results.keys()].sort()).toEqual(['approved', 'deferred', 'open', 'rejected']);
});

/** What is approved is scheduled at once, since nothing stands against its window. */
const SAYS: Partial<Record<string, string>> = { 'in review': 'open', scheduled: 'approved' };

/** The same vote counted by hand; the first ballot is the chair's, and nobody is left to turn it. */
function clerks(ballot: Verdict[], unheard: number): string {
  const counted = ballot.filter((verdict) => verdict !== 'recuse');
  if (counted.length < 4) return 'open';
  const n = (verdict: Verdict) => ballot.filter((each) => each === verdict).length;
  const lead = n('approve') - n('reject') - n('defer');
  if (lead - unheard > 0 || (lead - unheard === 0 && ballot[0] === 'approve')) return 'approved';
  const later = n('defer') - n('reject');
  if (later - unheard > 0 || (later - unheard === 0 && n('defer') > 0 && ballot[0] !== 'reject'))
    return 'deferred';
  return 'rejected';
}
