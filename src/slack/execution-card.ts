import type { ActionsBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { allowed } from '../change/allowed.ts';
import type { Card } from '../change/effects.ts';
import { resultOf, unproven } from '../change/execution-plan.ts';
import type { Facts } from '../change/facts.ts';
import type { FiledChange, Instant } from '../change/types.ts';
import { buttons, context, type Drawn, section } from './blocks.ts';
import { fitMessage } from './fit.ts';
import { cut, escaped, mention, nameOf, said, when } from './format.ts';
import { targetOf } from './ids.ts';
import { statusLine } from './status.ts';
import { ACTION, stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What the implementer gets when a change is approved: what is left before the start, then the steps to tick. */
export function drawImplement(
  card: Card & { card: 'implement' },
  change: FiledChange,
  facts: Facts,
  now: Instant,
): Drawn {
  const current = 'approvedAt' in change && change.approvedAt === card.approvedAt;
  const steps = current ? allowed(change, card.to, facts, now) : new Set<never>();
  const blocks = [
    section(current ? lead(change) : 'This approval no longer holds; nothing is needed from you here.'),
    ...summary(change, facts),
    ...(current ? [...testLines(change), ...checklist(change), ...stepList(change), ...notes(change)] : []),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${nameOf(change)}: ${statusLine(change, facts.holders)}`, blocks: fitMessage(blocks) };
}

/** What those who may verify get when it has been carried out. */
export function drawVerify(
  card: Card & { card: 'verify' },
  change: FiledChange,
  facts: Facts,
  now: Instant,
): Drawn {
  const steps = allowed(change, card.to, facts, now);
  const asks = steps.has('verify');
  const blocks = [
    section(
      asks
        ? '*Verification*: please check the result; the first of you who does is enough.'
        : '*Verification*: nothing more is needed from you here.',
    ),
    ...summary(change, facts),
    ...progress(change),
    ...testLines(change),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${asks ? 'Please verify' : 'Verified'} ${nameOf(change)}.`, blocks: fitMessage(blocks) };
}

function lead(change: FiledChange): string {
  if (change.status === 'approved' || change.status === 'scheduled')
    return '*Yours to carry out.* Record the tests, tick what is ready, and start.';
  if (change.status === 'implementing')
    return '*You are implementing this.* Tick each step when it is done; #changes follows along.';
  return '*Implementation*: nothing more is needed from you here.';
}

/** The tests that this change needs, each with its result and who stands for it. */
export function testLines(change: FiledChange): KnownBlock[] {
  const { testsBefore, testsAfter } = change.execution;
  const all = [...testsBefore, ...testsAfter];
  if (all.length === 0) return [];
  const lines = all.map(({ id, title }) => {
    const record = resultOf(change.tests, id);
    if (!record) return `○ ${escaped(title)}: not recorded yet`;
    const mark = record.result === 'fail' ? '✗' : '✓';
    const where = record.environment ? ` in ${escaped(record.environment)}` : '';
    return `${mark} ${escaped(title)}: ${record.result}${where}, ${mention(record.by)} ${when(record.at)}${link(record.evidence)}`;
  });
  const missing = unproven(testsBefore, change.tests).length;
  const head = missing > 0 ? `*Tests* (${missing} to pass before the start)` : '*Tests*';
  return [section(`${head}\n${lines.join('\n')}`)];
}

function link(url: string | undefined): string {
  return url && /^https?:\/\/[^\s<>|]+$/.test(url) ? `, <${escaped(url)}|evidence>` : '';
}

/** The checklist before the start, to be ticked in place. */
function checklist(change: FiledChange): ActionsBlock[] {
  if (change.status !== 'approved' && change.status !== 'scheduled') return [];
  const options = change.execution.preparation.map(({ id, title }) => option(id, title));
  return ticks(ACTION.prepare, options, change.prepared, targetOf(change));
}

function stepList(change: FiledChange): ActionsBlock[] {
  if (change.status !== 'implementing') return [];
  const options = change.steps.map((step, i) => option(String(i), step.title));
  const done = change.steps.flatMap((step, i) => (step.done ? [String(i)] : []));
  return ticks(ACTION.tickSteps, options, done, targetOf(change));
}

/** Checkboxes in a message carry no value of their own, so their block says which change they are on. */
function ticks(
  action: string,
  options: PlainTextOption[],
  ticked: readonly string[],
  target: string,
): ActionsBlock[] {
  if (options.length === 0) return [];
  const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
  const element = {
    type: 'checkboxes' as const,
    action_id: action,
    options,
    ...(initial.length > 0 && { initial_options: initial }),
  };
  return [{ type: 'actions', block_id: `${action}/${target}`, elements: [element] }];
}

function option(value: string, title: string): PlainTextOption {
  return { value, text: { type: 'plain_text', text: cut(title, 75) } };
}

/** How the implementation went or goes, for everybody: planned against actual, steps with their times. */
export function progress(change: FiledChange): KnownBlock[] {
  if (!('startedAt' in change)) return [];
  const lines = change.steps.map((step) =>
    step.done ? `✓ ${escaped(step.title)}, ${when(step.done.at)}` : `○ ${escaped(step.title)}`,
  );
  const end = 'finishedAt' in change ? ` – ${when(change.finishedAt)}` : '';
  const words = 'outcomeWords' in change && change.outcomeWords ? `\n${said(change.outcomeWords, 600)}` : '';
  return [
    section(
      `*Implementation* by ${mention(change.implementer)}, ${when(change.startedAt)}${end}\n${lines.join('\n')}${words}`,
    ),
  ];
}

function notes(change: FiledChange): KnownBlock[] {
  if (!('notes' in change)) return [];
  return change.notes.slice(-3).map((note) => context(`${when(note.at)}: ${cut(escaped(note.words), 500)}`));
}
