import type { FieldId } from '../policy/fields.ts';
import { FIELDS } from '../policy/fields.ts';
import type { Policy } from '../policy/schema.ts';
import type { Learnt } from './aftermath.ts';
import { resultOf } from './execution-plan.ts';
import {
  answers,
  assessmentMarkdown,
  fieldMarkdown,
  type Names,
  named,
  shortValue,
  utc,
} from './export-fields.ts';
import { eventMarkdown } from './export-history.ts';
import { inlineMarkdown, quotedMarkdown } from './markdown.ts';
import { labelOf } from './proposal.ts';
import { reportMarkdownUnder } from './report-markdown.ts';
import { applies, standing } from './route.ts';
import { signOffOf } from './sign-off.ts';
import type { Change, ChangeEvent, Decision, Instant, PersonId, Stage } from './types.ts';
import { VERDICTS } from './voting.ts';

export interface ExportSource {
  change: Change;
  /** Its whole record, in order. */
  events: readonly ChangeEvent[];
  policy: Policy;
  names: Names;
  /** The roles that somebody holds now, as they are called. */
  rolesOf(person: PersonId): string[];
  /** When this is written. */
  now: Instant;
}

/**
 * A change as the guide's own document ("Change Request Template"), filled, and after it everything that became of it.
 * Times are in UTC. What people wrote is set off, so that nothing in it passes for a part of the document.
 */
export function changeMarkdown(source: ExportSource): string {
  const parts = [
    [`# Change Request: ${source.change.number}`, status(source)],
    ['## Change Summary', summary(source)],
    ['## Change Details', details(source)],
    ['## Impact Assessment', impact(source)],
    ['## Risk Assessment', fields(source, ['risks', 'mitigations', 'contingency'])],
    ['## Testing Plan', testing(source)],
    ['## Implementation Plan', implementation(source)],
    ['## Rollback Plan', fields(source, ROLLBACK)],
    ['## Approvals Required', approvals(source)],
    ['## Sign-off', signOff(source)],
    ['## Test Evidence', tests(source)],
    ['## Edits', edits(source)],
    ['## Questions', questions(source)],
    ['## Board Review', boardReview(source)],
    ['## Retrospective', retrospective(source)],
    ['## Action Items', actions(source)],
    ['## Implementation Report', report(source)],
    ['## History', history(source)],
  ] as const;
  const written = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n\n${lines.join('\n\n')}`);
  return `${written.join('\n\n')}\n`;
}

const ROLLBACK: FieldId[] = ['rollbackSteps', 'rollbackMinutes', 'rollbackValidation', 'rollbackContacts'];

function status({ change, policy, now }: ExportSource): string[] {
  const ended = 'ended' in change ? `, ${utc(change.ended.at)}` : '';
  return [
    `**Status:** ${change.status}${'outcome' in change ? ` (${change.outcome})` : ''}${ended}`,
    `Written by Docket from its record on ${utc(now)}. Routed by policy ${inlineMarkdown(change.policyVersion)}; policy now ${inlineMarkdown(policy.version)}.`,
  ];
}

function person({ names }: ExportSource, id: PersonId | 'docket'): string {
  return id === 'docket' ? 'Docket' : inlineMarkdown(names.person(id));
}

function field(source: ExportSource, id: FieldId): string {
  const { change, policy, names } = source;
  const label = inlineMarkdown(labelOf(policy, change.category, id));
  return `**${label}:**${fieldMarkdown(policy, id, change.proposal[id], names)}`;
}

function fields(source: ExportSource, ids: readonly FieldId[]): string[] {
  return ids.map((id) => field(source, id));
}

function summary(source: ExportSource): string[] {
  const { change, rolesOf } = source;
  const roles = rolesOf(change.requester);
  const held = roles.length > 0 ? ` (${roles.map(inlineMarkdown).join(', ')})` : '';
  return [
    field(source, 'title'),
    `**Requester:** ${person(source, change.requester)}${held}`,
    `**Date:** ${utc(change.submittedAt)}`,
  ];
}

function details(source: ExportSource): string[] {
  const { change, policy } = source;
  const { level, points, reasons, set } = change.risk;
  const given = answers(policy, change.proposal.riskAnswers ?? {});
  return [
    `**Category:** ${inlineMarkdown(policy.categories[change.category].title)}`,
    ...reclassified(source),
    `**Risk Level:** ${level} (${points} points)`,
    ...(set
      ? [`Set by ${person(source, set.by)}; worked out as ${set.computed}:`, quote(source, set.words)]
      : []),
    ...list(reasons.map((reason) => inlineMarkdown(reason))),
    ...(given.length > 0 ? ['The questions, and the points of each answer:', ...list(given)] : []),
    field(source, 'description'),
    field(source, 'justification'),
    ...(change.proposal.incident === undefined ? [] : [field(source, 'incident')]),
    '**Technical Details:**',
    ...fields(source, ['systems', 'configurationChanges', 'codeChanges', 'databaseChanges']),
  ];
}

function reclassified(source: ExportSource): string[] {
  const { change, policy } = source;
  if (!change.reclassified) return [];
  const { by, at, before, words } = change.reclassified;
  return [
    `Reclassified from ${inlineMarkdown(policy.categories[before].title)} by ${person(source, by)}, ${utc(at)}:`,
    quote(source, words),
  ];
}

function impact(source: ExportSource): string[] {
  const { change, policy, names } = source;
  const assessed = change.proposal.assessment;
  return [
    ...fields(source, ['userImpact', 'systemImpact', 'businessImpact']),
    `**Downtime Required:** ${shortValue(policy, 'downtimeMinutes', change.proposal.downtimeMinutes, names)}`,
    ...(assessed ? ['**Assessment:**', ...list(assessmentMarkdown(policy, assessed, names))] : []),
  ];
}

function testing(source: ExportSource): string[] {
  return fields(source, ['testEnvironments', 'testCases', 'successCriteria', 'rollbackRehearsed']);
}

function implementation(source: ExportSource): string[] {
  const { change, policy, names } = source;
  const { startsAt, endsAt } = change.proposal;
  const at = (id: FieldId) => shortValue(policy, id, change.proposal[id], names);
  const window =
    startsAt === undefined
      ? 'as soon as it is approved'
      : `${at('startsAt')} – ${endsAt === undefined ? 'open' : at('endsAt')}`;
  return [
    `**Timeline:** ${window}`,
    ...fields(source, ['executionWindow', 'implementer', 'resources', 'communicationPlan', 'stakeholders']),
  ];
}

/** One box for each seat of each stage that applies: who filled it, as what, for whom, when and with which words. */
function approvals(source: ExportSource): string[] {
  const { change } = source;
  const stages = change.route.filter((stage) => applies(stage, change.reviewed));
  return [
    list(stages.flatMap((stage) => seats(source, stage))).join('\n'),
    ...change.decisions.flatMap(({ by, words }) =>
      words ? [`${person(source, by)} said:`, quote(source, words)] : [],
    ),
  ];
}

function seats(source: ExportSource, stage: Stage): string[] {
  const { change } = source;
  const passed = standing(stage, change) === 'passed';
  const automatic =
    stage.seats.length === 0 ? [`[${passed ? 'x' : ' '}] ${inlineMarkdown(stage.title)}`] : [];
  return [
    ...automatic,
    ...stage.seats.map((seat) => {
      const what = stage.seats.length > 1 ? `${stage.title}, ${seat.title}` : stage.title;
      const decision = change.decisions.find((one) => one.stage === stage.id && one.seat === seat.id);
      const box = decision?.verdict === 'approve' ? '[x]' : '[ ]';
      return `${box} ${inlineMarkdown(what)}: ${decision ? decided(source, decision) : 'not decided'}`;
    }),
  ];
}

function decided(source: ExportSource, { verdict, by, role, for: stoodInFor, at, seen }: Decision): string {
  const as = inlineMarkdown(source.policy.roles[role] ?? role);
  const behalf = stoodInFor ? ` on behalf of ${person(source, stoodInFor)}` : '';
  return `${person(source, by)} (${as})${behalf} ${VERDICTS[verdict]}, ${utc(at)}, on the text ${seen}`;
}

function signOff(source: ExportSource): string[] {
  return signOffOf(source.change).map(({ what, by, at }) =>
    at === undefined
      ? `**${what} By:** ___________________________ Date: __________`
      : `**${what} By:** ${by.map((id) => person(source, id)).join(', ')} Date: ${utc(at)}`,
  );
}

function tests(source: ExportSource): string[] {
  const { execution, tests: records } = source.change;
  const all = [...execution.testsBefore, ...execution.testsAfter];
  return list(
    all.map(({ id, title }) => {
      const record = resultOf(records, id);
      if (!record) return `${inlineMarkdown(title)}: not recorded`;
      const where = record.environment ? ` in ${inlineMarkdown(record.environment)}` : '';
      const evidence = record.evidence ? `, evidence: ${inlineMarkdown(record.evidence)}` : '';
      return `${inlineMarkdown(title)}: ${record.result}${where}, ${person(source, record.by)}, ${utc(record.at)}${evidence}`;
    }),
  );
}

function edits({ change, policy, names }: ExportSource): string[] {
  return change.edits.map(({ at, changes }) =>
    [
      `${utc(at)}:\n`,
      ...changes.map(
        ({ field: id, before, after }) =>
          `- ${FIELDS[id].label}: ${shortValue(policy, id, before, names)} → ${shortValue(policy, id, after, names)}`,
      ),
    ].join('\n'),
  );
}

function questions(source: ExportSource): string[] {
  return source.change.questions.flatMap(({ by, at, words, answer }) => [
    `${person(source, by)} asked, ${utc(at)}:`,
    quote(source, words),
    ...(answer ? [`Answered, ${utc(answer.at)}:`, quote(source, answer.words)] : ['Not answered.']),
  ]);
}

function boardReview(source: ExportSource): string[] {
  const { change, policy } = source;
  const due = 'duties' in change ? change.duties.boardReview?.deadline : undefined;
  const review = 'boardReview' in change ? change.boardReview : undefined;
  if (!review) return due === undefined ? [] : [`Due by ${utc(due)}.`];
  const { by, at, role, justified, findings } = review;
  const as = inlineMarkdown(policy.roles[role] ?? role);
  return [
    `${person(source, by)} (${as}), ${utc(at)}: the emergency was ${justified ? 'justified' : 'not justified'}.`,
    quote(source, findings),
  ];
}

const LESSONS = {
  review: 'Implementation review',
  evaluation: 'Success metric evaluation',
  causes: 'Issues and root causes',
  wentWell: 'What went well',
  toImprove: 'What could be improved',
  recommendations: 'Recommendations',
} as const satisfies Partial<Record<keyof Learnt, string>>;

function retrospective(source: ExportSource): string[] {
  const { change } = source;
  const held = 'retrospective' in change ? change.retrospective : undefined;
  const due = 'duties' in change ? change.duties.retrospective?.deadline : undefined;
  if (!held) return due === undefined ? [] : [`Due by ${utc(due)}.`];
  const said = Object.entries(LESSONS).flatMap(([key, title]) => {
    // The keys of LESSONS are such texts.
    const words = held[key as keyof typeof LESSONS];
    return words ? [`**${title}:**`, quote(source, words)] : [];
  });
  const participants = held.participants.map((id) => person(source, id)).join(', ');
  return [`${person(source, held.by)}, ${utc(held.at)}, with ${participants}`, ...said];
}

function actions(source: ExportSource): string[] {
  if (!('actions' in source.change)) return [];
  return list(
    source.change.actions.map(({ words, owner, due, done }) => {
      const state = done ? `done by ${person(source, done.by)}, ${utc(done.at)}` : 'open';
      return `[${done ? 'x' : ' '}] ${inlineMarkdown(words)}: ${person(source, owner)}, due ${utc(due).slice(0, 10)}, ${state}`;
    }),
  );
}

function report({ change, policy, names }: ExportSource): string[] {
  const text = reportMarkdownUnder(change, policy, names.person, '###');
  return text === undefined ? [] : [text];
}

function history({ events, policy, names }: ExportSource): string[] {
  return [events.map((event, n) => eventMarkdown(event, n + 1, policy, names)).join('\n')];
}

function quote({ names }: ExportSource, words: string): string {
  return quotedMarkdown(named(words, names));
}

/** Lines as one list; none, none. */
function list(lines: readonly string[]): string[] {
  return lines.length > 0 ? [lines.map((line) => `- ${line}`).join('\n')] : [];
}
