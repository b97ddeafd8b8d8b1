import { describe, expect, test } from 'vitest';
import { DANA, facts, holders, JONAS, NADIA, PRIYA, SAM } from './company.ts';
import { effectsOf, given, goesOn } from './given.ts';
import { DAY } from './proposals.ts';
import {
  beforeBoard,
  edits,
  filesNormal,
  filesStandard,
  remindsReturned,
  returns,
  setsRisk,
  validated,
  withdraws,
} from './steps.ts';

describe('what is returned and not resubmitted', () => {
  const story = given(filesNormal, returns(NADIA));
  const returnedAt = story.change.status === 'returned' ? story.change.returned.at : 0;
  const first = returnedAt + 5 * DAY;
  const late = story.later(6 * DAY);

  test('is said to its requester when it has waited for long, and sets the next time', () => {
    const [returned] = given(filesNormal).when(returns(NADIA)).events;
    expect(effectsOf(given(filesNormal), returns(NADIA))).toContainEqual({
      ...{ do: 'timer', at: first },
      intent: { type: 'RemindReturned', returnedAt, due: first },
    });
    expect(returned).toMatchObject({ type: 'Returned', remindAt: first });
    late.when(remindsReturned(first)).gives({ type: 'ReturnReminded', due: first, overseers: [] });
    const notes = effectsOf(late, remindsReturned(first)).filter((each) => each.do === 'note');
    expect(notes.map(({ to }) => to)).toEqual([DANA]);
  });

  test('and every week from then on to the change manager as well, who may withdraw it', () => {
    const again = goesOn(late, remindsReturned(first)).later(7 * DAY);
    const second = remindsReturned(first + 7 * DAY);
    again.when(second).gives({ type: 'ReturnReminded', due: first + 7 * DAY, overseers: [NADIA] });
    expect(effectsOf(again, second)).toContainEqual(
      expect.objectContaining({ do: 'timer', at: first + 14 * DAY }),
    );
  });

  test('once each time, and not of what has been resubmitted, withdrawn or returned anew', () => {
    goesOn(late, remindsReturned(first)).when(remindsReturned(first)).doesNothing();
    const resubmitted = goesOn(story, edits({ userImpact: 'Slow.' }));
    resubmitted.when(remindsReturned(first)).doesNothing();
    goesOn(story, withdraws(DANA)).when(remindsReturned(first)).doesNothing();
    const anew = goesOn(resubmitted, returns(NADIA, 'And which rack?'));
    anew
      .when((_, at) => ({ type: 'RemindReturned', by: 'docket', at, due: first, returnedAt }))
      .doesNothing();
  });
});

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
