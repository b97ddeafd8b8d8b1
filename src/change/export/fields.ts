import { type FieldId, NOT_AFFECTED } from '../../policy/fields.ts';
import { choicesFrom, type Policy } from '../../policy/schema.ts';
import { heldIn } from '../held.ts';
import { inlineMarkdown, quotedMarkdown } from '../markdown.ts';
import { spell } from '../report.ts';
import type { Assessment, FieldValue, Instant, Right } from '../types.ts';

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

/** " (Change manager) on behalf of Amira": in which role somebody did something, where the record says so; in Markdown. */
export function rightMarkdown(
  { role, for: whom }: Partial<Right>,
  { roles }: Pick<Policy, 'roles'>,
  nameOf: Names['person'],
): string {
  if (role === undefined) return '';
  const behalf = whom === undefined ? '' : ` on behalf of ${inlineMarkdown(nameOf(whom))}`;
  return ` (${inlineMarkdown(roles[role] ?? role)})${behalf}`;
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
  const held = heldIn(field, value);
  if (held.kind === 'text') return `\n\n${quotedMarkdown(named(held.value, names))}`;
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
  const held = heldIn(field, value);
  switch (held.kind) {
    case 'line':
    case 'text':
    case 'link':
      return inlineMarkdown(named(held.value, names));
    case 'minutes':
      return held.value === 0 ? 'none' : spell(held.value);
    case 'instant':
      return utc(held.value);
    case 'person':
      return inlineMarkdown(names.person(held.value));
    case 'people':
      return held.value.map((id) => inlineMarkdown(names.person(id))).join(', ');
    case 'channels':
      return held.value.map((id) => inlineMarkdown(names.channel(id))).join(', ');
    case 'yesNo':
      return held.value ? 'Yes' : 'No';
    case 'choices':
      return held.value.map((id) => inlineMarkdown(choicesFrom(policy, held.from)[id] ?? id)).join(', ');
    case 'risk':
      return answers(policy, held.value).join('; ');
    case 'level':
      return `${held.value} at least`;
    case 'assessment':
      return assessmentMarkdown(policy, held.value, names).join('; ');
    default:
      return held satisfies never;
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
