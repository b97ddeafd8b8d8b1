import { describe, expect, test } from 'vitest';
import { waitingFor } from '../../src/change/seats.ts';
import { isUnderReview } from '../../src/change/states.ts';
import {
  AMIRA,
  DANA,
  GRACE,
  holders,
  JONAS,
  KLAUS,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { normal, UNTIL_OPEN } from './proposals.ts';
import {
  addsAction,
  approvedNormal,
  approves,
  beforeBoard,
  cancels,
  completesAction,
  exempts,
  filesEmergency,
  filesNormal,
  filesStandard,
  finds,
  finishes,
  prepares,
  readyToStart,
  reassigns,
  reclassifies,
  recordsTests,
  recuses,
  reminds,
  returns,
  reviewsEmergency,
  type Step,
  starts,
  validated,
  verifies,
  waivesQuorum,
  withdraws,
} from './steps.ts';

const asksAgain: Step = (_, at) => ({ type: 'AskAgain', by: 'docket', at });

/** Sam stands in for Priya, who leads DevOps and chairs the board. */
const forPriya = { holders: holders({ devops_lead: [PRIYA, { person: SAM, for: PRIYA }] }) };

function asked({ change }: Given, seat: string): string[] {
  return isUnderReview(change) ? (change.open.asked[seat] ?? []) : [];
}

describe('who stands in for somebody', () => {
  test('is asked too about what already waits, and decides in their right', () => {
    const waiting = given(...validated).with(forPriya);
    waiting
      .when(asksAgain)
      .gives({ type: 'Reassigned', by: 'docket', before: [PRIYA], people: [PRIYA, SAM] });
    const told = waiting.when(asksAgain).and();
    told.when(asksAgain).doesNothing();
    told
      .when(approves(SAM))
      .gives({ type: 'Decided', by: SAM, for: PRIYA, role: 'devops_lead' }, 'StagePassed', 'StageOpened');
  });

  test('uses up the right of whom they stand in for', () => {
    const decided = given(...validated)
      .with(forPriya)
      .when(approves(SAM))
      .and();
    decided.when(approves(PRIYA)).refused('seat taken', /<@U02SAM00014> has already decided on .* for you/);
  });

  test('cannot decide once the other has, nor for the requester, nor as the requester', () => {
    const both = holders({
      devops_lead: [PRIYA, { person: SAM, for: PRIYA }],
      product_manager: [{ person: SAM, for: PRIYA }, TOMAS],
    });
    const byPriya = given(...validated)
      .with({ holders: both })
      .when(approves(PRIYA))
      .and();
    byPriya.when(approves(SAM)).refused('seat taken', /for whom you stand in, has already decided/);
    const forDana = holders({ devops_lead: [PRIYA, DANA, { person: SAM, for: DANA }] });
    given(...validated)
      .with({ holders: forDana })
      .when(approves(SAM))
      .refused('not your role');
    const asDana = holders({ devops_lead: [PRIYA, { person: DANA, for: PRIYA }] });
    given(...validated)
      .with({ holders: asDana })
      .when(approves(DANA))
      .refused('own change');
  });

  test('does not verify in the place of who carried it out', () => {
    const done = given(...readyToStart)
      .later(5 * 24 * 3_600_000 + 14 * 3_600_000)
      .when(starts(DANA))
      .and();
    const finished = done.when(finishes(DANA)).and();
    const able = holders({
      peer_reviewer: [DANA, { person: SAM, for: DANA }, JONAS, { person: GRACE, for: JONAS }],
    });
    finished.with({ holders: able }).when(verifies(SAM)).refused('not your role');
    finished
      .with({ holders: able })
      .when(verifies(GRACE))
      .gives({ type: 'Verified', for: JONAS }, 'ChangeClosed');
  });

  test('decides in their own right first, so that the other can still decide elsewhere', () => {
    const both = holders({ peer_reviewer: [{ person: JONAS, for: OLGA }, JONAS] });
    const [decided] = given(filesStandard).with({ holders: both }).when(approves(JONAS)).events;
    expect(decided).toMatchObject({ type: 'Decided', by: JONAS });
    expect(decided).not.toHaveProperty('for');
  });

  test('is let go when it is over', () => {
    const during = given(...validated)
      .with(forPriya)
      .when(asksAgain)
      .and();
    const over = during.with({ holders: holders() });
    over.when(approves(SAM)).refused('not your role');
    over.when(asksAgain).gives({ type: 'Reassigned', people: [PRIYA], before: [PRIYA, SAM] });
  });

  test('counts once for the quorum: one person cannot be two votes', () => {
    const two = holders({
      infrastructure_architect: [{ person: SAM, for: PRIYA }],
      business_representative: [{ person: SAM, for: PRIYA }],
      security_representative: [{ person: WEI, for: PRIYA }],
    });
    const board = given(...beforeBoard).with({ holders: two });
    board.when(asksAgain).and().when(approves(SAM)).and().when(approves(WEI)).refused('seat taken');
  });
});

describe('a deputy', () => {
  const deputy = { holders: holders({ devops_lead: [PRIYA, { person: SAM, deputy: true }] }) };

  test('decides only once the time is up, and is asked then', () => {
    const waiting = given(...validated).with(deputy);
    waiting.when(approves(SAM)).refused('not your role');
    waiting.when(reminds('technical', 1, 80)).gives('Reminded');
    const late = waiting.when(reminds('technical', 1, 100));
    late.gives({ type: 'Reminded', overseers: [] }, { type: 'Reassigned', people: [PRIYA, SAM] });
    late.and().when(approves(SAM)).gives({ type: 'Decided', by: SAM }, 'StagePassed', 'StageOpened');
  });

  test('is asked at once where nobody else can be', () => {
    const alone = { holders: holders({ devops_lead: [DANA, { person: SAM, deputy: true }] }) };
    const opened = given(filesNormal).with(alone).when(approves(NADIA)).and();
    expect(asked(opened, 'technical')).toEqual([SAM]);
    opened.when(approves(SAM)).gives('Decided', 'StagePassed', 'StageOpened');
  });
});

describe('somebody who leaves', () => {
  test('is let go, and who else holds the role is asked', () => {
    const named = given(filesStandard).with({ holders: holders({ peer_reviewer: [OLGA] }) });
    named.when(asksAgain).gives({ type: 'Reassigned', people: expect.not.arrayContaining([JONAS]) });
  });

  test('leaves a seat to be asked of all who are left, if nobody else was asked', () => {
    const gone = given(...validated).with({ holders: holders({ devops_lead: [AMIRA] }) });
    gone.when(asksAgain).gives({ type: 'Reassigned', before: [PRIYA], people: [AMIRA] });
    const { change } = gone.when(asksAgain).and();
    expect(isUnderReview(change) && waitingFor(change, gone.facts.holders)).toEqual([AMIRA]);
  });
});

describe('what is done to a change besides deciding keeps in the record in which role, and for whom', () => {
  const deputised = {
    holders: holders({
      change_manager: [{ person: JONAS, for: NADIA }],
      devops_lead: [{ person: SAM, for: PRIYA }],
    }),
  };
  const asManager = { by: JONAS, role: 'change_manager', for: NADIA };
  const at = (...steps: Step[]) => given(...steps).with(deputised);

  test('by the change manager, or who stands in for them', () => {
    at(filesNormal)
      .when(reclassifies(JONAS, 'emergency'))
      .gives({ type: 'Reclassified', ...asManager }, 'Returned');
    at(filesStandard)
      .when(reassigns(JONAS, 'peer', [OLGA]))
      .gives({ type: 'Reassigned', ...asManager });
    at(...approvedNormal)
      .when(cancels(JONAS))
      .gives({ type: 'Cancelled', ...asManager });
    at(filesNormal, returns(NADIA))
      .when(withdraws(JONAS, 'Left lying.'))
      .gives({ type: 'Withdrawn', ...asManager });
    const own = given(filesStandard).when(reassigns(NADIA, 'peer', [OLGA])).events[0];
    expect(own).toMatchObject({ role: 'change_manager' });
    expect(own).not.toHaveProperty('for');
  });

  test('by the chair of the board, or who leads it where nobody sits there', () => {
    const aside = [PRIYA, WEI, GRACE].map((who) => recuses(who));
    const lost = at(...beforeBoard, ...[WEI, GRACE, AMIRA].map((who) => recuses(who)));
    expect(lost.when(waivesQuorum(SAM)).events[0]).toMatchObject({
      ...{ type: 'QuorumWaived', by: SAM, role: 'devops_lead', for: PRIYA },
    });
    given(...beforeBoard, ...aside)
      .when(waivesQuorum(NADIA))
      .gives({ type: 'QuorumWaived', role: 'change_manager' });
  });

  test('by who lets it into a freeze, and by who reviews an emergency for the board', () => {
    const { startsAt = 0, endsAt = 0 } = normal();
    const scope = { systems: [], environments: [], categories: [] };
    const soft = { id: 'freeze/1', kind: 'soft' as const, startsAt, endsAt, scope, reason: 'Spring sale' };
    const frozen = at(filesNormal).with({ calendar: { freezes: [soft], scheduled: [] } });
    frozen.when(exempts(JONAS, frozen)).gives({ type: 'Exempted', ...asManager });
    const ended = goesOn(
      given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS)),
      ...[recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA), finishes(PRIYA)],
    );
    const forWei = holders({ infrastructure_architect: [{ person: SAM, for: WEI }] });
    const asWei = { by: SAM, role: 'infrastructure_architect', for: WEI };
    const reviewed = ended.with({ holders: forWei }).when(reviewsEmergency(SAM));
    reviewed.gives({ type: 'EmergencyReviewed', ...asWei });
    expect('boardReview' in reviewed.change && reviewed.change.boardReview).toMatchObject(asWei);
  });

  test('by who logs what an audit has found, and by who says for others that an item is done', () => {
    const auditing = holders({ auditor: [WEI, { person: SAM, for: WEI }] });
    const audited = given(filesNormal).with({ holders: auditing }).when(finds(SAM, 'audit'));
    audited.gives({ type: 'FindingLogged', by: SAM, role: 'auditor', for: WEI });
    expect(audited.change.findings).toMatchObject([{ by: SAM, role: 'auditor', for: WEI }]);
    at(filesNormal)
      .when(finds(JONAS, 'audit'))
      .gives({ type: 'FindingLogged', ...asManager });
    const done = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA), finishes(DANA));
    const defect = done.when(finds(NADIA)).events[0];
    expect(defect).not.toHaveProperty('role');
    const open = goesOn(done, addsAction(DANA, SAM)).with(deputised);
    const said = open.when(completesAction(JONAS));
    said.gives({ type: 'ActionCompleted', ...asManager });
    expect('actions' in said.change && said.change.actions[0]?.done).toMatchObject(asManager);
    for (const who of [SAM, DANA])
      expect(open.when(completesAction(who)).events[0]).not.toHaveProperty('role');
  });

  test('and none of it in the right of whose change it is', () => {
    const two = holders({ change_manager: [NADIA, { person: JONAS, for: NADIA }, OLGA] });
    const nadias: Step = (_, when) => ({ ...filesNormal(_, when), by: NADIA });
    const filed = given().with({ holders: two }).when(nadias).and();
    const { startsAt = 0, endsAt = 0 } = normal();
    const scope = { systems: [], environments: [], categories: [] };
    const soft = { id: 'freeze/1', kind: 'soft' as const, startsAt, endsAt, scope, reason: 'Spring sale' };
    const frozen = filed.with({ calendar: { freezes: [soft], scheduled: [] } });
    expect(frozen.change.requester).toBe(NADIA);
    frozen.when(exempts(JONAS, frozen)).refused('not your role');
    filed.when(reclassifies(JONAS, 'emergency')).refused('not your role');
    filed.when(reassigns(JONAS, 'validator', [JONAS])).refused('not your role');
  });

  test('not by its requester, nor by Docket', () => {
    expect(given(...approvedNormal).when(cancels(DANA)).events[0]).not.toHaveProperty('role');
    const waiting = given(...validated).with(forPriya);
    expect(waiting.when(asksAgain).events[0]).not.toHaveProperty('role');
  });
});
