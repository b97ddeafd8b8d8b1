import type { FieldId } from '../policy/fields.ts';
import { type Category, fieldsOf, type Policy } from '../policy/schema.ts';
import { labelOf, problemsOf } from './proposal.ts';
import type { Instant, Proposal } from './types.ts';

/** The submission checklist of the guide, and the fields that answer each of its items. */
const ITEMS: readonly { title: string; fields: readonly FieldId[] | 'all' }[] = [
  { title: 'All required fields completed', fields: 'all' },
  {
    title: 'Impact assessment performed',
    fields: ['userImpact', 'systemImpact', 'businessImpact', 'downtimeMinutes', 'assessment'],
  },
  { title: 'Risk mitigation plan included', fields: ['riskAnswers', 'risks', 'mitigations', 'contingency'] },
  {
    title: 'Testing plan documented',
    fields: ['testEnvironments', 'testCases', 'successCriteria', 'rollbackRehearsed'],
  },
  {
    title: 'Rollback procedures defined',
    fields: ['rollbackSteps', 'rollbackMinutes', 'rollbackValidation', 'rollbackContacts'],
  },
  { title: 'Business justification provided', fields: ['justification'] },
  { title: 'Timeline and resources specified', fields: ['startsAt', 'endsAt', 'resources'] },
];

/** Something of a proposal that keeps it from being submitted. */
export interface Lack {
  field: FieldId;
  /** What the category calls the field. */
  label: string;
  why: string;
}

export interface CheckItem {
  title: string;
  /** Empty when the item is met. */
  lacks: Lack[];
}

/**
 * The guide's submission checklist, worked out instead of ticked by hand. Items about which a category asks
 * nothing are left out.
 * @param now a start before it is one that lacks
 */
export function checklist(policy: Policy, category: Category, proposal: Proposal, now: Instant): CheckItem[] {
  const asked = fieldsOf(policy, category);
  const all = lacksOf(policy, category, proposal, now);
  return ITEMS.filter(({ fields }) => fields === 'all' || fields.some((field) => asked.includes(field))).map(
    ({ title, fields }) => ({
      title,
      lacks: fields === 'all' ? all : all.filter(({ field }) => fields.includes(field)),
    }),
  );
}

/** Every problem of a proposal with the field that it is about, in the order of the template. */
export function lacksOf(policy: Policy, category: Category, proposal: Proposal, now: Instant): Lack[] {
  const problems = Object.entries(problemsOf(policy, category, proposal, now));
  return fieldsOf(policy, category).flatMap((field) =>
    problems
      .filter(([spot]) => spot === field || spot.startsWith(`${field}.`))
      .map(([, why = '']) => ({ field, label: labelOf(policy, category, field), why })),
  );
}
