import { FIELDS } from '../../policy/fields.ts';
import type { Policy, RiskLevel } from '../../policy/schema.ts';
import { inlineMarkdown, quotedMarkdown } from '../markdown.ts';
import type { ChangeEvent, FieldChange } from '../types.ts';
import { type Names, named, shortValue, utc } from './fields.ts';

/** What is told elsewhere in the document, or is the same in every event. */
const ELSEWHERE = new Set([
  ...['type', 'by', 'at', 'words', 'changes'],
  ...['proposal', 'aside', 'route', 'execution', 'risk', 'reminders', 'duties'],
]);

/**
 * An event of the record in Markdown: when, who and what, with everything that it says in short.
 * @param n its number in the record
 * @param level of the risk until then
 */
export function eventMarkdown(
  event: ChangeEvent,
  n: number,
  policy: Policy,
  names: Names,
  level: RiskLevel | undefined,
): string {
  const who = event.by === 'docket' ? 'Docket' : names.person(event.by);
  const details = Object.entries(event)
    .filter(([key, value]) => !ELSEWHERE.has(key) && value !== undefined)
    .map(([key, value]) => `${spaced(key)} ${valueMarkdown(value, names)}`);
  if (level !== undefined && 'risk' in event && event.risk.level !== level)
    details.unshift(`risk level ${level} → ${event.risk.level}`);
  const line = `- ${n}. ${utc(event.at)}, ${inlineMarkdown(who)}: **${sentence(event.type)}**`;
  const words = 'words' in event && event.words ? [indented(named(event.words, names))] : [];
  const changes =
    'changes' in event ? event.changes.map((change) => `  - ${changed(change, policy, names)}`) : [];
  return [`${line}${details.length > 0 ? ` (${details.join('; ')})` : ''}`, ...changes, ...words].join('\n');
}

/** "Was → is", of one field. */
function changed({ field, before, after }: FieldChange, policy: Policy, names: Names): string {
  return `${FIELDS[field].label}: ${shortValue(policy, field, before, names)} → ${shortValue(policy, field, after, names)}`;
}

/** A quotation that belongs to the item of a list. */
function indented(text: string): string {
  return quotedMarkdown(text)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function valueMarkdown(value: unknown, names: Names): string {
  if (Array.isArray(value)) return value.map((one) => valueMarkdown(one, names)).join(', ') || 'none';
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => `${inlineMarkdown(spaced(key))} ${valueMarkdown(inner, names)}`)
      .join(', ');
  // Nothing else in an event is as large as an instant.
  if (typeof value === 'number' && value > 1_000_000_000_000) return utc(value);
  if (typeof value === 'string' && /^[UW][A-Z0-9]{5,}$/.test(value))
    return inlineMarkdown(names.person(value));
  return inlineMarkdown(named(String(value), names));
}

/** "StageOpened" as "Stage opened". */
function sentence(type: string): string {
  const words = spaced(type);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function spaced(name: string): string {
  return name.replaceAll(/([A-Z])/g, (_, letter: string) => ` ${letter.toLowerCase()}`).trim();
}
