import { describe, expect, test } from 'vitest';
import { ballWith } from '../../src/change/ball.ts';
import { DANA, holders, JONAS, LUCIA, MAYA, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { type Given, given } from './given.ts';
import {
  approves,
  beforeBoard,
  filesEmergency,
  filesNormal,
  filesStandard,
  reassigns,
  reminds,
  returns,
} from './steps.ts';

const waiting = ({ change, facts }: Given) => ballWith(change, facts.holders);

describe('the change manager says who is asked', () => {
  test('of those who may fill the seat', () => {
    const asked = given(filesStandard)
      .when(reassigns(NADIA, 'peer', [OLGA, OLGA], ' Jonas is away. '))
      .gives({
        ...{
          type: 'Reassigned',
          stage: 'peer_review',
          seat: 'peer',
          people: [OLGA],
          words: 'Jonas is away.',
        },
        before: [JONAS, OLGA, WEI, LUCIA],
      })
      .and();
    expect(waiting(asked)).toEqual([OLGA]);
  });

  test('who are then reminded', () => {
    given(filesStandard, reassigns(NADIA, 'peer', [OLGA]))
      .when(reminds('peer_review', 1, 50))
      .gives({ type: 'Reminded', people: [OLGA] });
  });

  test('and whoever else holds the role may decide all the same', () => {
    given(filesStandard, reassigns(NADIA, 'peer', [OLGA]))
      .when(approves(JONAS))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('a seat of several: who is asked for it fills it', () => {
    const company = { holders: holders({ on_call_engineer: [MAYA, WEI], senior_engineer: [OLGA, WEI] }) };
    for (const seat of ['on_call', 'senior'])
      given()
        .with(company)
        .when(filesEmergency)
        .and()
        .when(reassigns(NADIA, seat, [WEI]))
        .and()
        .when(approves(WEI))
        .gives({ type: 'Decided', seat });
  });

  test('once, however often it is sent, in whatever order', () => {
    given(filesStandard, reassigns(NADIA, 'peer', [OLGA, WEI]))
      .when(reassigns(NADIA, 'peer', [WEI, OLGA]))
      .doesNothing();
  });
});

describe('it is refused', () => {
  test('to everybody else, and to the requester', () => {
    given(filesStandard)
      .when(reassigns(JONAS, 'peer', [OLGA]))
      .refused('not your role', /change manager/);
    given(filesStandard)
      .when(reassigns(SAM, 'peer', [OLGA]))
      .refused('not your role');
    given(filesStandard)
      .with({ holders: holders({ change_manager: [DANA, NADIA] }) })
      .when(reassigns(DANA, 'peer', [OLGA]))
      .refused('own change', /somebody else/);
  });

  test('for nobody', () => {
    given(filesStandard)
      .when(reassigns(NADIA, 'peer', []))
      .refused('incomplete', /at least one/, 'people');
  });

  test('for somebody without the role, the requester among them; it says who may', () => {
    given(filesStandard)
      .when(reassigns(NADIA, 'peer', [OLGA, SAM]))
      .refused(
        'incomplete',
        /<@U02SAM00014> cannot decide as Peer reviewer now. Who can: .*<@U02OLGA0012>/,
        'people',
      );
    given(filesStandard)
      .with({ holders: holders({ peer_reviewer: [DANA, OLGA] }) })
      .when(reassigns(NADIA, 'peer', [DANA]))
      .refused('incomplete', /cannot decide/, 'people');
  });

  test('for somebody who has filled another seat, or is needed for one', () => {
    given(filesEmergency, approves(OLGA))
      .with({ holders: holders({ on_call_engineer: [MAYA, OLGA] }) })
      .when(reassigns(NADIA, 'on_call', [OLGA]))
      .refused('incomplete', /cannot decide/, 'people');
    given(filesNormal)
      .with({ holders: holders({ change_manager: [NADIA, PRIYA] }) })
      .when(reassigns(NADIA, 'validator', [PRIYA]))
      .refused('incomplete', /cannot decide/, 'people');
  });

  test('of a seat that is filled, or in no open stage, and where nobody is asked', () => {
    given(filesEmergency, approves(OLGA))
      .when(reassigns(NADIA, 'senior', [WEI]))
      .refused('not now', /already decided/);
    given(filesNormal)
      .when(reassigns(NADIA, 'chair', [PRIYA]))
      .refused('unknown');
    given(filesNormal, returns(NADIA))
      .when(reassigns(NADIA, 'validator', [NADIA]))
      .refused('not now');
  });
});

test('a seat whose people have all filled others is asked of those who are left for it', () => {
  const company = { holders: holders({ on_call_engineer: [MAYA, WEI], senior_engineer: [OLGA, WEI] }) };
  const both = [reassigns(NADIA, 'on_call', [WEI]), reassigns(NADIA, 'senior', [WEI])];
  const emergency = both.reduce(
    (now, step) => now.when(step).and(),
    given().with(company).when(filesEmergency).and(),
  );
  const { events } = emergency
    .when(approves(WEI))
    .gives({ type: 'Decided' }, { type: 'Reassigned', by: 'docket', before: [WEI] });
  expect(events[1]).toMatchObject({ seat: 'senior', people: [OLGA] });
});

test('a seat of the board for which nobody is left is asked of nobody', () => {
  const twice = { holders: holders({ product_manager: [TOMAS], business_representative: [TOMAS] }) };
  given(...beforeBoard)
    .with(twice)
    .when(approves(TOMAS))
    .gives('Decided', { type: 'VotersCounted', voters: 5 });
});
