import type { FieldId } from '../../policy/fields.ts';
import { templateOf } from '../from-template.ts';
import { inlineMarkdown } from '../markdown.ts';
import { labelOf } from '../proposal.ts';
import { applies, standing } from '../route.ts';
import { signOffOf } from '../sign-off.ts';
import type { Decision, Stage } from '../types.ts';
import { VERDICTS } from '../voting.ts';
import {
  actions,
  boardReview,
  edits,
  findings,
  freezes,
  history,
  notices,
  questions,
  report,
  retrospective,
  tests,
} from './aftermath.ts';
import { answers, assessmentMarkdown, fieldMarkdown, shortValue, utc } from './fields.ts';
import { type ExportSource, list, person, quote } from './source.ts';

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
    ['## Freezes', freezes(source)],
    ['## Notices', notices(source)],
    ['## Edits', edits(source)],
    ['## Questions', questions(source)],
    ['## Board Review', boardReview(source)],
    ['## Retrospective', retrospective(source)],
    ['## Action Items', actions(source)],
    ['## Findings', findings(source)],
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

function field(source: ExportSource, id: FieldId): string {
  const { change, policy, names } = source;
  const label = inlineMarkdown(labelOf(policy, change.category, id));
  return `**${label}:**${fieldMarkdown(policy, id, change.proposal[id], names)}`;
}

function fields(source: ExportSource, ids: readonly FieldId[]): string[] {
  return ids.map((id) => field(source, id));
}

function summary(source: ExportSource): string[] {
  const { change, requesterRoles: roles } = source;
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
    ...agreedBeforehand(source),
    ...reclassified(source),
    `**Risk Level:** ${level} (${points} points)`,
    ...fields(source, change.proposal.riskAtLeast === undefined ? [] : ['riskAtLeast']),
    ...(set
      ? [`Set by ${person(source, set.by)}; worked out as ${set.computed}:`, quote(source, set.words)]
      : []),
    ...list(reasons.map((reason) => inlineMarkdown(reason))),
    ...(given.length > 0 ? ['The questions, and the points of each answer:', ...list(given)] : []),
    field(source, 'description'),
    field(source, 'justification'),
    ...(change.proposal.incident === undefined ? [] : [field(source, 'incident')]),
    '**Technical Details:**',
    ...fields(source, [
      'systems',
      'environments',
      ...(['configurationChanges', 'codeChanges', 'databaseChanges'] as const),
    ]),
  ];
}

/** By which version of which template of the catalogue, and what of it that fixes. */
function agreedBeforehand({ change, policy }: ExportSource): string[] {
  const from = templateOf(change);
  if (!from) return [];
  const fixed = from.locked.map((id) => inlineMarkdown(labelOf(policy, change.category, id))).join(', ');
  return [
    `**Agreed beforehand:** ${inlineMarkdown(from.title)}, version ${from.version} of the catalogue (${inlineMarkdown(from.id)}), which fixes: ${fixed || 'nothing'}`,
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
    ...fields(source, ['executionWindow', 'implementer', 'resources', 'effortMinutes', 'communicationPlan']),
    ...fields(source, ['stakeholders', 'stakeholderChannels']),
  ];
}

/** One box for each seat of each stage: who filled it, as what, for whom, when and with which words, or that it does not apply. */
function approvals(source: ExportSource): string[] {
  const { change } = source;
  return [
    list(
      change.route.flatMap((stage) =>
        applies(stage, change.reviewed)
          ? seats(source, stage)
          : [`[ ] ${inlineMarkdown(stage.title)}: does not apply, as its requester says`],
      ),
    ).join('\n'),
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
