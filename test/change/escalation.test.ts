import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import type { PersonId } from '../../src/change/types.ts';
import { DANA, facts, GUIDE, holders, KLAUS, MAYA, NADIA, OLGA, PRIYA, SAM } from './company.ts';
import { type Given, given } from './given.ts';
import { DAY, HOUR, MINUTE, MONDAY_10 } from './proposals.ts';
import { approves, filesEmergency, filesNormal, reminds, validated } from './steps.ts';

/** Who hears besides those who are asked, at each of these parts of the time in turn. */
function told(story: Given, stage: string, ...percents: number[]): PersonId[][] {
  let now = story;
  return percents.map((percent) => {
    const when = now.when(reminds(stage, 1, percent));
    now = when.and();
    return when.events.flatMap((event) => (event.type === 'Reminded' ? event.overseers : []));
  });
}

const deputy = { devops_lead: [PRIYA, { person: SAM, deputy: true as const }] };
const waiting = given(...validated);

describe('a decision that is late', () => {
  test('goes to the deputies, then to the change manager, then to the chair of the board', () => {
    const story = waiting.with({ holders: holders({ ...deputy, security_lead: [OLGA] }) });
    const late = story.when(reminds('technical', 1, 100));
    late.gives({ type: 'Reminded', overseers: [] }, { type: 'Reassigned', people: [PRIYA, SAM] });
    expect(told(story, 'technical', 80, 100, 125, 150)).toEqual([[], [], [NADIA], [PRIYA]]);
  });

  test('does not wait for a step with nobody in it', () => {
    expect(told(waiting, 'technical', 100, 125, 150)).toEqual([[NADIA], [NADIA], [PRIYA]]);
    const nobody = waiting.with({ holders: holders({ ...deputy, change_manager: [] }) });
    expect(told(nobody, 'technical', 100, 125)).toEqual([[], [PRIYA]]);
  });

  test('never goes to who filed it', () => {
    const own = waiting.with({ holders: holders({ change_manager: [DANA, KLAUS] }) });
    expect(told(own, 'technical', 125)).toEqual([[KLAUS]]);
  });

  test('goes to who oversees changes at once, where the policy has no steps', () => {
    const plain = waiting.with({ policy: { ...GUIDE, escalation: {} } });
    expect(told(plain, 'technical', 100)).toEqual([[NADIA]]);
  });

  test('goes to nobody else before the first step of the policy', () => {
    const patient = waiting.with({ policy: { ...GUIDE, escalation: { change_manager: 150 } } });
    expect(told(patient, 'technical', 100, 150)).toEqual([[], [NADIA]]);
  });

  test('is late when its stage’s own part of the time is up', () => {
    for (const { history } of [waiting, given(filesNormal)]) {
      const opened = history.at(-1);
      if (opened?.type !== 'StageOpened') throw new Error('its stage is open');
      expect(opened.reminders.find(({ percent }) => percent === 100)?.at).toBe(opened.deadline);
    }
  });

  test('gives each time to react: of a normal review two hours of work, of an emergency half an hour', () => {
    const opened = given(filesEmergency).history.at(-1);
    const at = (percent: number) =>
      opened?.type === 'StageOpened' ? opened.reminders.find((r) => r.percent === percent)?.at : undefined;
    expect([at(100), at(125), at(150)]).toEqual([
      ...[MONDAY_10 + 2 * HOUR, MONDAY_10 + 150 * MINUTE, MONDAY_10 + 3 * HOUR],
    ]);
  });

  test('is said again after the last step, each time its time has passed anew, until somebody decides', () => {
    const last = waiting.when(reminds('technical', 1, 150));
    const [reminded] = last.events;
    if (reminded?.type !== 'Reminded') throw new Error('it was reminded');
    expect(reminded.next?.percent).toBe(250);
    expect(reminded.next?.at).toBeGreaterThan(MONDAY_10 + DAY);
    expect(effects(reminded, last.and().change)).toContainEqual({
      ...{ do: 'timer', at: reminded.next?.at },
      intent: { type: 'Remind', stage: 'technical', round: 1, percent: 250 },
    });
    expect(told(waiting, 'technical', 150, 250, 350)).toEqual([[PRIYA], [PRIYA], [PRIYA]]);
    // Of an emergency two hours would have passed.
    const [urgent] = given(filesEmergency).when(reminds('expedited', 1, 150)).events;
    expect(urgent).toMatchObject({ type: 'Reminded', next: { percent: 250, at: MONDAY_10 + MINUTE + DAY } });
    last
      .and()
      .when(approves(PRIYA))
      .and()
      .when(reminds('technical', 1, 250))
      .doesNothing();
  });
});

describe('a reminder', () => {
  const notes = (story: Given, stage: string, percent: number) => {
    const when = story.when(reminds(stage, 1, percent));
    const change = when.and().change;
    return when.events.flatMap((event) => effects(event, change)).filter((effect) => effect.do === 'note');
  };

  test('waits until its person works, but of an emergency it does not', () => {
    expect(notes(waiting, 'technical', 80)).toMatchObject([{ do: 'note', to: PRIYA, calm: true }]);
    expect(notes(given(filesEmergency), 'expedited', 50)).toContainEqual({ do: 'note', to: MAYA });
  });

  test('in the history of the change waits for nobody', () => {
    expect(notes(waiting, 'technical', 100)).toContainEqual({ do: 'note', to: 'thread' });
  });
});

test('the shipped policy names roles that there are', () => {
  expect(Object.keys(GUIDE.escalation).every((to) => to === 'deputies' || to in facts().policy.roles)).toBe(
    true,
  );
});
