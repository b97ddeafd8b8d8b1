import { assessedAnew } from '../../change/assessment.ts';
import { heldIn } from '../../change/held.ts';
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
export function showField(
  policy: Policy,
  field: FieldId,
  value: FieldValue | undefined,
  most: number,
): string {
  if (value === undefined) return '_empty_';
  const held = heldIn(field, value);
  switch (held.kind) {
    case 'line':
    case 'text':
      return quote(held.value, most);
    case 'link':
      return showLink(held.value);
    case 'minutes':
      return held.value === 0 ? 'none' : count(held.value, 'minute');
    case 'instant':
      return when(held.value);
    case 'person':
      return mention(held.value);
    case 'people':
      return mentions(held.value);
    case 'channels':
      return held.value.map((channel) => `<#${channel}>`).join(', ');
    case 'yesNo':
      return held.value ? 'Yes' : 'No';
    case 'choices':
      return cut(held.value.map((id) => escaped(choicesFrom(policy, held.from)[id] ?? id)).join(', '), most);
    case 'risk':
      return cut(showAnswers(policy, held.value), most);
    case 'level':
      return `${held.value} at least`;
    case 'assessment':
      return cutMarkup(assessmentLines(policy, held.value, most).join('\n'), most);
    default:
      return held satisfies never;
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

/** One line a field, and of the risk one line a question: before and after. */
export function showChanges(policy: Policy, changes: readonly FieldChange[], most = 150): string {
  return changes
    .flatMap((change) => {
      if (change.field === 'riskAnswers') return answeredAnew(policy, change);
      const { field, before, after } = narrowed(change);
      const [was, is] = [before, after].map((value) => showField(policy, field, value, most));
      return [`• *${FIELDS[field].label}*: ${was} → ${is}`];
    })
    .join('\n');
}

type Answers = Proposal['riskAnswers'];

/** Of the questions of the risk only those that are answered otherwise, as all of them would have no room. */
function answeredAnew({ risk }: Policy, { before, after }: FieldChange): string[] {
  const [was, is] = [before as Answers, after as Answers]; // what this field holds (`Proposal`)
  return Object.entries(risk.questions).flatMap(([id, { ask, answers }]) => {
    const [one, other] = [was?.[id], is?.[id]];
    if (one === other) return [];
    const [from, to] = [one, other].map((answer) => {
      const given = answer === undefined ? undefined : answers[answer];
      return given ? `${escaped(given.label)} (${given.points})` : '_empty_';
    });
    return [`• *${escaped(ask)}* ${from} → ${to}`];
  });
}

/** Of two values that have much in common, what differs: else the same beginning would take all the room that there is. */
function narrowed(change: FieldChange): FieldChange {
  const { field, before, after } = change;
  if (field === 'assessment')
    // What this field holds (`Proposal`); the type of a change of a field has lost which.
    return { ...change, ...assessedAnew(before as Assessment, after as Assessment) };
  return typeof before === 'string' && typeof after === 'string'
    ? { ...change, ...fromDifference(before, after) }
    : change;
}

/** So much of a text may stand before what differs. */
const LEAD_IN = 40;

/** Two texts, from the words before the first place where they differ. */
function fromDifference(before: string, after: string): { before: string; after: string } {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const start = at > LEAD_IN ? before.lastIndexOf(' ', at - LEAD_IN / 2) + 1 : 0;
  return start === 0
    ? { before, after }
    : { before: `…${before.slice(start)}`, after: `…${after.slice(start)}` };
}
