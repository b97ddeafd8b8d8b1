import { describe, expect, test } from 'vitest';
import { DANA, holders, JONAS, MAYA, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { given } from './given.ts';
import { normal } from './proposals.ts';
import {
  abstains,
  approvedStandard,
  approves,
  approvesUnseen,
  asks,
  beforeBoard,
  beforeBusiness,
  beforeSecurity,
  clicksAgain,
  edits,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  inVote,
  rejects,
  returns,
  seenNow,
  validated,
  withdraws,
} from './steps.ts';

describe('the requester never decides', () => {
  const everyRole = holders(
    Object.fromEntries(
      [...holders()].map(([role, people]) => [role, [DANA, ...people.map(({ person }) => person)]]),
    ),
  );
  const stages = [
    ['validation', [filesNormal]],
    ['technical review', validated],
    ['business review', beforeBusiness],
    ['security review', beforeSecurity],
    ['board', beforeBoard],
    ['board, as the last vote', inVote],
    ['peer review', [filesStandard]],
    ['emergency', [filesEmergency]],
  ] as const;
  test.each(stages)('%s', (_, steps) => {
    for (const step of [approves(DANA), rejects(DANA), abstains(DANA), returns(DANA), asks(DANA)]) {
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
  test.each([approves, rejects, returns, asks])('%o by a stranger', (step) => {
    given(filesNormal)
      .when(step(SAM))
      .refused('not your role', /Validation is for: Change manager/);
  });

  test('a reviewer of another stage waits their turn', () => {
    given(filesNormal).when(approves(PRIYA)).refused('not your role');
  });

  test('who lost the role since they were asked is refused, who got it may', () => {
    const company = { holders: holders({ devops_lead: [SAM] }) };
    given(...validated)
      .with(company)
      .when(approves(PRIYA))
      .refused('not your role', /do not hold/);
    given(...validated)
      .with(company)
      .when(approves(SAM))
      .gives('Decided', 'StagePassed', 'StageOpened');
  });

  test('who lost the role after deciding has still decided', () => {
    const company = { holders: holders({ devops_lead: [] }) };
    given(...beforeBusiness)
      .with(company)
      .when(approves(TOMAS))
      .gives('Decided', 'StagePassed', 'StageOpened');
  });

  test('a named reviewer is asked alone, yet any other who may can step in', () => {
    const naming = files('standard', { ...normal(), reviewer: WEI });
    const { events } = given().when(naming);
    expect(events.at(-1)).toMatchObject({ asked: { peer: [WEI] } });
    given(naming).when(approves(OLGA)).gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });
});

describe('a decision is on exactly what was shown', () => {
  test('another text is stale', () => {
    given(...validated)
      .when(approvesUnseen(PRIYA))
      .refused('stale', /has changed/);
    given(filesNormal)
      .when((_, at) => ({ type: 'Return', by: NADIA, at, words: 'Why?', seen: 'old' }))
      .refused('stale');
  });

  test('what was shown before a material edit is stale, before a typo it is not', () => {
    const asked = given(...validated);
    const late = approvesUnseen(PRIYA, seenNow(asked.change));
    asked
      .when(edits({ userImpact: 'Agents wait.' }))
      .and()
      .when(approves(NADIA))
      .and()
      .when(late)
      .gives('Decided', 'StagePassed', 'StageOpened');
    asked
      .when(edits({ risks: 'Data loss.' }))
      .and()
      .when(approves(NADIA))
      .and()
      .when(late)
      .refused('stale');
    asked
      .when(edits({ title: 'Split the booking table by month' }))
      .and()
      .when(late)
      .gives('Decided', 'StagePassed', 'StageOpened');
  });
});

describe('a decision that does not fit', () => {
  test('an abstention outside a vote', () => {
    given(...validated)
      .when(abstains(PRIYA))
      .refused('not now', /one person's decision/);
  });

  test('a rejection or abstention without words', () => {
    given(...validated)
      .when(rejects(PRIYA, '  '))
      .refused('incomplete', /say why/);
    given(...beforeBoard)
      .when(rejects(PRIYA, ''))
      .refused('incomplete', /say why/);
    given(...beforeBoard)
      .when(abstains(PRIYA, ''))
      .refused('incomplete', /say why/);
  });

  test.each([
    ['returned', [filesNormal, returns(NADIA)]],
    ['scheduled', approvedStandard],
    ['rejected', [...validated, rejects(PRIYA)]],
    ['withdrawn', [filesNormal, withdraws(DANA)]],
  ] as const)('on a change that is %s', (status, steps) => {
    const ended = given(...steps);
    for (const step of [approves(TOMAS), rejects(TOMAS), returns(TOMAS), asks(TOMAS)])
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
    ['while others are asked', [filesEmergency, approves(MAYA)], MAYA],
    ['when the next stage is open', beforeBusiness, PRIYA],
    ['when the change is approved', approvedStandard, JONAS],
    ['when the change is rejected', [...validated, rejects(PRIYA)], PRIYA],
  ] as const)('%s', (_, steps, who) => {
    given(...steps)
      .when(clicksAgain(who))
      .doesNothing();
  });

  test('but a change of mind is refused', () => {
    given(filesEmergency, approves(MAYA))
      .when(rejects(MAYA))
      .refused('seat taken', /already decided/);
  });
});
