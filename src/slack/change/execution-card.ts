import type { KnownBlock, PlainTextOption } from '@slack/types';
import { allowed, type Step } from '../../change/allowed.ts';
import type { Card } from '../../change/effects.ts';
import { openBeforeStart, unprovenAfter } from '../../change/execution-plan.ts';
import type { Facts } from '../../change/facts.ts';
import { labelOf } from '../../change/proposal.ts';
import type { Change, Instant } from '../../change/types.ts';
import type { FieldId } from '../../policy/fields.ts';
import { buttons, type Drawn, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { escaped, mention, mentions, nameOf, said } from '../blocks/format.ts';
import { option } from '../blocks/inputs.ts';
import { targetOf } from '../ids.ts';
import { dashboards } from './dashboards.ts';
import { aftermath, guidance, notes, progress, testLines } from './evidence.ts';
import { windowBlocks } from './show-obstacles.ts';
import { statusLine } from './status.ts';
import { ACTION, stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What the implementer gets when a change is approved: what is left before the start, then the steps to tick. */
export function drawImplement(
  card: Card & { card: 'implement' },
  change: Change,
  facts: Facts,
  now: Instant,
): Drawn {
  const current = 'approvedAt' in change && change.approvedAt === card.approvedAt;
  const steps = current ? allowed(change, card.to, facts, now) : new Set<Step>();
  const blocks = [
    section(
      current
        ? lead(change, steps)
        : '*Implementation*: this approval no longer holds, so nothing is needed from you here.',
    ),
    ...summary(change, facts, 'without decisions'),
    ...(current
      ? [
          ...guidance(change),
          ...windowBlocks(change, facts, now),
          ...work(change, facts, 'rollbackSteps'),
          ...testLines(change),
          ...dashboards(change, facts.policy),
          ...yours(change, steps),
          ...notes(change),
          ...aftermath(change, facts),
        ]
      : []),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${nameOf(change)}: ${statusLine(change, facts.holders)}`, blocks: fitMessage(blocks) };
}

/** What those who may verify get when it has been carried out. */
export function drawVerify(
  card: Card & { card: 'verify' },
  change: Change,
  facts: Facts,
  now: Instant,
): Drawn {
  const steps = allowed(change, card.to, facts, now);
  const asks = steps.has('verify');
  const rolledBack = 'outcome' in change && change.outcome === 'rolled back';
  const implementer = 'implementer' in change ? change.implementer : change.requester;
  const blocks = [
    section(
      asks
        ? `*Verification*: ${mention(implementer)} ${rolledBack ? 'has rolled it back' : 'is done'}. Please check the result; one of you is enough.`
        : '*Verification*: nothing more is needed from you here.',
    ),
    ...summary(change, facts, 'without decisions'),
    ...dashboards(change, facts.policy),
    ...work(change, facts, rolledBack ? 'rollbackValidation' : 'successCriteria'),
    ...progress(change),
    ...notes(change),
    ...testLines(change),
    ...aftermath(change, facts),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${asks ? 'Please verify' : 'Verified'} ${nameOf(change)}.`, blocks: fitMessage(blocks) };
}

function lead(change: Change, steps: ReadonlySet<Step>): string {
  if (steps.has('start') && 'prepared' in change) {
    const { tests, checklist } = openBeforeStart(change);
    const todo = [
      ...(tests.length > 0 ? ['record the tests'] : []),
      ...(checklist.length > 0 ? ['tick what is ready'] : []),
    ];
    if (todo.length === 0) return '*Yours to carry out.* Everything is ready for the start.';
    const first = todo.join(', ');
    return `*Yours to carry out.* ${first[0]?.toUpperCase()}${first.slice(1)}, then start.`;
  }
  if (steps.has('finish'))
    return '*You are carrying this out.* Tick each step as it is done; everybody sees it.';
  if (steps.has('retrospective') && change.status === 'verified')
    return '*Looking back*: please record what went well and what could be better.';
  if (change.status === 'implemented') {
    return unprovenAfter(change).length > 0
      ? '*Done.* Please record the tests that come afterwards; then somebody else verifies it.'
      : '*Done.* It waits to be verified by somebody else.';
  }
  return '*Implementation*: nothing more is needed from you here.';
}

/** What it is about, and the one other thing that its reader needs at hand. */
function work(
  { proposal, category }: Change,
  { policy }: Facts,
  also: 'rollbackSteps' | 'rollbackValidation' | 'successCriteria',
): KnownBlock[] {
  const label = (field: FieldId) => `*${escaped(labelOf(policy, category, field))}*`;
  const texts = (['description', also] as const).flatMap((field) => {
    const text = proposal[field];
    return text ? [section(`${label(field)}\n${said(text, 700)}`)] : [];
  });
  // Whom to call when it goes wrong.
  const contacts = also === 'rollbackSteps' ? proposal.rollbackContacts : undefined;
  return [...texts, ...(contacts ? [section(`${label('rollbackContacts')}: ${mentions(contacts)}`)] : [])];
}

/** What is to be ticked in place: the checklist before the start, then the steps; afterwards how it went. */
function yours(change: Change, steps: ReadonlySet<Step>): KnownBlock[] {
  if (steps.has('start') && (change.status === 'approved' || change.status === 'scheduled')) {
    const options = change.execution.preparation.map(({ id, title }) => option(id, title));
    return ticks('*Before the start*', ACTION.prepare, options, change.prepared, targetOf(change));
  }
  if (!steps.has('finish') || change.status !== 'implementing') return progress(change);
  const options = change.steps.map((step, i) => option(String(i), step.title));
  const done = change.steps.flatMap((step, i) => (step.done ? [String(i)] : []));
  return ticks('*Steps*', ACTION.tickSteps, options, done, targetOf(change));
}

/** Checkboxes in a message carry no value of their own, so their block says which change they are on. */
function ticks(
  title: string,
  action: string,
  options: PlainTextOption[],
  ticked: readonly string[],
  target: string,
): KnownBlock[] {
  if (options.length === 0) return [];
  const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
  const element = {
    type: 'checkboxes' as const,
    action_id: action,
    options,
    ...(initial.length > 0 && { initial_options: initial }),
  };
  return [section(title), { type: 'actions', block_id: `${action}/${target}`, elements: [element] }];
}
