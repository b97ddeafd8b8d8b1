import { describe, expect, test } from 'vitest';
import { holders, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { given } from './given.ts';
import {
  approves,
  beforeBoard,
  clicksAgain,
  filesEmergency,
  filesNormal,
  reminds,
  validated,
} from './steps.ts';

describe('one person fills one seat', () => {
  const company = { holders: holders({ devops_lead: [PRIYA, SAM], product_manager: [PRIYA, TOMAS] }) };
  const technicalDone = given(...validated)
    .with(company)
    .when(approves(PRIYA))
    .and();

  test('of the reviews', () => {
    technicalDone.when(approves(PRIYA)).refused('seat taken', /already decided .*Technical review/);
  });

  test('so who has decided is not asked for another', () => {
    expect(technicalDone.history.at(-1)).toMatchObject({ stage: 'business', asked: { business: [TOMAS] } });
  });

  test('and one on the board, which counts apart', () => {
    technicalDone
      .when(approves(TOMAS))
      .and()
      .when(approves(PRIYA))
      .gives({ type: 'Decided', stage: 'cab', seat: 'chair' });
  });

  test('a seat that somebody else has filled is taken', () => {
    given(filesEmergency, approves(OLGA))
      .when(approves(WEI))
      .refused('seat taken', /<@U02OLGA0012>.*Senior/);
  });

  test('nobody takes a seat while they alone can fill a later one', () => {
    const scarce = { holders: holders({ change_manager: [NADIA, PRIYA] }) };
    given(filesNormal)
      .with(scarce)
      .when(approves(PRIYA))
      .refused('needed elsewhere', /later review/);
    given(filesNormal).with(scarce).when(approves(NADIA)).gives('Decided', 'StagePassed', 'StageOpened');
  });

  test('also when its time is up: the deputies of the later one are not asked before its own is', () => {
    const deputy = { person: SAM, deputy: true } as const;
    const scarce = holders({ change_manager: [NADIA, PRIYA], devops_lead: [PRIYA, deputy] });
    const late = given(filesNormal)
      .with({ holders: scarce })
      .when(reminds('validation', 1, 100))
      .and();
    late.when(approves(PRIYA)).refused('needed elsewhere', /later review/);
    const asked = { technical: [PRIYA] };
    late.when(approves(NADIA)).gives('Decided', 'StagePassed', { type: 'StageOpened', asked });
  });

  test('who validated may also vote, and each vote is one', () => {
    const sits = { holders: holders({ business_representative: [NADIA] }) };
    given(...beforeBoard)
      .with(sits)
      .when(approves(NADIA))
      .gives({ type: 'Decided', stage: 'cab', seat: 'business_seat' });
    given(...beforeBoard)
      .with(sits)
      .when(approves(NADIA))
      .and()
      .when(approves(NADIA))
      .doesNothing();
  });

  test('a second click on the validation is not a vote', () => {
    const sits = { holders: holders({ business_representative: [NADIA] }) };
    given(...beforeBoard)
      .with(sits)
      .when(clicksAgain(NADIA))
      .doesNothing();
  });
});
