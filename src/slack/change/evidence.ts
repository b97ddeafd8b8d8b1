import type { KnownBlock } from '@slack/types';
import { type ActionItem, type BoardReview, type Learnt, taskOf } from '../../change/aftermath.ts';
import { guidanceOf } from '../../change/decided.ts';
import { boardReviewDue, retrospectiveDue } from '../../change/duties.ts';
import type { TestRecord } from '../../change/execution.ts';
import { resultOf, unproven } from '../../change/execution-plan.ts';
import type { Facts } from '../../change/facts.ts';
import type { Change } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, section, sections } from '../blocks/blocks.ts';
import { day, escaped, inLine, inStead, mention, mentions, said, span, when } from '../blocks/format.ts';
import { findingLines } from './feedback-notes.ts';
import { showLink } from './show-field.ts';

/** More of them are in the list of all. */
const ACTIONS_SHOWN = 12;

/** What a test's result is called. */
export const RESULTS = { pass: 'Passed', fail: 'Failed', 'not applicable': 'Not applicable' } as const;

/** What was recorded together stands in one line: "✓ *Passed* in Staging, @Dana Nov 25: Unit tests, …". */
export function testLines(change: Change): KnownBlock[] {
  const { testsBefore, testsAfter } = change.execution;
  const all = [...testsBefore, ...testsAfter];
  // Before the approval nobody waits for them.
  if (all.length === 0 || (change.tests.length === 0 && !('approvedAt' in change))) return [];
  const together = new Map<string, string[]>();
  const open: string[] = [];
  for (const { id, title } of all) {
    const record = resultOf(change.tests, id);
    const head = record && testHead(record);
    if (head) together.set(head, [...(together.get(head) ?? []), escaped(title)]);
    else open.push(escaped(title));
  }
  const lines = [...together].map(([head, titles]) => `${head}: ${titles.join(', ')}`);
  if (open.length > 0) lines.push(`○ Not recorded yet: ${open.join(', ')}`);
  const missing = unproven(testsBefore, change.tests).length;
  const waits = missing > 0 && !('startedAt' in change);
  return sections([waits ? `*Tests* (${missing} to pass before the start)` : '*Tests*', ...lines]);
}

function testHead({ result, environment, by, at, evidence }: TestRecord): string {
  const mark = { pass: '✓', fail: '✗', 'not applicable': '–' }[result];
  const where = environment ? ` in ${escaped(environment)}` : '';
  return `${mark} *${RESULTS[result]}*${where}, ${mention(by)} ${when(at)}${evidence ? `, ${showLink(evidence)}` : ''}`;
}

/** How the implementation went or goes, for everybody: planned against actual, steps with their times. */
export function progress(change: Change): KnownBlock[] {
  if (!('startedAt' in change)) return [];
  const lines = change.steps.map((step) =>
    step.done ? `✓ ${escaped(step.title)}, ${when(step.done.at)}` : `○ ${escaped(step.title)}`,
  );
  const time = 'finishedAt' in change ? span(change.startedAt, change.finishedAt) : when(change.startedAt);
  const words = 'outcomeWords' in change && change.outcomeWords ? `\n${said(change.outcomeWords, 600)}` : '';
  return [
    section(`*Implementation* by ${mention(change.implementer)}, ${time}\n${lines.join('\n')}${words}`),
    ...('deployed' in change && change.deployed ? [section(`*Deployed*: ${showLink(change.deployed)}`)] : []),
  ];
}

/** What the board gave along with its approval. */
export function guidance(change: Change): KnownBlock[] {
  const given = guidanceOf(change);
  if (given.length === 0) return [];
  const lines = given.map(({ by, words }) => `${mention(by)}:\n${said(words, 500)}`);
  return sections(['*Guidance of the board*', ...lines]);
}

/** The last notes of who carries it out. */
export function notes(change: Change): KnownBlock[] {
  if (!('notes' in change)) return [];
  return change.notes.slice(-3).map((note) => context(`${when(note.at)}: ${inLine(note.words, 500)}`));
}

/** What became of it afterwards: who verified it, what the board found, what was learnt, what is still to be done. */
export function aftermath(change: Change, { policy }: Pick<Facts, 'policy'>): KnownBlock[] {
  return [
    ...verification(change, policy),
    ...boardReview(change, policy),
    ...retrospective(change),
    ...actions(change),
    ...findingLines(change),
  ];
}

function boardReview(change: Change, policy: Policy): KnownBlock[] {
  const board = escaped(change.execution.boardReview?.title ?? '');
  const due = boardReviewDue(change);
  if (due !== undefined) return [context(`Review by the ${board} due by ${when(due)}`)];
  return 'boardReview' in change && change.boardReview
    ? [section(`*${board}*: ${reviewWords(change.boardReview, policy)}`)]
    : [];
}

/** "@Wei (Infrastructure architect) Nov 25: the emergency was *justified*", and what was found. */
export function reviewWords(
  { by, at, role, for: whom, justified, findings }: BoardReview,
  { roles }: Policy,
): string {
  const verdict = justified ? '*justified*' : '*not justified*: it could have waited for a normal change';
  return `reviewed by ${mention(by)}${inStead(whom)} (${escaped(roles[role] ?? role)}) ${when(at)}. The emergency was ${verdict}.\n${said(findings, 900)}`;
}

function actions(change: Change): KnownBlock[] {
  if (!('actions' in change) || change.actions.length === 0) return [];
  return sections(['*Action items*', ...change.actions.slice(-ACTIONS_SHOWN).map(actionLine)]);
}

/** "○ Try the key in staging: @Dana, by 24 December". */
export function actionLine({ words, owner, due, done }: ActionItem): string {
  return done
    ? `✓ ${inLine(words, 150)}: done by ${mention(done.by)}${inStead(done.for)} ${when(done.at)}`
    : `○ ${owed({ words, owner, due })}`;
}

function owed(item: Pick<ActionItem, 'words' | 'owner' | 'due'>): string {
  return `${inLine(taskOf(item), 150)}: ${mention(item.owner)}, by ${day(item.due)}`;
}

/** An open one in a list: "Try the key in staging: @Dana, by 24 December (CR-2026-041)"; one of a meeting has no number. */
export function actionIn({ item, number }: { item: ActionItem; number: string }): string {
  return `${owed(item)}${number && ` (${number})`}`;
}

function verification(change: Change, { roles }: Policy): KnownBlock[] {
  if (!('verifiedBy' in change)) return [];
  const { verifiedAs } = change;
  const role = verifiedAs === undefined ? '' : ` (${escaped(roles[verifiedAs] ?? verifiedAs)})`;
  const open = change.execution.verification.filter(({ id }) => !change.met.includes(id));
  const left = open.length > 0 ? ` Left open: ${open.map(({ title }) => escaped(title)).join(', ')}.` : '';
  const words = change.verificationWords ? `\n${said(change.verificationWords, 900)}` : '';
  return [
    section(
      `*Verified* by ${mention(change.verifiedBy)}${role}${inStead(change.verifiedFor)} ${when(change.verifiedAt)}.${left}${words}`,
    ),
  ];
}

function retrospective(change: Change): KnownBlock[] {
  const due = retrospectiveDue(change);
  if (due !== undefined) return [context(`Retrospective due by ${when(due)}`)];
  if (!('retrospective' in change) || !change.retrospective) return [];
  const { by, at, participants } = change.retrospective;
  const head = `*Retrospective*, ${mention(by)} ${when(at)}, with ${mentions(participants)}`;
  return sections([head, ...learnt(change.retrospective)]);
}

/** What was learnt, each part under its heading (guide, "Retrospective Meeting", agenda). */
export function learnt(all: Learnt): string[] {
  const parts = [
    ['Implementation', all.review],
    ['Success criteria', all.evaluation],
    ['Issues and root causes', all.causes],
    ['What went well', all.wentWell],
    ['What could be improved', all.toImprove],
    ['Recommendations', all.recommendations],
  ] as const;
  return parts.flatMap(([title, words]) => (words ? [`*${title}*\n${said(words, 600)}`] : []));
}
