import type { KnownBlock } from '@slack/types';
import { allowed, type Step } from '../../change/allowed.ts';
import { ballWith } from '../../change/ball.ts';
import { openStageOf } from '../../change/decided.ts';
import type { Card } from '../../change/effects.ts';
import type { Facts } from '../../change/facts.ts';
import { differences, labelOf } from '../../change/proposal.ts';
import { openSeats } from '../../change/seats.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change, Instant, PersonId } from '../../change/types.ts';
import type { FieldId } from '../../policy/fields.ts';
import { fieldsOf } from '../../policy/schema.ts';
import { buttons, type Drawn, pairs, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { escaped, mention, mentions, nameOf, said, when } from '../blocks/format.ts';
import { testLines } from './evidence.ts';
import { showChanges, showField, whyThisRisk } from './show-field.ts';
import { windowBlocks } from './show-obstacles.ts';
import { statusLine, tally } from './status.ts';
import { stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What an approver gets: the whole case, and one click to decide it. */
export function drawAsk(card: Card & { card: 'ask' }, change: Change, facts: Facts, now: Instant): Drawn {
  const isOpen =
    isUnderReview(change) && change.open.stage === card.stage && change.open.round === card.round;
  const steps = isOpen ? allowed(change, card.to, facts, now) : new Set<Step>();
  const asks = steps.has('approve') && isAsked(change, card.to);
  const blocks = [
    section(lead(card, change, steps, facts)),
    ...summary(change, facts),
    ...(asks ? wholeCase(change, facts, now) : []),
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
  const blocks = [
    section(lead),
    ...summary(change, facts),
    ...wholeCase(change, facts, now),
    ...buttons(stepButtons(change, person, steps)),
  ];
  return { text: `${lead} ${nameOf(change)}`, blocks: fitMessage(blocks) };
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
  if (!isUnderReview(change) || !steps.has('approve'))
    return `${title}: nothing more is needed from you here.`;
  if (isAsked(change, card.to)) return `${title}: your decision is needed by ${when(change.open.deadline)}.`;
  const others = mentions(ballWith(change, facts.holders));
  return `${title}: ${others} is asked now instead of you. You hold the role, so you may still decide.`;
}

const PARAGRAPH = 700;
/** What exactly is altered (guide, template: "Technical Details"). */
const DETAILS = ['configurationChanges', 'codeChanges', 'databaseChanges'] as const;

/** What, why, risk, impact, window and what stands against it, tests, rollback: all that a decision needs, cut so that Slack takes it. */
export function wholeCase(change: Change, facts: Facts, now: Instant = 0): KnownBlock[] {
  const { policy } = facts;
  const { proposal, category, risk } = change;
  const label = (field: FieldId) => escaped(labelOf(policy, category, field));
  const long = (title: string, text: string | undefined) =>
    text ? [section(`*${title}*\n${said(text, PARAGRAPH)}`)] : [];
  const show = (...fields: FieldId[]) =>
    fields
      .filter((field) => proposal[field] !== undefined)
      .map((field) => [label(field), showField(policy, field, proposal[field], 300)] as const);
  const short = show(
    'systems',
    'environments',
    'downtimeMinutes',
    'userImpact',
    'systemImpact',
    'businessImpact',
    'implementer',
    'incident',
  );
  const proof = show(
    'testEnvironments',
    'testCases',
    'successCriteria',
    'rollbackRehearsed',
    'rollbackMinutes',
    'rollbackContacts',
  );
  return [
    ...changedSince(change, policy),
    ...windowBlocks(change, facts, now),
    ...fieldsOf(policy, category)
      .filter((field) => field === 'description' || field === 'justification')
      .flatMap((field) => long(label(field), proposal[field])),
    ...DETAILS.flatMap((field) => long(label(field), proposal[field])),
    section(whyThisRisk(risk)),
    ...(short.length > 0 ? [pairs(short)] : []),
    ...(proposal.assessment
      ? [
          section(
            `*${label('assessment')}*\n${showField(policy, 'assessment', proposal.assessment, PARAGRAPH)}`,
          ),
        ]
      : []),
    ...long(label('risks'), proposal.risks),
    ...long(label('mitigations'), proposal.mitigations),
    ...long(label('contingency'), proposal.contingency),
    ...(proof.length > 0 ? [pairs(proof)] : []),
    ...long(label('rollbackSteps'), proposal.rollbackSteps),
    ...long(label('rollbackValidation'), proposal.rollbackValidation),
    ...long(label('communicationPlan'), proposal.communicationPlan),
    ...testLines(change),
    ...answered(change),
    ...votes(change),
  ];
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
    return `*${mention(q.by)} asked*\n${said(q.words, 300)}\n*Answer*\n${answer}`;
  });
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}
