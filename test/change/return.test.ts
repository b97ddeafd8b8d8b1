import { describe, expect, test } from 'vitest';
import { DANA, facts, holders, JONAS, NADIA, PRIYA, SAM } from './company.ts';
import { given, goesOn } from './given.ts';
import { beforeBoard, edits, filesNormal, filesStandard, returns, setsRisk, validated } from './steps.ts';

describe('the validation returns a change', () => {
  test('with its questions', () => {
    const { change } = given(filesNormal)
      .when(returns(NADIA, ' Which replicas? '))
      .gives({ type: 'Returned', stage: 'validation', role: 'change_manager', words: 'Which replicas?' });
    expect(change).toMatchObject({ status: 'returned', returned: { by: NADIA } });
  });

  test('by who stands in for the change manager, which the record keeps', () => {
    const away = { holders: holders({ change_manager: [{ person: SAM, for: NADIA }] }) };
    const story = given(filesNormal).with(away);
    story.when(returns(SAM)).gives({ type: 'Returned', by: SAM, role: 'change_manager', for: NADIA });
    const [set] = story.when(setsRisk(SAM, 'high')).events;
    expect(set).toMatchObject({ type: 'RiskSet', by: SAM, role: 'change_manager', for: NADIA });
  });

  test('and it does not go on, not even with words only, to a role that nobody holds any more', () => {
    given(filesNormal, returns(NADIA))
      .with(facts({ holders: holders({ product_manager: [] }) }))
      .when(edits({}, DANA, 'The two in Frankfurt.'))
      .refused('nobody to ask', /Product manager/);
  });

  test('and the question stays with the answer, for whoever decides next', () => {
    const { change } = given(filesNormal, returns(NADIA, 'Which?')).when(
      edits({}, DANA, 'The two in Frankfurt.'),
    );
    expect(change.questions).toMatchObject([
      { by: NADIA, words: 'Which?', answer: { words: 'The two in Frankfurt.' } },
    ]);
    const silent = given(filesNormal, returns(NADIA, 'Which?')).when(edits({ userImpact: 'Slow.' }));
    expect(silent.change.questions).toEqual([]);
  });

  test('once, however often it is pressed', () => {
    given(filesNormal, returns(NADIA, ' Which? ')).when(returns(NADIA, ' Which? ')).doesNothing();
  });

  test('as it was shown: not when it has been edited since', () => {
    const before = given(filesNormal);
    const old = returns(NADIA)(before.change, before.at);
    goesOn(before, edits({ userImpact: 'Slow.' }))
      .when(() => old)
      .refused('stale');
  });

  test('never without words', () => {
    given(filesNormal)
      .when(returns(NADIA, ' '))
      .refused('incomplete', /need to know/);
  });

  test('and nobody else does', () => {
    given(...validated)
      .when(returns(PRIYA))
      .refused('not now', /Only the validation/);
    given(...beforeBoard)
      .when(returns(PRIYA))
      .refused('not now', /Only the validation/);
    given(filesStandard)
      .when(returns(JONAS))
      .refused('not now', /Only the validation/);
  });
});
