import { describe, test } from 'vitest';
import {
  AMIRA,
  HENRIK,
  holders,
  JONAS,
  KLAUS,
  LUCIA,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  TOMAS,
  WEI,
} from './company.ts';
import { given, goesOn } from './given.ts';
import { normal } from './proposals.ts';
import {
  approves,
  beforeBusiness,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  inVote,
  reassigns,
  rejects,
  validated,
} from './steps.ts';

describe('a standard change', () => {
  test('is approved by rule after one peer', () => {
    given(filesStandard)
      .when(approves(JONAS))
      .gives(
        { type: 'Decided', by: JONAS, seat: 'peer', role: 'peer_reviewer', verdict: 'approve' },
        { type: 'StagePassed', stage: 'peer_review', by: 'docket' },
        { type: 'ChangeApproved', automatic: true },
        'Scheduled',
      );
  });

  test('or after the development lead', () => {
    given(filesStandard)
      .when(approves(LUCIA))
      .gives({ type: 'Decided', role: 'development_lead' }, 'StagePassed', 'ChangeApproved', 'Scheduled');
  });
});

describe('a normal change', () => {
  test('is validated, then reviewed technically, then for the business, then by the board', () => {
    given(filesNormal)
      .when(approves(NADIA))
      .gives('Decided', 'StagePassed', { type: 'StageOpened', stage: 'technical' });
    given(...validated)
      .when(approves(PRIYA))
      .gives('Decided', 'StagePassed', { type: 'StageOpened', stage: 'business' });
    given(...beforeBusiness)
      .when(approves(TOMAS))
      .gives('Decided', 'StagePassed', { type: 'StageOpened', stage: 'cab' });
    given(...inVote)
      .when(approves(LUCIA))
      .gives('Decided', 'StagePassed', { type: 'ChangeApproved', automatic: false }, 'Scheduled');
  });

  test('sees security and compliance when they are ticked', () => {
    const both = files('normal', normal({ reviews: ['security', 'compliance'] }));
    given(both, approves(NADIA), approves(PRIYA), approves(TOMAS))
      .when(approves(AMIRA))
      .gives(
        'Decided',
        { type: 'StagePassed', stage: 'security' },
        { type: 'StageOpened', stage: 'compliance' },
      )
      .and()
      .when(approves(HENRIK))
      .gives('Decided', { type: 'StagePassed', stage: 'compliance' }, { type: 'StageOpened', stage: 'cab' });
  });

  test('ends with the first rejection of a review, and says why', () => {
    given(...validated)
      .when(rejects(PRIYA, ' Not before the freeze. '))
      .gives(
        { type: 'Decided', verdict: 'reject' },
        { type: 'ChangeRejected', by: PRIYA, words: 'Not before the freeze.' },
      );
  });
});

describe('an emergency', () => {
  test('is approved when all three have said so, in any order', () => {
    const orders = [
      [MAYA, OLGA, KLAUS],
      [KLAUS, MAYA, OLGA],
      [OLGA, KLAUS, MAYA],
    ] as const;
    for (const [first, second, last] of orders)
      given(filesEmergency, approves(first), approves(second))
        .when(approves(last))
        .gives('Decided', 'StagePassed', 'ChangeApproved');
  });

  test('needs different people for its two technical seats', () => {
    const company = { holders: holders({ on_call_engineer: [OLGA, MAYA], senior_engineer: [OLGA, WEI] }) };
    given()
      .with(company)
      .when(filesEmergency)
      .and()
      .when(approves(OLGA))
      .and()
      .when(approves(OLGA))
      .doesNothing();
  });

  test('gives a person the seat that others cannot fill', () => {
    const company = { holders: holders({ on_call_engineer: [OLGA], senior_engineer: [OLGA, WEI] }) };
    given()
      .with(company)
      .when(filesEmergency)
      .and()
      .when(approves(OLGA))
      .gives({ type: 'Decided', seat: 'on_call' });
    const other = { holders: holders({ on_call_engineer: [OLGA, MAYA], senior_engineer: [OLGA] }) };
    given()
      .with(other)
      .when(filesEmergency)
      .and()
      .when(approves(OLGA))
      .gives({ type: 'Decided', seat: 'senior' });
  });

  test('also where more were asked for it, who have left since', () => {
    const many = holders({ on_call_engineer: [OLGA, MAYA, KLAUS], senior_engineer: [OLGA, WEI] });
    const few = holders({ on_call_engineer: [OLGA], senior_engineer: [OLGA, WEI] });
    goesOn(given().with({ holders: many }), filesEmergency)
      .with({ holders: few })
      .when(approves(OLGA))
      .gives({ type: 'Decided', seat: 'on_call' });
  });

  test('and of two that others can fill as well the one for which fewer are asked', () => {
    const company = { holders: holders({ on_call_engineer: [OLGA, MAYA], senior_engineer: [OLGA, WEI] }) };
    goesOn(given().with(company), filesEmergency, reassigns(NADIA, 'senior', [OLGA]))
      .when(approves(OLGA))
      .gives({ type: 'Decided', seat: 'senior' });
  });
});
