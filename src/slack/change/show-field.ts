import { assessedAnew } from '../../change/assessment.ts';
import type { Assessment, FieldChange, FieldValue, Proposal, Risk } from '../../change/types.ts';
import { FIELDS, type FieldId } from '../../policy/fields.ts';
import { choicesFrom, type Policy, type RiskLevel } from '../../policy/schema.ts';
import {
  count,
  cut,
  cutMarkup,
  escaped,
  mention,
  mentions,
  quote,
  said,
  span,
  when,
} from '../blocks/format.ts';
import { assessmentLines } from './show-assessment.ts';

/**
 * What a field holds, as markdown for a message.
 * @param most how many characters a text may take
 */
export function showField(policy: Policy, field: FieldId, value: FieldValue | undefined, most = 500): string {
  if (value === undefined) return '_empty_';
  const definition = FIELDS[field];
  switch (definition.kind) {
    case 'line':
    case 'text':
      return quote(String(value), most);
    case 'link':
      return showLink(String(value));
    case 'minutes':
      return value === 0 ? 'none' : count(Number(value), 'minute');
    case 'instant':
      return when(Number(value));
    case 'person':
      return mentions([String(value)]);
    case 'people':
      return Array.isArray(value) ? mentions(value) : '';
    case 'channels':
      return Array.isArray(value) ? value.map((channel) => `<#${channel}>`).join(', ') : '';
    case 'yesNo':
      return value ? 'Yes' : 'No';
    case 'choices':
      return Array.isArray(value)
        ? cut(value.map((id) => escaped(choicesFrom(policy, definition.from)[id] ?? id)).join(', '), most)
        : '';
    case 'risk':
      // A field holds what its kind says (`ValueOf` in change/types.ts); the parameter's type has lost which.
      return cut(showAnswers(policy, value as Record<string, string>), most);
    case 'level':
      return `${String(value)} at least`;
    case 'assessment':
      // As above.
      return cutMarkup(assessmentLines(policy, value as Assessment, most).join('\n'), most);
    default:
      return definition satisfies never;
  }
}

/** Only a web address becomes a link, and it always shows where it leads. */
export function showLink(url: string): string {
  return /^https?:\/\/[^\s<>|]+$/.test(url) ? `<${escaped(url)}>` : quote(url, 500);
}

function showAnswers({ risk }: Policy, answers: Record<string, string>): string {
  return Object.entries(answers)
    .flatMap(([question, answer]) => {
      const asked = risk.questions[question];
      const given = asked?.answers[answer];
      return asked && given ? [`• ${escaped(asked.ask)} ${escaped(given.label)} (${given.points})`] : [];
    })
    .join('\n');
}

const RISK_MARK: Record<RiskLevel, string> = { low: '🟢', medium: '🟠', high: '🔴' };

/** The level always in words; the mark only helps the eye. */
export function riskInWords(level: RiskLevel): string {
  return `${RISK_MARK[level]} ${level[0]?.toUpperCase()}${level.slice(1)} risk`;
}

/** A risk, and what it is based on. */
export function showRisk({ level, points, set }: Risk): string {
  const word = riskInWords(level);
  if (set) return `${word} (set by ${mention(set.by)})`;
  return points > 0 ? `${word} (${count(points, 'point')})` : word;
}

/** Why a risk is what it is: who set it and why, and a line for each point that the answers give. */
export function whyThisRisk({ level, points, reasons, set }: Risk): string {
  const answers = reasons.map((reason) => `• ${escaped(reason)}`).join('\n') || '• No answer adds a point';
  if (!set) return `*Why ${level} risk*\n${answers}`;
  const worked = `Worked out from the answers: ${set.computed} (${count(points, 'point')})`;
  return `*Set to ${level} risk* by ${mention(set.by)}\n${said(set.words, 500)}\n${worked}\n${answers}`;
}

export function showWindow({ startsAt, endsAt }: Proposal): string {
  if (startsAt === undefined) return 'as soon as it is approved';
  return endsAt === undefined ? `from ${when(startsAt)}` : span(startsAt, endsAt);
}

/** One line a field: before and after. */
export function showChanges(policy: Policy, changes: readonly FieldChange[], most = 150): string {
  return changes
    .map(narrowed)
    .map(
      ({ field, before, after }) =>
        `• *${FIELDS[field].label}*: ${showField(policy, field, before, most)} → ${showField(policy, field, after, most)}`,
    )
    .join('\n');
}

/** Of an assessment only the groups that differ, else the first ones would be all that there is room for. */
function narrowed(change: FieldChange): FieldChange {
  if (change.field !== 'assessment') return change;
  // What the field holds, see above.
  return { ...change, ...assessedAnew(change.before as Assessment, change.after as Assessment) };
}
