import type { KnownBlock } from '@slack/types';
import { allowed, type Step } from '../change/allowed.ts';
import type { Card } from '../change/effects.ts';
import type { Facts } from '../change/facts.ts';
import { labelOf } from '../change/proposal.ts';
import { openStageOf } from '../change/seats.ts';
import { isUnderReview } from '../change/states.ts';
import type { FiledChange, Instant, PersonId } from '../change/types.ts';
import type { FieldId } from '../policy/fields.ts';
import { type ButtonSpec, buttons, context, type Drawn, pairs, section } from './blocks.ts';
import { fitMessage } from './fit.ts';
import { escaped, mention, nameOf, quote, said, when } from './format.ts';
import { targetOf } from './ids.ts';
import { showChanges, showField, showRisk, showWindow } from './show-field.ts';
import { decisionLines, road, statusLine, tally } from './status.ts';

/** Action ids, one for each thing that a button on a card does. */
export const ACTION = {
  approve: 'approve',
  reject: 'reject',
  abstain: 'abstain',
  return: 'return',
  ask: 'ask',
  answer: 'answer',
  edit: 'edit',
  withdraw: 'withdraw',
  record: 'record',
} as const;

/** A card as it is to be seen now. Always drawn whole from the present state, never patched. */
export function drawCard(card: Card, change: FiledChange, facts: Facts, now: Instant): Drawn {
  switch (card.card) {
    case 'headline':
      return drawn(change, facts, [...summary(change, facts), ...buttons([recordButton(change)])]);
    case 'requester':
      return drawForPerson(change, facts, card.to, now);
    case 'ask':
      return drawAsk(card, change, facts, now);
    default:
      return card satisfies never;
  }
}

/** A change as somebody who asks for it sees it, with what they could do to it. */
export function drawForPerson(change: FiledChange, facts: Facts, person: PersonId, now: Instant): Drawn {
  const steps = allowed(change, person, facts, now);
  const blocks = [
    ...summary(change, facts),
    ...openQuestions(change),
    ...buttons(stepButtons(change, person, steps)),
  ];
  return drawn(change, facts, blocks);
}

/** What an approver gets: the whole case, and one click to decide it. */
function drawAsk(card: Card & { card: 'ask' }, change: FiledChange, facts: Facts, now: Instant): Drawn {
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

function drawn(change: FiledChange, { holders }: Facts, blocks: KnownBlock[]): Drawn {
  return { text: `${nameOf(change)}: ${statusLine(change, holders)}`, blocks: fitMessage(blocks) };
}

function summary(change: FiledChange, { policy, holders }: Facts): KnownBlock[] {
  const { proposal, category, risk } = change;
  const facts = [
    escaped(policy.categories[category].title),
    showRisk(risk),
    `filed by ${mention(change.requester)} ${when(change.submittedAt)}`,
    showWindow(proposal),
  ];
  const decided = decisionLines(change);
  return [
    section(`*${change.number}  ${quote(proposal.title ?? '', 300)}*\n${statusLine(change, holders)}`),
    context(facts.join('  ·  ')),
    ...road(change),
    ...(decided ? [section(decided)] : []),
  ];
}

const PARAGRAPH = 700;

/** What, why, risk, impact, window, tests, rollback: all that a decision needs, cut so that Slack takes it. */
function wholeCase(change: FiledChange, { policy }: Facts): KnownBlock[] {
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
    ...long(label('risks'), proposal.risks),
    ...long(label('mitigations'), proposal.mitigations),
    ...(proof.length > 0 ? [pairs(proof)] : []),
    ...long(label('rollbackSteps'), proposal.rollbackSteps),
    ...answered(change),
    ...(votes ? [section(`*Votes*: ${votes}`)] : []),
  ];
}

/** The difference, for those who had seen an earlier text. */
function changedSince(change: FiledChange, policy: Facts['policy']): KnownBlock[] {
  const edit = change.edits.at(-1);
  if (!edit) return [];
  const stage = isUnderReview(change) ? openStageOf(change) : undefined;
  const here = edit.changes.filter(({ field }) => stage?.material.includes(field));
  return here.length > 0 ? [section(`✏️ *Edited ${when(edit.at)}*\n${showChanges(policy, here)}`)] : [];
}

function answered(change: FiledChange): KnownBlock[] {
  const lines = change.questions.slice(-3).map((q) => {
    const answer = q.answer ? said(q.answer.words, 300) : '_not answered yet_';
    return `*${mention(q.by)} asked*\n${said(q.words, 300)}\n*Answer*\n${answer}`;
  });
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

function openQuestions(change: FiledChange): KnownBlock[] {
  return change.questions
    .filter((question) => !question.answer)
    .slice(-5)
    .map((question) => section(`❓ ${mention(question.by)} asks:\n${said(question.words, 500)}`));
}

function recordButton(change: FiledChange): ButtonSpec {
  return {
    label: 'Full record',
    action: ACTION.record,
    value: targetOf(change),
    spoken: `Full record of ${change.number}`,
  };
}

function stepButtons(change: FiledChange, person: PersonId, steps: Set<Step>): ButtonSpec[] {
  const value = targetOf(change);
  const spec = (label: string, action: string, style?: ButtonSpec['style']): ButtonSpec => ({
    ...{ label, action, value, spoken: `${label} ${change.number}` },
    ...(style && { style }),
  });
  const asked = change.requester === person && change.questions.some((question) => !question.answer);
  return [
    ...(steps.has('approve') ? [spec('Approve', ACTION.approve, 'primary')] : []),
    ...(steps.has('reject') ? [spec('Reject…', ACTION.reject, 'danger')] : []),
    ...(steps.has('abstain') ? [spec('Abstain…', ACTION.abstain)] : []),
    ...(steps.has('return') ? [spec('Return…', ACTION.return)] : []),
    ...(steps.has('ask') ? [spec('Ask…', ACTION.ask)] : []),
    ...(asked ? [spec('Answer…', ACTION.answer, 'primary')] : []),
    ...(steps.has('edit')
      ? [spec(change.status === 'returned' ? 'Edit and resubmit…' : 'Edit…', ACTION.edit)]
      : []),
    ...(steps.has('withdraw') ? [withdrawButton(change, value)] : []),
    recordButton(change),
  ];
}

function withdrawButton(change: FiledChange, value: string): ButtonSpec {
  const text = `${change.number} ends here. Those who were asked are told; its number is not used again.`;
  const confirm = { title: `Withdraw ${change.number}?`, text, yes: 'Withdraw' };
  return { label: 'Withdraw', action: ACTION.withdraw, value, confirm, spoken: `Withdraw ${change.number}` };
}
