import type { KnownBlock } from '@slack/types';
import type { Learnt } from '../change/aftermath.ts';
import { retrospectiveDue } from '../change/duties.ts';
import type { TestRecord } from '../change/execution.ts';
import { resultOf, unproven } from '../change/execution-plan.ts';
import type { Change } from '../change/types.ts';
import { context, section, sections } from './blocks.ts';
import { escaped, mention, mentions, quote, said, when } from './format.ts';
import { showLink } from './show-field.ts';

/** What a test's result is called. */
export const RESULTS = { pass: 'Passed', fail: 'Failed', 'not applicable': 'Not applicable' } as const;

/** What was recorded together stands in one line: "✓ *Passed* in Staging, @Dana today: Unit tests, …". */
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
  const end = 'finishedAt' in change ? ` – ${when(change.finishedAt)}` : '';
  const words = 'outcomeWords' in change && change.outcomeWords ? `\n${said(change.outcomeWords, 600)}` : '';
  return [
    section(
      `*Implementation* by ${mention(change.implementer)}, ${when(change.startedAt)}${end}\n${lines.join('\n')}${words}`,
    ),
  ];
}

/** The last notes of who carries it out. */
export function notes(change: Change): KnownBlock[] {
  if (!('notes' in change)) return [];
  return change.notes.slice(-3).map((note) => context(`${when(note.at)}: ${quote(note.words, 500)}`));
}

/** What became of it afterwards: who verified it, what was left open, what was learnt. */
export function aftermath(change: Change): KnownBlock[] {
  return [...verification(change), ...retrospective(change)];
}

function verification(change: Change): KnownBlock[] {
  if (!('verifiedBy' in change)) return [];
  const open = change.execution.verification.filter(({ id }) => !change.met.includes(id));
  const left = open.length > 0 ? ` Left open: ${open.map(({ title }) => escaped(title)).join(', ')}.` : '';
  const words = change.verificationWords ? `\n${said(change.verificationWords, 900)}` : '';
  return [section(`*Verified* by ${mention(change.verifiedBy)} ${when(change.verifiedAt)}.${left}${words}`)];
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
