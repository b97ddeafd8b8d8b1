import { describe, expect, test } from 'vitest';
import { DANA, holders, JONAS, MAYA, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { given } from './given.ts';
import { normal } from './proposals.ts';
import * as it from './steps.ts';

const { approves, rejects, returns, abstains, files } = it;

describe('the requester never decides', () => {
  const everyRole = holders(
    Object.fromEntries([...holders()].map(([role, people]) => [role, [DANA, ...people]])),
  );
  const stages = [
    ['validation', [it.filesNormal]],
    ['technical review', it.validated],
    ['business review', it.beforeBusiness],
    ['security review', it.beforeSecurity],
    ['board', it.beforeBoard],
    ['board, as the last vote', it.inVote],
    ['peer review', [it.filesStandard]],
    ['emergency', [it.filesEmergency]],
  ] as const;
  test.each(stages)('%s', (_, steps) => {
    for (const step of [approves(DANA), rejects(DANA), abstains(DANA), returns(DANA), it.asks(DANA)]) {
      given(...steps)
        .when(step)
        .refused('own change', /You filed/);
      given(...steps)
        .with({ holders: everyRole })
        .when(step)
        .refused('own change');
    }
  });
});

describe('only who holds the role now decides', () => {
  test.each([approves, rejects, returns, it.asks])('%o by a stranger', (step) => {
    given(it.filesNormal)
      .when(step(SAM))
      .refused('not your role', /Validation is for: Change manager/);
  });

  test('a reviewer of another stage waits their turn', () => {
    given(it.filesNormal).when(approves(PRIYA)).refused('not your role');
  });

  test('who lost the role since they were asked is refused, who got it may', () => {
    const company = { holders: holders({ devops_lead: [SAM] }) };
    given(...it.validated)
      .with(company)
      .when(approves(PRIYA))
      .refused('not your role', /do not hold/);
    given(...it.validated)
      .with(company)
      .when(approves(SAM))
      .gives('Decided', 'StagePassed', 'StageOpened');
  });

  test('who lost the role after deciding has still decided', () => {
    const company = { holders: holders({ devops_lead: [] }) };
    given(...it.beforeBusiness)
      .with(company)
      .when(approves(TOMAS))
      .gives('Decided', 'StagePassed', 'StageOpened');
  });

  test('a named reviewer is asked alone, yet any other who may can step in', () => {
    const naming = files('standard', { ...normal(), reviewer: WEI });
    const { events } = given().when(naming);
    expect(events.at(-1)).toMatchObject({ asked: { peer: [WEI] } });
    given(naming).when(approves(OLGA)).gives('Decided', 'StagePassed', 'ChangeApproved');
  });
});

describe('a decision is on exactly what was shown', () => {
  test('another text is stale', () => {
    given(...it.validated)
      .when(it.approvesUnseen(PRIYA))
      .refused('stale', /has changed/);
    given(it.filesNormal)
      .when((_, at) => ({ type: 'Return', by: NADIA, at, words: 'Why?', seen: 'old' }))
      .refused('stale');
  });

  test('what was shown before a material edit is stale, before a typo it is not', () => {
    const asked = given(...it.validated);
    const late = it.approvesUnseen(PRIYA, it.seenNow(asked.change));
    asked
      .when(it.edits({ userImpact: 'Agents wait.' }))
      .and()
      .when(approves(NADIA))
      .and()
      .when(late)
      .gives('Decided', 'StagePassed', 'StageOpened');
    asked
      .when(it.edits({ risks: 'Data loss.' }))
      .and()
      .when(approves(NADIA))
      .and()
      .when(late)
      .refused('stale');
    asked
      .when(it.edits({ title: 'Split the booking table by month' }))
      .and()
      .when(late)
      .gives('Decided', 'StagePassed', 'StageOpened');
  });
});

describe('a decision that does not fit', () => {
  test('an abstention outside a vote', () => {
    given(...it.validated)
      .when(abstains(PRIYA))
      .refused('not now', /one person's decision/);
  });

  test('a rejection or abstention without words', () => {
    given(...it.validated)
      .when(rejects(PRIYA, '  '))
      .refused('incomplete', /say why/);
    given(...it.beforeBoard)
      .when(rejects(PRIYA, ''))
      .refused('incomplete', /say why/);
    given(...it.beforeBoard)
      .when(abstains(PRIYA, ''))
      .refused('incomplete', /say why/);
  });

  test.each([
    ['returned', [it.filesNormal, returns(NADIA)]],
    ['approved', it.approvedStandard],
    ['rejected', [...it.validated, rejects(PRIYA)]],
    ['withdrawn', [it.filesNormal, it.withdraws(DANA)]],
  ] as const)('on a change that is %s', (status, steps) => {
    const ended = given(...steps);
    for (const step of [approves(TOMAS), rejects(TOMAS), returns(TOMAS), it.asks(TOMAS)])
      ended.when(step).refused('not now', new RegExp(`is ${status} now`));
  });

  test('on a change that is not there', () => {
    given()
      .when(approves(NADIA))
      .refused('unknown', /no such change/);
  });
});

describe('a second click does nothing', () => {
  test.each([
    ['while others are asked', [it.filesEmergency, approves(MAYA)], MAYA],
    ['when the next stage is open', it.beforeBusiness, PRIYA],
    ['when the change is approved', it.approvedStandard, JONAS],
    ['when the change is rejected', [...it.validated, rejects(PRIYA)], PRIYA],
  ] as const)('%s', (_, steps, who) => {
    given(...steps)
      .when(it.clicksAgain(who))
      .doesNothing();
  });

  test('but a change of mind is refused', () => {
    given(it.filesEmergency, approves(MAYA))
      .when(rejects(MAYA))
      .refused('seat taken', /already decided/);
  });
});
