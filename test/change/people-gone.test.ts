import { describe, expect, test } from 'vitest';
import { DANA, GRACE, holders, JONAS, LUCIA, NADIA, OLGA, PRIYA, SAM, WEI } from './company.ts';
import { effectsOf, given, goesOn } from './given.ts';
import { DAY, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approves,
  asksAgain,
  files,
  filesNormal,
  finishes,
  readyToStart,
  returns,
  type Step,
  starts,
  validated,
  verifies,
  withdraws,
} from './steps.ts';

const remindsVerification =
  (due: number): Step =>
  (_, at) => ({ type: 'RemindVerification', by: 'docket', at, due });

describe('a role that empties while a change is under review', () => {
  const without = { holders: holders({ product_manager: [] }) };
  const waiting = given(...validated);

  test('is found at once, also where its turn comes later, and said once to who oversees changes', () => {
    const emptied = waiting.with(without);
    const problem = 'Nobody holds the role Product manager.';
    emptied.when(asksAgain).gives({ type: 'RouteChecked', people: [NADIA], problem });
    expect(effectsOf(emptied, asksAgain)).toContainEqual({ do: 'note', to: NADIA });
    emptied.when(asksAgain).and().when(asksAgain).doesNothing();
  });

  test('is said to be filled again, and found again', () => {
    const found = waiting.with(without).when(asksAgain).and();
    const filled = found.with({ holders: holders() }).when(asksAgain);
    filled.gives({ type: 'RouteChecked', problem: '', people: [] });
    filled
      .and()
      .with(without)
      .when(asksAgain)
      .gives({ type: 'RouteChecked', people: [NADIA] });
  });

  test('is told to the operator where nobody oversees changes', () => {
    const nobody = waiting.with({ holders: holders({ product_manager: [], change_manager: [] }) });
    expect(effectsOf(nobody, asksAgain)).toContainEqual(expect.objectContaining({ do: 'operator' }));
  });

  test('is nothing where everybody is there', () => {
    waiting.when(asksAgain).doesNothing();
    waiting.when(approves(PRIYA)).and().when(asksAgain).doesNothing();
  });

  test('is nothing for what waits for nobody’s review: returned, being carried out, over', () => {
    const running = given(...readyToStart).later(UNTIL_OPEN);
    for (const story of [
      given(filesNormal, returns(NADIA)),
      goesOn(running, starts(DANA)),
      given(filesNormal, withdraws(DANA)),
    ])
      story.with(without).when(asksAgain).doesNothing();
  });
});

describe('an implementer who leaves before the start', () => {
  const left = { implementerIsOutside: true };
  const waiting = given(files('standard', standard({ implementer: SAM })));
  const ready = given(files('standard', standard({ implementer: SAM })), approves(JONAS));

  test('is found at once, under review and approved, and said to the requester, who can name another', () => {
    for (const change of [waiting, ready]) {
      const found = change.with(left).when(asksAgain);
      const problem = `<@${SAM}>, who is to carry it out, cannot use Docket any more.`;
      found.gives({ type: 'RouteChecked', gone: SAM, people: [DANA], problem });
      expect(effectsOf(change.with(left), asksAgain)).toContainEqual({ do: 'note', to: DANA });
      found.and().when(asksAgain).doesNothing();
      found
        .and()
        .with({ implementerIsOutside: false })
        .when(asksAgain)
        .gives({ type: 'RouteChecked', problem: '' });
      change.when(asksAgain).doesNothing();
    }
  });

  test('is said to who oversees changes where they filed it themselves', () => {
    const own = given(files('standard', standard()), approves(JONAS)).with(left);
    own.when(asksAgain).gives({ type: 'RouteChecked', gone: DANA, people: [NADIA] });
  });
});

describe('what waits to be verified', () => {
  const started = given(...readyToStart)
    .later(5 * DAY + 14 * 3_600_000)
    .when(starts(DANA))
    .and();
  const done = started.when(finishes(DANA)).and();
  const finished = done.history.find((event) => event.type === 'Finished');
  const deadline = finished?.type === 'Finished' ? (finished.duties.verification?.deadline ?? 0) : 0;

  test('is asked of who begins to stand in for a verifier, once, and they may verify', () => {
    const verifiers = [JONAS, OLGA, WEI, { person: GRACE, for: JONAS }];
    const standIn = done.with({ holders: holders({ peer_reviewer: verifiers }) });
    standIn.when(asksAgain).gives({ type: 'VerifiersAsked', added: [GRACE] });
    expect(effectsOf(standIn, asksAgain)).toContainEqual({
      do: 'card',
      card: 'verify',
      calm: 'by day',
      to: GRACE,
    });
    const asked = standIn.when(asksAgain).and();
    asked.when(asksAgain).doesNothing();
    asked
      .when(verifies(GRACE))
      .gives({ type: 'Verified', role: 'peer_reviewer', for: JONAS }, 'ChangeClosed');
  });

  test('is told to the overseer when nobody is left', () => {
    const empty = { peer_reviewer: [], development_lead: [], devops_lead: [], senior_engineer: [] };
    const left = done.with({ holders: holders(empty) });
    left.when(asksAgain).gives({ type: 'VerifiersAsked', verifiers: [], overseers: [NADIA] });
    left.when(asksAgain).and().when(asksAgain).doesNothing();
    // Its time is not up yet, and there is nobody to remind.
    left
      .when(remindsVerification(deadline - DAY))
      .gives({ type: 'VerificationReminded', people: [], overseers: [NADIA] });
  });

  test('is asked of those first who have approved it, and of everybody else once they have been reminded', () => {
    expect(finished).toMatchObject({ verifiers: [JONAS] });
    const reminded = done.when(remindsVerification(deadline - DAY));
    const others = [OLGA, WEI, LUCIA, PRIYA];
    reminded.gives(
      { type: 'VerificationReminded', people: [JONAS], overseers: [] },
      { type: 'VerifiersAsked', added: others },
    );
    const heard = effectsOf(done, remindsVerification(deadline - DAY));
    expect(heard).toContainEqual({ do: 'note', to: JONAS, calm: true, fold: deadline });
    for (const to of others) expect(heard).toContainEqual({ do: 'card', card: 'verify', calm: 'by day', to });
    // Whoever may can do it unasked.
    done.when(verifies(LUCIA)).gives({ type: 'Verified', by: LUCIA }, 'ChangeClosed');
  });

  test('is asked of all who may, where nobody who has approved it may any more', () => {
    const gone = done.with({ holders: holders({ peer_reviewer: [OLGA, WEI] }) });
    gone.when(asksAgain).gives({ type: 'VerifiersAsked', added: [OLGA, WEI, LUCIA, PRIYA] });
  });

  test('is reminded of before its time, and from then on every day with the overseer', () => {
    const early = done.when(remindsVerification(deadline - DAY));
    early
      .and()
      .when(remindsVerification(deadline - DAY))
      .doesNothing();
    const late = early.and().later(2 * DAY);
    late.when(remindsVerification(deadline)).gives({ type: 'VerificationReminded', overseers: [NADIA] });
    const again = effectsOf(late, remindsVerification(deadline)).filter((effect) => effect.do === 'timer');
    expect(again).toMatchObject([{ intent: { type: 'RemindVerification' } }]);
    // That it is late is said by itself, said again a digest says it as well; to the overseer none says it.
    const lucia = { do: 'note', to: LUCIA, calm: true };
    expect(effectsOf(late, remindsVerification(deadline))).toContainEqual(lucia);
    const repeated = effectsOf(late, remindsVerification(deadline + DAY));
    expect(repeated).toContainEqual({ ...lucia, fold: deadline + 2 * DAY });
    expect(repeated).toContainEqual({ do: 'note', to: NADIA, calm: true });
    late.when(verifies(JONAS)).and().when(remindsVerification(deadline)).doesNothing();
  });
});
