import type { KnownBlock, PlainTextOption } from '@slack/types';
import { allowed, type Step } from '../change/allowed.ts';
import type { Card } from '../change/effects.ts';
import type { TestRecord } from '../change/execution.ts';
import { resultOf, unproven } from '../change/execution-plan.ts';
import type { Facts } from '../change/facts.ts';
import type { FiledChange, Instant } from '../change/types.ts';
import { buttons, context, type Drawn, section, sections } from './blocks.ts';
import { fitMessage } from './fit.ts';
import { cut, escaped, mention, nameOf, said, when } from './format.ts';
import { targetOf } from './ids.ts';
import { option } from './inputs.ts';
import { statusLine } from './status.ts';
import { ACTION, stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What a test's result is called. */
export const RESULTS = { pass: 'Passed', fail: 'Failed', 'not applicable': 'Not applicable' } as const;

/** What the implementer gets when a change is approved: what is left before the start, then the steps to tick. */
export function drawImplement(
  card: Card & { card: 'implement' },
  change: FiledChange,
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
    ...summary(change, facts),
    ...(current ? [...testLines(change), ...yours(change, steps), ...notes(change)] : []),
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
  const implementer = 'implementer' in change ? change.implementer : change.requester;
  const blocks = [
    section(
      asks
        ? `*Verification*: ${mention(implementer)} is done. Please check the result; one of you is enough.`
        : '*Verification*: nothing more is needed from you here.',
    ),
    ...summary(change, facts),
    ...progress(change),
    ...notes(change),
    ...testLines(change),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${asks ? 'Please verify' : 'Verified'} ${nameOf(change)}.`, blocks: fitMessage(blocks) };
}

function lead(change: FiledChange, steps: ReadonlySet<Step>): string {
  if (steps.has('start')) return '*Yours to carry out.* Record the tests, tick what is ready, then start.';
  if (steps.has('finish'))
    return '*You are carrying this out.* Tick each step as it is done; the announcement follows along.';
  if (steps.has('retrospective'))
    return '*Looking back*: please record what went well and what could be better.';
  if (change.status === 'implemented') return '*Done.* It waits to be verified by somebody else.';
  return '*Implementation*: nothing more is needed from you here.';
}

/** The tests that this change needs, each with its result and who stands for it. */
export function testLines(change: FiledChange): KnownBlock[] {
  const { testsBefore, testsAfter } = change.execution;
  const all = [...testsBefore, ...testsAfter];
  const tested = all.filter(({ id }) => resultOf(change.tests, id));
  // Before the approval nobody waits for them.
  if (all.length === 0 || (tested.length === 0 && !('approvedAt' in change))) return [];
  const lines = tested.map(({ id, title }) => testLine(title, resultOf(change.tests, id)));
  const open = all.filter((test) => !tested.includes(test)).map(({ title }) => escaped(title));
  const toCome = open.length > 0 ? [`○ Not recorded yet: ${open.join(', ')}`] : [];
  const missing = unproven(testsBefore, change.tests).length;
  const started = 'startedAt' in change;
  const head = missing > 0 && !started ? `*Tests* (${missing} to pass before the start)` : '*Tests*';
  return sections([head, ...lines, ...toCome]);
}

function testLine(title: string, record: TestRecord | undefined): string {
  if (!record) return '';
  const mark = { pass: '✓', fail: '✗', 'not applicable': '–' }[record.result];
  const where = record.environment ? ` in ${escaped(record.environment)}` : '';
  const result = RESULTS[record.result].toLowerCase();
  return `${mark} ${escaped(title)}: ${result}${where}, ${mention(record.by)} ${when(record.at)}${link(record.evidence)}`;
}

function link(url: string | undefined): string {
  return url && /^https?:\/\/[^\s<>|]+$/.test(url) ? `, <${escaped(url)}|evidence>` : '';
}

/** What is to be ticked in place: the checklist before the start, then the steps; afterwards how it went. */
function yours(change: FiledChange, steps: ReadonlySet<Step>): KnownBlock[] {
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
