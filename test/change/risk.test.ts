import { describe, expect, test } from 'vitest';
import { assessRisk, exceeds } from '../../src/change/risk.ts';
import { GUIDE } from './company.ts';
import { emergency, normal, risky } from './proposals.ts';

const assess = (riskAnswers: Record<string, string>) => assessRisk(GUIDE, 'normal', normal({ riskAnswers }));

describe('risk', () => {
  test('gives a reason for every point', () => {
    expect(assess(risky.medium)).toEqual({
      level: 'medium',
      points: 5,
      reasons: ['Many users (+3)', 'Fully tested in staging (+1)', 'In business hours (+1)'],
    });
  });

  test.each([
    [{}, 'low', 0],
    [{ users: 'many' }, 'low', 3],
    [{ users: 'everybody' }, 'medium', 4],
    [{ users: 'everybody', downtime: 'long' }, 'medium', 8],
    [{ users: 'everybody', downtime: 'long', timing: 'business' }, 'high', 9],
  ] as const)('of %o is %s', (answers, level, points) => {
    expect(assess({ ...risky.low, ...answers })).toMatchObject({ level, points });
  });

  test('lists its reasons in the order of the questionnaire, whatever the order of the answers', () => {
    const backwards = Object.fromEntries(Object.entries(risky.high).reverse());
    expect(assess(backwards)).toEqual(assess(risky.high));
  });

  test('gives no points for a question or an answer that the policy does not know', () => {
    expect(assess({ constructor: 'name', users: 'martians' }).points).toBe(0);
  });

  test('of an emergency is what the policy assumes', () => {
    const { level, reasons } = assessRisk(GUIDE, 'emergency', emergency());
    expect([level, reasons]).toEqual(['high', ['Emergency changes count as high risk']]);
  });

  test('is raised by the requester, who never lowers it', () => {
    const raised = (answers: Record<string, string>, riskAtLeast: 'medium' | 'high') =>
      assessRisk(GUIDE, 'normal', normal({ riskAnswers: answers, riskAtLeast }));
    expect(raised(risky.low, 'medium')).toEqual({
      ...{ level: 'medium', points: 0, reasons: ['Raised by the requester'] },
    });
    expect(raised(risky.medium, 'high').reasons.at(-1)).toBe('Raised by the requester');
    expect(raised(risky.high, 'medium')).toEqual(assess(risky.high));
  });

  test('exceeds a limit only when it is above it', () => {
    expect(exceeds('medium', 'low')).toBe(true);
    expect(exceeds('low', 'low')).toBe(false);
    expect(exceeds('medium', 'high')).toBe(false);
  });
});
