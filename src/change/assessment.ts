import { NOT_AFFECTED } from '../policy/fields.ts';
import type { Policy } from '../policy/schema.ts';
import type { Assessment } from './types.ts';

/** A group of the assessment, or the note beside it, as a form names them. */
export type AssessmentSpot = `assessment.${string}`;

export const groupSpot = (group: string): AssessmentSpot => `assessment.${group}`;
export const noteSpot = (group: string): AssessmentSpot => `assessment.${group}.note`;

/**
 * What is missing or contradictory in an impact assessment, group by group (guide, "Impact Assessment").
 * @param mustAnswer whether every group has to be looked at
 */
export function assessmentProblems(
  { assessment: groups }: Policy,
  given: Assessment,
  mustAnswer: boolean,
): Partial<Record<AssessmentSpot, string>> {
  const problems: Partial<Record<AssessmentSpot, string>> = {};
  for (const [group, { title }] of Object.entries(groups)) {
    const answer = given[group];
    if (!answer) {
      if (mustAnswer) problems[groupSpot(group)] = `${title}: tick what is affected, or “Not affected”.`;
    } else if (answer.affected.length > 1 && answer.affected.includes(NOT_AFFECTED))
      problems[groupSpot(group)] = `${title}: tick either what is affected or “Not affected”, not both.`;
    else if (answer.affected.length > 0 && !answer.note?.trim())
      problems[noteSpot(group)] = `${title}: say in a few words how it is affected.`;
  }
  return problems;
}

/** The groups that differ, as they are in each of two assessments. */
export function assessedAnew(
  before: Assessment = {},
  after: Assessment = {},
): { before: Assessment; after: Assessment } {
  const groups = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differs = groups.filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  const part = (all: Assessment) =>
    Object.fromEntries(differs.flatMap((id) => (all[id] ? [[id, all[id]] as const] : [])));
  return { before: part(before), after: part(after) };
}
