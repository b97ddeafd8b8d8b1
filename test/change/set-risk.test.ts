import { describe, expect, test } from 'vitest';
import { keptSetting } from '../../src/change/risk.ts';
import { DANA, GUIDE, guide, holders, JONAS, NADIA, PRIYA, SAM } from './company.ts';
import { given } from './given.ts';
import { complete, normal, risky } from './proposals.ts';
import {
  approves,
  approvesUnseen,
  edits,
  files,
  filesNormal,
  filesStandard,
  returns,
  seenNow,
  setsRisk,
  validated,
} from './steps.ts';

const filesHigh = files('normal', normal({ riskAnswers: risky.high }));

describe('who validates a change sets its risk', () => {
  test('lower than its answers make it, with the reason', () => {
    const { change } = given(filesHigh)
      .when(setsRisk(NADIA, 'medium', ' Only our own team uses it. '))
      .gives({ type: 'RiskSet', before: 'high', level: 'medium', words: 'Only our own team uses it.' });
    expect(change.status).toBe('validating');
    expect(change.risk).toMatchObject({
      ...{ level: 'medium', points: 10 },
      set: { by: NADIA, computed: 'high', words: 'Only our own team uses it.' },
    });
  });

  test('higher, and then back to what was worked out', () => {
    const raised = given(filesNormal, setsRisk(NADIA, 'high', 'It is Friday.'));
    expect(raised.change.risk).toMatchObject({ level: 'high', set: { computed: 'low' } });
    const { change } = raised.when(setsRisk(NADIA, 'low', 'It is Monday.')).gives('RiskSet');
    expect(change.risk).toMatchObject({ level: 'low', set: { computed: 'low', words: 'It is Monday.' } });
  });

  test('below what the requester raised it to', () => {
    given(files('normal', normal({ riskAtLeast: 'high' })))
      .when(setsRisk(NADIA, 'low'))
      .gives({ type: 'RiskSet', before: 'high', level: 'low' });
  });

  test('once, however often it is sent', () => {
    given(filesHigh, setsRisk(NADIA, 'low')).when(setsRisk(NADIA, 'low')).doesNothing();
  });

  test('never without a reason, nor to what it is', () => {
    given(filesHigh)
      .when(setsRisk(NADIA, 'low', ' '))
      .refused('incomplete', /say why/, 'words');
    given(filesHigh)
      .when(setsRisk(NADIA, 'high'))
      .refused('nothing changed', /high already/, 'level');
  });

  test('as it was shown: not when it has been edited since', () => {
    const filed = given(filesHigh);
    const seen = seenNow(filed.change);
    filed
      .when(edits({ riskAnswers: risky.medium }))
      .and()
      .when((_, at) => ({ type: 'SetRisk', by: NADIA, at, level: 'low', seen, words: 'Small.' }))
      .refused('stale');
  });

  test('and the later reviews see the case that was validated: a click on the old one does not count', () => {
    const filed = given(filesHigh);
    const seen = seenNow(filed.change);
    filed.when(setsRisk(NADIA, 'low')).and().when(approvesUnseen(NADIA, seen)).refused('stale');
  });
});

describe('nobody else sets it', () => {
  test('not the requester, even in the role', () => {
    given(filesNormal).when(setsRisk(DANA, 'low')).refused('own change');
    given(filesNormal)
      .with({ holders: holders({ change_manager: [DANA, NADIA] }) })
      .when(setsRisk(DANA, 'high'))
      .refused('own change');
  });

  test('not another reviewer, not a stranger', () => {
    for (const who of [PRIYA, SAM, JONAS])
      given(filesNormal)
        .when(setsRisk(who, 'high'))
        .refused('not your role', /Change manager/);
  });

  test('not after the validation, nor while it is returned, nor where nothing is validated', () => {
    given(...validated)
      .when(setsRisk(PRIYA, 'high'))
      .refused('not now', /while a change is validated/);
    given(...validated)
      .when(setsRisk(NADIA, 'high'))
      .refused('seat taken');
    given(filesNormal, returns(NADIA)).when(setsRisk(NADIA, 'high')).refused('not now');
    given(filesStandard).when(setsRisk(JONAS, 'high')).refused('not now');
  });
});

describe('what was set holds', () => {
  const set = given(filesHigh, setsRisk(NADIA, 'low'));

  test('through edits of other fields', () => {
    const { change } = set
      .when(edits({ rollbackSteps: 'Rename it back, then vacuum.' }))
      .gives({ type: 'Edited', risk: { level: 'low', set: { by: NADIA } } });
    expect(change.risk.level).toBe('low');
  });

  test('until the answers that decide the risk are edited: it is worked out anew, and that is said', () => {
    const { change } = set
      .when(edits({ riskAnswers: risky.medium }))
      .gives({ type: 'Edited', risk: { level: 'medium' }, unset: { by: NADIA, level: 'low' } });
    expect(change.risk.set).toBeUndefined();
  });

  test('or the requester raises it', () => {
    given(filesNormal, setsRisk(NADIA, 'medium'))
      .when(edits({ riskAtLeast: 'high' }))
      .gives({ type: 'Edited', risk: { level: 'high' }, unset: { by: NADIA, level: 'medium' } });
  });

  test('and a later policy alone does not undo it', () => {
    const other = guide((yaml) => yaml.replace('high: 9', 'high: 11'));
    expect(keptSetting(other, set.change, normal({ riskAnswers: risky.high, risks: 'More.' }))).toEqual(
      set.change.risk.set,
    );
  });
});

describe('the risk is part of what is decided', () => {
  const twoSeats = guide((yaml) =>
    yaml.replace(
      '{ id: validator, title: Change manager, roles: [change_manager] }',
      '{ id: validator, title: Change manager, roles: [change_manager] }\n          - { id: second, title: Senior, roles: [senior_engineer] }',
    ),
  );

  test('so who decided on another risk is asked again', () => {
    const senior = holders({ senior_engineer: [SAM] });
    const filed = given().with({ policy: twoSeats, holders: senior }).when(filesHigh).and();
    filed
      .when(approves(SAM))
      .and()
      .when(setsRisk(NADIA, 'low'))
      .gives(
        { type: 'RiskSet', voided: [{ stage: 'validation', seat: 'second', by: SAM }] },
        { type: 'StageOpened', stage: 'validation', round: 2, asked: { validator: [NADIA], second: [SAM] } },
      );
  });

  test('and a category that takes only low risk takes no other', () => {
    const validatesStandard = guide((yaml) =>
      yaml.replace(
        '- id: peer_review\n        title: Peer review',
        '- id: peer_review\n        kind: validation\n        title: Peer review',
      ),
    );
    given()
      .with({ policy: validatesStandard })
      .when(filesStandard)
      .and()
      .when(setsRisk(JONAS, 'medium'))
      .refused('not qualified', /Standard changes must be low risk.*Reclassify/, 'level');
  });

  test('which an emergency does not ask', () => {
    expect(keptSetting(GUIDE, given(files('emergency', complete.emergency())).change, {})).toBeUndefined();
  });
});
