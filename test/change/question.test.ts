import { describe, expect, test } from 'vitest';
import { DANA, holders, NADIA, PRIYA, SAM } from './company.ts';
import { given } from './given.ts';
import { answers, approves, asks, beforeBoard, filesNormal, returns, validated, withdraws } from './steps.ts';

describe('a question', () => {
  test('is asked by whoever could decide, and stops nobody', () => {
    given(...validated, asks(PRIYA))
      .when(approves(PRIYA))
      .gives('Decided', 'StagePassed', 'StageOpened');
    given(...beforeBoard)
      .when(asks(PRIYA, ' Is there a backup? '))
      .gives({ type: 'QuestionAsked', words: 'Is there a backup?' });
  });

  test('says in which role it was asked, and for whom', () => {
    const { change } = given(...validated)
      .when(asks(PRIYA))
      .gives({ type: 'QuestionAsked', by: PRIYA, role: 'devops_lead' });
    expect(change.questions).toMatchObject([{ by: PRIYA, role: 'devops_lead' }]);
    expect(change.questions[0]).not.toHaveProperty('for');
    const stoodInFor = { holders: holders({ devops_lead: [PRIYA, { person: SAM, for: PRIYA }] }) };
    const asked = given(...validated)
      .with(stoodInFor)
      .when(asks(SAM))
      .gives({ type: 'QuestionAsked', by: SAM, role: 'devops_lead', for: PRIYA });
    expect(asked.change.questions).toMatchObject([{ by: SAM, role: 'devops_lead', for: PRIYA }]);
  });

  test('asked twice is one question', () => {
    given(...validated, asks(PRIYA))
      .when(asks(PRIYA))
      .doesNothing();
  });

  test('of a stranger is refused', () => {
    given(...validated)
      .when(asks(SAM))
      .refused('not your role');
    given(...validated)
      .when(asks(NADIA))
      .refused('seat taken');
  });

  test('needs words, and a change under review', () => {
    given(...validated)
      .when(asks(PRIYA, ' '))
      .refused('incomplete', /your question/);
    given(filesNormal, withdraws(DANA))
      .when(asks(NADIA))
      .refused('not now', /withdrawn now/);
  });
});

describe('an answer', () => {
  const asked = given(...validated, asks(PRIYA));

  test('of the requester stands on the change', () => {
    const { change } = asked.when(answers(DANA, ' Yes. ')).gives({ type: 'QuestionAnswered', words: 'Yes.' });
    expect(change.questions).toMatchObject([{ by: PRIYA, answer: { words: 'Yes.' } }]);
  });

  test('given twice is one answer; another one comes too late', () => {
    const answered = asked.when(answers(DANA)).and();
    answered.when(answers(DANA)).doesNothing();
    answered.when(answers(DANA, 'No.')).refused('not now', /answered already/);
  });

  test.each([SAM, PRIYA])('of anybody else is refused: %s', (who) => {
    asked.when(answers(who)).refused('not the requester', /can answer/);
  });

  test('comes too late when the change has ended', () => {
    const ended = asked.when(withdraws(DANA)).and();
    ended.when(answers(DANA)).refused('not now', /withdrawn now/);
  });

  test('needs words, and a question', () => {
    asked.when(answers(DANA, ' ')).refused('incomplete', /your answer/);
    asked.when(answers(DANA, 'Yes.', 'q-2')).refused('unknown', /no longer there/);
  });
});

test('a question is not a return', () => {
  given(filesNormal, asks(NADIA)).when(returns(NADIA)).gives('Returned');
});
