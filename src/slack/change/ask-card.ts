import type { KnownBlock } from '@slack/types';
import { allowed, type Step } from '../../change/allowed.ts';
import { ballWith } from '../../change/ball.ts';
import { openStageOf } from '../../change/decided.ts';
import type { Card } from '../../change/effects.ts';
import type { Facts } from '../../change/facts.ts';
import { differences, labelOf } from '../../change/proposal.ts';
import { openSeats, seatFor } from '../../change/seats.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change, Instant, PersonId, Proposal } from '../../change/types.ts';
import { FIELDS, type FieldId } from '../../policy/fields.ts';
import { fieldsOf, type Policy } from '../../policy/schema.ts';
import { buttons, context, type Drawn, section, sections } from '../blocks/blocks.ts';
import { charactersIn, fitMessage } from '../blocks/fit.ts';
import { escaped, inLine, inStead, mention, mentions, nameOf, said, when } from '../blocks/format.ts';
import { testLines } from './evidence.ts';
import { showChanges, showField, whyThisRisk } from './show-field.ts';
import { windowBlocks } from './show-obstacles.ts';
import { statusLine, tally } from './status.ts';
import { ACTION, stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What an approver gets: the whole case, and one click to decide it. */
export function drawAsk(card: Card & { card: 'ask' }, change: Change, facts: Facts, now: Instant): Drawn {
  const isOpen =
    isUnderReview(change) && change.open.stage === card.stage && change.open.round === card.round;
  const steps = isOpen ? allowed(change, card.to, facts, now) : new Set<Step>();
  const asks = steps.has('approve') && isAsked(change, card.to);
  // Whoever can decide by one click has before their eyes on what.
  const shown = steps.has('approve') ? wholeCase(change, facts, now) : [];
  const blocks = [
    section(lead(card, change, steps, facts)),
    ...summary(change, facts),
    ...decisionAbove(change, card.to, steps, shown),
    ...shown,
    ...(steps.has('changeVote') ? votes(change) : []),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  const text = `${asks ? 'Please review' : 'Reviewed'} ${nameOf(change)}. ${statusLine(change, facts.holders)}`;
  return { text, blocks: fitMessage(blocks) };
}

/** The whole case and the buttons, for somebody who wants to decide and has no card at hand. @param lead said above it */
export function drawToDecide(
  change: Change,
  facts: Facts,
  person: PersonId,
  now: Instant,
  lead: string,
): Drawn {
  const steps = allowed(change, person, facts, now);
  const shown = wholeCase(change, facts, now);
  const blocks = [
    section(lead),
    ...summary(change, facts),
    ...decisionAbove(change, person, steps, shown),
    ...shown,
    ...buttons(stepButtons(change, person, steps)),
  ];
  return { text: `${lead} ${nameOf(change)}`, blocks: fitMessage(blocks) };
}

/** So many characters take more than a screen of a phone. */
const SCREEN = 700;
const DECISION: readonly string[] = [ACTION.approve, ACTION.reject, ACTION.vote, ACTION.ask];

/** Where the case is longer than a screen, its decision stands above it too, so that it is in sight from either end. */
function decisionAbove(
  change: Change,
  person: PersonId,
  steps: Set<Step>,
  shown: readonly KnownBlock[],
): KnownBlock[] {
  if (charactersIn(shown) <= SCREEN) return [];
  const decision = stepButtons(change, person, steps).filter(({ action }) => DECISION.includes(action));
  // Within a message no two buttons have the same id.
  return buttons(decision.map((spec) => ({ ...spec, action: `${spec.action}:1` })));
}

/** Whether a change asks this person for a seat that is open; others of the role may decide without being asked. */
function isAsked(change: Change, person: PersonId): boolean {
  return isUnderReview(change) && openSeats(change).some(({ id }) => change.open.asked[id]?.includes(person));
}

function lead(card: Card & { card: 'ask' }, change: Change, steps: ReadonlySet<Step>, facts: Facts): string {
  const stage = change.route.find(({ id }) => id === card.stage)?.title;
  if (stage === undefined) {
    const category = escaped(facts.policy.categories[change.category].title);
    return `*Reclassified* as ${category}: nothing more is needed from you here.`;
  }
  const title = `*${escaped(stage)}*`;
  if (isUnderReview(change) && steps.has('changeVote'))
    return `${title}: you have voted, and nothing more is needed. Until it is decided, you may change your vote.`;
  if (!isUnderReview(change) || !steps.has('approve')) {
    const anew =
      isUnderReview(change) && change.open.stage === card.stage && change.open.round !== card.round;
    return anew && isAsked(change, card.to)
      ? `${title}: you are asked anew, in a newer message.`
      : `${title}: nothing more is needed from you here.`;
  }
  if (isAsked(change, card.to)) {
    const { for: inStead } = seatFor(change, card.to, facts.holders);
    const whose = inStead === undefined ? '' : ` You stand in for ${mention(inStead)}.`;
    return `${title}: your decision is needed by ${when(change.open.deadline)}.${whose}`;
  }
  const others = mentions(ballWith(change, facts.holders));
  return `${title}: ${others} is asked now instead of you. You hold the role, so you may still decide.`;
}

const PARAGRAPH = 700;
const LINE = 300;
/**
 * What belongs to a decision, in the order in which it is read: every field of the template, but for those that the
 * lines above it say (the title, the risk's questions, the window, the reviews).
 */
const CASE: readonly (readonly FieldId[])[] = [
  ['description', 'justification'],
  ['configurationChanges', 'codeChanges', 'databaseChanges'],
  [
    'systems',
    'environments',
    'downtimeMinutes',
    'userImpact',
    'systemImpact',
    'businessImpact',
    'assessment',
  ],
  ['executionWindow', 'implementer', 'resources', 'effortMinutes', 'incident'],
  ['risks', 'mitigations', 'contingency'],
  ['testEnvironments', 'testCases', 'successCriteria', 'rollbackRehearsed'],
  ['rollbackSteps', 'rollbackMinutes', 'rollbackValidation', 'rollbackContacts'],
  ['communicationPlan', 'stakeholders', 'stakeholderChannels'],
];
/** What nobody decides without, whatever else their review is about: what and why, impact, tests and rollback. */
const ALWAYS: ReadonlySet<FieldId> = new Set<FieldId>([
  ...(['description', 'justification', 'systems', 'environments', 'downtimeMinutes'] as const),
  ...(['userImpact', 'systemImpact', 'businessImpact', 'implementer', 'incident'] as const),
  ...([
    'testEnvironments',
    'successCriteria',
    'rollbackRehearsed',
    'rollbackSteps',
    'rollbackMinutes',
  ] as const),
]);

/**
 * What, why, risk, impact, window and what stands against it, tests, rollback: all that a decision needs, cut so that
 * Slack takes it. What the open review is not about is named, and stands in the full record.
 */
export function wholeCase(change: Change, facts: Facts, now: Instant): KnownBlock[] {
  const { policy } = facts;
  const { proposal, category, risk } = change;
  const judged = isUnderReview(change) ? openStageOf(change).material : undefined;
  const isShown = (field: FieldId) => ALWAYS.has(field) || !judged || judged.includes(field);
  // In the order of its form: an emergency begins with what is broken.
  const asked = fieldsOf(policy, category);
  const filled = CASE.map((group) =>
    asked.filter((field) => group.includes(field) && proposal[field] !== undefined),
  );
  const label = (field: FieldId) => escaped(labelOf(policy, category, field));
  const groups = filled.map((group) =>
    sections(group.filter(isShown).map((field) => caseLine(policy, field, label(field), proposal))),
  );
  const [what = [], ...rest] = groups;
  const others = filled.flat().filter((field) => !isShown(field));
  return [
    ...changedSince(change, policy),
    ...windowBlocks(change, facts, now),
    ...what,
    section(whyThisRisk(risk)),
    ...rest.flat(),
    ...(others.length > 0
      ? [context(`Not what this review is about, and in _Full record_: ${others.map(label).join(', ')}`)]
      : []),
    ...testLines(change),
    ...answered(change),
    ...votes(change),
  ];
}

/** A label and what it holds: on one line, where the text is one. */
function caseLine(policy: Policy, field: FieldId, label: string, proposal: Proposal): string {
  const value = proposal[field];
  if (field === 'assessment') return `*${label}*\n${showField(policy, field, value, PARAGRAPH)}`;
  const { kind } = FIELDS[field];
  if (kind !== 'text') return `*${label}*: ${showField(policy, field, value, LINE)}`;
  const text = String(value).trim();
  return text.includes('\n')
    ? `*${label}*\n${said(text, PARAGRAPH)}`
    : `*${label}*: ${inLine(text, PARAGRAPH)}`;
}

function votes(change: Change): KnownBlock[] {
  const stands = tally(change);
  return stands ? [section(`*Votes*: ${stands}`)] : [];
}

/**
 * The difference to what was filed, for those who had seen an earlier text: which one that was, nobody need remember.
 * Of a field that was edited twice, its first text and its present one.
 */
function changedSince(change: Change, policy: Facts['policy']): KnownBlock[] {
  const last = change.edits.at(-1);
  if (!last || !isUnderReview(change)) return [];
  const before = change.edits.flatMap(({ changes }) => changes).toReversed();
  const filed = Object.fromEntries(before.map((each) => [each.field, each.before]));
  const { material } = openStageOf(change);
  const here = differences({ ...change.proposal, ...filed }, change.proposal).filter(({ field }) =>
    material.includes(field),
  );
  return here.length > 0 ? [section(`✏️ *Edited ${when(last.at)}*\n${showChanges(policy, here)}`)] : [];
}

function answered(change: Change): KnownBlock[] {
  const lines = change.questions.slice(-3).map((q) => {
    const answer = q.answer ? said(q.answer.words, 300) : '_not answered yet_';
    return `*${mention(q.by)}${inStead(q.for)} asked*\n${said(q.words, 300)}\n*Answer*\n${answer}`;
  });
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}
