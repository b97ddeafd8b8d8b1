import { describe, expect, test } from 'vitest';
import { hintOf } from '../../src/change/proposal.ts';
import { FIELD_IDS, type FieldId } from '../../src/policy/fields.ts';
import { CATEGORIES, type Category, fieldsOf } from '../../src/policy/schema.ts';
import { guide } from '../change/company.ts';

const policy = guide();
const { standard, normal, emergency } = policy.categories;
const seats = (category: Category) =>
  policy.categories[category].stages.map(({ id, seats }) => [id, seats.map(({ roles }) => roles.join('|'))]);

describe('the shipped policy is the guide', () => {
  test('three categories, each with its time', () => {
    expect(CATEGORIES.map((name) => policy.categories[name].clock)).toEqual([
      { workingHours: 4 },
      { workingDays: 5 },
      { hours: 2 },
    ]);
  });

  test('a standard change: checked by machine, then by a peer or the development lead', () => {
    expect(seats('standard')).toEqual([['peer_review', ['peer_reviewer|development_lead']]]);
    expect(standard.highestRisk).toBe('low');
  });

  test('a normal change: validation, technical, business, security and compliance if they apply, board', () => {
    expect(seats('normal').slice(0, -1)).toEqual([
      ['validation', ['change_manager']],
      ['technical', ['devops_lead']],
      ['business', ['product_manager']],
      ['security', ['security_lead']],
      ['compliance', ['compliance_lead']],
    ]);
    expect(normal.stages.flatMap(({ when }) => when ?? [])).toEqual(['security', 'compliance']);
    expect(normal.stages[0]?.kind).toBe('validation');
  });

  test('an emergency: on-call and senior engineer, department head or designated approver, at once', () => {
    expect(seats('emergency')).toEqual([
      ['expedited', ['on_call_engineer', 'senior_engineer', 'department_head|designated_approver']],
    ]);
    expect(emergency.assumedRisk).toBe('high');
  });

  test('and asks what is broken before it asks for the fix, as one tells it', () => {
    const asked = fieldsOf(policy, 'emergency');
    expect(asked.slice(0, 4)).toEqual(['title', 'justification', 'description', 'incident']);
    expect(new Set(asked)).toEqual(new Set(emergency.required));
  });

  test('the board: six seats, the DevOps lead in the chair', () => {
    const board = normal.stages.at(-1);
    expect(board?.seats.map(({ roles }) => roles)).toEqual([
      ['devops_lead'],
      ['development_lead'],
      ['product_manager'],
      ['security_representative'],
      ['infrastructure_architect'],
      ['business_representative'],
    ]);
    expect(board).toMatchObject({ kind: 'vote', chair: 'chair', quorum: 4 });
    expect(board?.seats.find(({ id }) => id === board.chair)?.roles).toEqual(['devops_lead']);
  });

  test('every part of the template is a field of a normal change', () => {
    const apart: FieldId[] = ['incident', 'reviewer'];
    expect(fieldsOf(policy, 'normal')).toEqual(FIELD_IDS.filter((field) => !apart.includes(field)));
  });

  test('its checklist: nothing on it may be left out', () => {
    const checklist: FieldId[] = [
      ...(['userImpact', 'systemImpact', 'businessImpact', 'assessment'] as const), // impact assessment
      ...(['risks', 'mitigations', 'contingency'] as const), // risk mitigation plan
      ...(['testEnvironments', 'testCases', 'successCriteria', 'rollbackRehearsed'] as const), // testing plan
      ...(['rollbackSteps', 'rollbackMinutes', 'rollbackValidation', 'rollbackContacts'] as const),
      ...(['justification', 'startsAt', 'endsAt', 'resources'] as const),
    ];
    expect(normal.required).toEqual(expect.arrayContaining(checklist));
  });

  test('an emergency declares what is broken, the fix, systems, rollback, implementer and incident', () => {
    expect(emergency.required.toSorted()).toEqual(
      [
        'title',
        'justification',
        'description',
        'systems',
        'rollbackSteps',
        'implementer',
        'incident',
      ].toSorted(),
    );
    expect(emergency.labels).toEqual({ justification: 'What is broken', description: 'The fix' });
    expect(emergency.hints).toEqual({ justification: 'What people notice, and since when' });
  });

  test('a field under another name has a hint of its own or none, never that of the template', () => {
    const silent = guide((yaml) => yaml.replace(/ +hints: .*\n/, ''));
    expect(hintOf(policy, 'normal', 'justification')).toBe('Why it is needed');
    expect(hintOf(policy, 'emergency', 'justification')).toBe('What people notice, and since when');
    expect(hintOf(silent, 'emergency', 'justification')).toBeUndefined();
    expect(hintOf(silent, 'emergency', 'rollbackSteps')).toBe('One step a line');
  });

  test('three environments, and the two reviews that may apply', () => {
    expect(Object.values(policy.environments)).toEqual(['Development', 'Staging', 'Production']);
    expect(Object.keys(policy.reviews)).toEqual(['security', 'compliance']);
  });

  test('the impact assessment: eight groups with all items of the guide', () => {
    const counts = Object.values(policy.assessment).map(
      ({ title, items }) => `${title} ${Object.keys(items).length}`,
    );
    expect(counts).toEqual([
      ...['System components 6', 'Performance 5', 'Scalability 3', 'User experience 4', 'Operations 4'],
      ...['Finance 4', 'Upstream dependencies 4', 'Downstream dependencies 4'],
    ]);
  });

  test('risk asks about users, rollback, tests, time, systems and downtime', () => {
    expect(Object.keys(policy.risk.questions)).toEqual([
      ...['users', 'rollback', 'tested', 'timing', 'systems', 'downtime'],
    ]);
  });

  test('reminders at half, four fifths and all of the time; the change manager oversees', () => {
    expect(policy.reminders).toEqual([50, 80, 100]);
    expect(policy.overseer).toBe('change_manager');
  });

  test('no stage has more time than its category', () => {
    for (const { stages } of Object.values(policy.categories))
      for (const { share } of stages) expect(share).toBeLessThanOrEqual(1);
    const always = normal.stages.filter(({ when }) => !when).reduce((sum, { share }) => sum + share, 0);
    expect(always).toBeCloseTo(1);
  });
});
