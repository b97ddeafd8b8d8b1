import type { KnownBlock } from '@slack/types';
import { allowed, type Step } from '../change/allowed.ts';
import type { Card } from '../change/effects.ts';
import type { Facts } from '../change/facts.ts';
import { labelOf } from '../change/proposal.ts';
import { openStageOf } from '../change/seats.ts';
import { isUnderReview } from '../change/states.ts';
import type { Change, Instant } from '../change/types.ts';
import type { FieldId } from '../policy/fields.ts';
import { buttons, type Drawn, pairs, section } from './blocks.ts';
import { testLines } from './evidence.ts';
import { fitMessage } from './fit.ts';
import { escaped, mention, nameOf, said, when } from './format.ts';
import { showChanges, showField } from './show-field.ts';
import { statusLine, tally } from './status.ts';
import { stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What an approver gets: the whole case, and one click to decide it. */
export function drawAsk(card: Card & { card: 'ask' }, change: Change, facts: Facts, now: Instant): Drawn {
  const isOpen =
    isUnderReview(change) && change.open.stage === card.stage && change.open.round === card.round;
  const steps = isOpen ? allowed(change, card.to, facts, now) : new Set<Step>();
  const stage = escaped(change.route.find(({ id }) => id === card.stage)?.title ?? card.stage);
  const asks = steps.has('approve');
  const lead = asks
    ? `*${stage}*: your decision is needed by ${when(isUnderReview(change) ? change.open.deadline : now)}.`
    : `*${stage}*: nothing more is needed from you here.`;
  const blocks = [
    section(lead),
    ...summary(change, facts),
    ...(asks ? wholeCase(change, facts) : []),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  const text = `${asks ? 'Please review' : 'Reviewed'} ${nameOf(change)}. ${statusLine(change, facts.holders)}`;
  return { text, blocks: fitMessage(blocks) };
}

const PARAGRAPH = 700;

/** What, why, risk, impact, window, tests, rollback: all that a decision needs, cut so that Slack takes it. */
function wholeCase(change: Change, { policy }: Facts): KnownBlock[] {
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
  const votes = tally(change);
  return [
    ...changedSince(change, policy),
    ...long(label('description'), proposal.description),
    ...long(label('justification'), proposal.justification),
    section(
      `*Why ${risk.level} risk*\n${risk.reasons.map((reason) => `• ${escaped(reason)}`).join('\n') || '• No answer adds a point'}`,
    ),
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
    ...(proof.length > 0 ? [pairs(proof)] : []),
    ...long(label('rollbackSteps'), proposal.rollbackSteps),
    ...testLines(change),
    ...answered(change),
    ...(votes ? [section(`*Votes*: ${votes}`)] : []),
  ];
}

/** The difference, for those who had seen an earlier text. */
function changedSince(change: Change, policy: Facts['policy']): KnownBlock[] {
  const edit = change.edits.at(-1);
  if (!edit) return [];
  const stage = isUnderReview(change) ? openStageOf(change) : undefined;
  const here = edit.changes.filter(({ field }) => stage?.material.includes(field));
  return here.length > 0 ? [section(`✏️ *Edited ${when(edit.at)}*\n${showChanges(policy, here)}`)] : [];
}

function answered(change: Change): KnownBlock[] {
  const lines = change.questions.slice(-3).map((q) => {
    const answer = q.answer ? said(q.answer.words, 300) : '_not answered yet_';
    return `*${mention(q.by)} asked*\n${said(q.words, 300)}\n*Answer*\n${answer}`;
  });
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}
