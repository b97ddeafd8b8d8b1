import { createHash } from 'node:crypto';
import { FIELD_IDS, FIELDS, type FieldId } from '../policy/fields.ts';
import { type Category, fieldsOf, type Policy } from '../policy/schema.ts';
import { type AssessmentSpot, assessmentProblems } from './assessment.ts';
import { contradicted, type RiskSpot } from './risk.ts';
import type { FieldChange, Filed, Instant, Proposal, Stage, TextHash } from './types.ts';
import { isCorrected } from './typo.ts';

/** What a category calls a field, or the template's name for it. */
export function labelOf(policy: Policy, category: Category, field: FieldId): string {
  return policy.categories[category].labels[field] ?? FIELDS[field].label;
}

/** What stands below a field: the template's hint goes with the template's label, and with another one comes another or none. */
export function hintOf(policy: Policy, category: Category, field: FieldId): string | undefined {
  const { labels, hints } = policy.categories[category];
  const definition = FIELDS[field];
  const own = labels[field] === undefined && 'hint' in definition ? definition.hint : undefined;
  return hints[field] ?? own;
}

/** Only what the category asks for, with empty answers left out. */
export function tidy(policy: Policy, category: Category, proposal: Proposal): Proposal {
  const asked = fieldsOf(policy, category);
  return Object.fromEntries(
    Object.entries(proposal).filter(([id, value]) => asked.some((f) => f === id) && !isEmpty(value)),
  );
}

/** A sentence for each field that is missing or wrong; in the assessment and the risk, for each part of it. */
export type Problems = Partial<Record<FieldId | AssessmentSpot | RiskSpot, string>>;

/**
 * What is missing or wrong, field by field, in words to stand beside the field
 * (guide, "Submission Checklist"). Empty when the proposal may be submitted.
 */
export function problemsOf(policy: Policy, category: Category, proposal: Proposal, now: Instant): Problems {
  const problems: Problems = {};
  for (const field of policy.categories[category].required) {
    if (isEmpty(proposal[field]))
      problems[field] = `${labelOf(policy, category, field)} is needed for ${category} changes.`;
  }
  if (policy.categories[category].required.includes('riskAnswers')) {
    const given = proposal.riskAnswers ?? {};
    const open = Object.entries(policy.risk.questions).filter(
      ([question, { answers }]) => !Object.hasOwn(answers, given[question] ?? ''),
    );
    if (open.length > 0) problems.riskAnswers = 'Answer every risk question.';
  }
  if (fieldsOf(policy, category).includes('assessment')) {
    const mustAnswer = policy.categories[category].required.includes('assessment');
    Object.assign(problems, assessmentProblems(policy, proposal.assessment ?? {}, mustAnswer));
  }
  Object.assign(problems, contradicted(policy, category, proposal));
  const { startsAt, endsAt } = proposal;
  if (startsAt !== undefined && startsAt < now)
    problems.startsAt = 'This start is in the past. Choose a later one.';
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt)
    problems.endsAt = 'The end must come after the start.';
  return problems;
}

/** Field by field, what is different in `after`. In which order choices were ticked or people named says nothing. */
export function differences(before: Proposal, after: Proposal): FieldChange[] {
  return FIELD_IDS.filter((field) => inAnyOrder(before[field]) !== inAnyOrder(after[field])).map((field) => ({
    field,
    ...(before[field] !== undefined && { before: before[field] }),
    ...(after[field] !== undefined && { after: after[field] }),
  }));
}

/**
 * Which fields of `after` differ from the reviewed text by more than a typo. Compared with what was reviewed,
 * not with the last edit, so that small steps cannot add up unseen. A window
 * within the reviewed one is what was reviewed.
 */
export function materialChanges(policy: Policy, reviewed: Proposal, after: Proposal): FieldId[] {
  const within = isWithin(reviewed, after);
  return differences(reviewed, after)
    .filter(
      ({ field, before, after: now }) =>
        !(policy.edits.wording.includes(field) && isTypo(before, now, policy.edits.typo)) &&
        !(within && (field === 'startsAt' || field === 'endsAt')),
    )
    .map(({ field }) => field);
}

function isWithin(reviewed: Proposal, { startsAt, endsAt }: Proposal): boolean {
  if (startsAt === undefined || endsAt === undefined) return false;
  const [earliest = startsAt + 1, latest = endsAt - 1] = [reviewed.startsAt, reviewed.endsAt];
  return earliest <= startsAt && endsAt <= latest;
}

function isTypo(before: unknown, after: unknown, most: number): boolean {
  return typeof before === 'string' && typeof after === 'string' && isCorrected(before, after, most);
}

/**
 * Stands for the fields that are material to a stage, as its people see them now, and for the risk where it is
 * among them. Two stages over the same fields have different hashes: else a validation's second click could count
 * as a vote, or a vote as that click.
 */
export function textHash(stage: Stage, { reviewed, risk }: Pick<Filed, 'reviewed' | 'risk'>): TextHash {
  const shown = stage.material.toSorted().map((field) => [field, reviewed[field] ?? null]);
  return hashOf([stage.id, shown, showsRisk(stage) ? risk.level : null]);
}

/** Sixteen hex digits that stand for anything JSON can say, whatever the order of its keys. */
export function hashOf(value: unknown): TextHash {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

/** Whether a stage decides on the risk, so that another level is another case. */
export function showsRisk({ material }: Stage): boolean {
  return material.includes('riskAnswers');
}

/** The hash of what the people of the change's stage `id` are shown. */
export function shownHash(change: Filed, id: string): TextHash {
  const stage = change.route.find((each) => each.id === id);
  return stage ? textHash(stage, change) : '';
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The same text for lists that hold the same, in whatever order. No field is a list in which the order matters. */
function inAnyOrder(value: unknown): string {
  return canonical(value, (list) => list.toSorted());
}

/** JSON with the keys of objects in order, so that equal values have equal text. */
function canonical(value: unknown, ordered = (list: unknown[]) => list): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      Array.isArray(each)
        ? ordered(each)
        : each && typeof each === 'object'
          ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
          : each,
    ) ?? 'null'
  );
}
