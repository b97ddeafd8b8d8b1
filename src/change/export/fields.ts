import { FIELDS, type FieldId, NOT_AFFECTED } from '../../policy/fields.ts';
import { choicesFrom, type Policy } from '../../policy/schema.ts';
import { inlineMarkdown, quotedMarkdown } from '../markdown.ts';
import { spell } from '../report.ts';
import type { Assessment, FieldValue, Instant } from '../types.ts';

/** Who people are and what channels are called, for a text that leaves Slack. */
export interface Names {
  person(id: string): string;
  /** With its `#`, where the name is known. */
  channel(id: string): string;
}

/** Whoever is told something: a person, or a channel with its `#`. */
export function reader(id: string, names: Names): string {
  return /^[CG]/.test(id) ? names.channel(id) : names.person(id);
}

/** An instant as an auditor compares it: to the second, in UTC. */
export function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A text of somebody's with names in place of mentions. */
export function named(text: string, names: Names): string {
  return text
    .replaceAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => `@${names.person(id)}`)
    .replaceAll(/<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => names.channel(id));
}

/**
 * What a field holds, as Markdown: a short value within the line, a longer text as a quotation below it.
 * @returns what stands after "**Label:**"
 */
export function fieldMarkdown(
  policy: Policy,
  field: FieldId,
  value: FieldValue | undefined,
  names: Names,
): string {
  if (value === undefined) return ' not given';
  if (FIELDS[field].kind === 'text') return `\n\n${quotedMarkdown(named(String(value), names))}`;
  return ` ${shortValue(policy, field, value, names)}`;
}

/** The same within one line. */
export function shortValue(
  policy: Policy,
  field: FieldId,
  value: FieldValue | undefined,
  names: Names,
): string {
  if (value === undefined) return 'not given';
  const definition = FIELDS[field];
  const list = Array.isArray(value) ? value : [];
  switch (definition.kind) {
    case 'line':
    case 'text':
    case 'link':
      return inlineMarkdown(named(String(value), names));
    case 'minutes':
      return value === 0 ? 'none' : spell(Number(value));
    case 'instant':
      return utc(Number(value));
    case 'person':
      return inlineMarkdown(names.person(String(value)));
    case 'people':
      return list.map((id) => inlineMarkdown(names.person(id))).join(', ');
    case 'channels':
      return list.map((id) => inlineMarkdown(names.channel(id))).join(', ');
    case 'yesNo':
      return value ? 'Yes' : 'No';
    case 'choices':
      return list.map((id) => inlineMarkdown(choicesFrom(policy, definition.from)[id] ?? id)).join(', ');
    case 'risk':
      // A field holds what its kind says (`ValueOf` in types.ts); the parameter's type has lost which.
      return answers(policy, value as Record<string, string>).join('; ');
    case 'level':
      return `${String(value)} at least`;
    case 'assessment':
      // As above.
      return assessmentMarkdown(policy, value as Assessment, names).join('; ');
    default:
      return definition satisfies never;
  }
}

/** The questionnaire of the risk as it was answered, with the points of each answer. */
export function answers({ risk }: Policy, given: Record<string, string>): string[] {
  return Object.entries(given).map(([question, answer]) => {
    const asked = risk.questions[question];
    const chosen = asked?.answers[answer];
    const points = chosen ? ` (${chosen.points})` : '';
    return `${inlineMarkdown(asked?.ask ?? question)} ${inlineMarkdown(chosen?.label ?? answer)}${points}`;
  });
}

/** The impact assessment, group by group (guide, "Impact Assessment"). */
export function assessmentMarkdown({ assessment }: Policy, given: Assessment, names: Names): string[] {
  return Object.entries(assessment).map(([id, { title, items }]) => {
    const answer = given[id];
    const affected = (answer?.affected ?? []).filter((item) => item !== NOT_AFFECTED);
    const what = affected.map((item) => inlineMarkdown(items[item] ?? item)).join(', ');
    const note = answer?.note ? ` (${inlineMarkdown(named(answer.note, names))})` : '';
    return `${inlineMarkdown(title)}: ${answer ? what || 'not affected' : 'not assessed'}${note}`;
  });
}
