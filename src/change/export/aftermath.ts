import { entriesOf } from '../../entries.ts';
import { FIELDS } from '../../policy/fields.ts';
import type { RiskLevel } from '../../policy/schema.ts';
import type { Learnt } from '../aftermath.ts';
import { resultOf } from '../execution-plan.ts';
import { inlineMarkdown } from '../markdown.ts';
import { NEWS, type Notice } from '../notices.ts';
import { reportMarkdown } from '../report/markdown.ts';
import type { PersonId, Right } from '../types.ts';
import { reader, rightMarkdown, shortValue, utc } from './fields.ts';
import { eventMarkdown } from './history.ts';
import { type ExportSource, list, person, quote } from './source.ts';

// What became of a change, for its document: the sections that the guide's template has not, because it is written
// before.

export function tests(source: ExportSource): string[] {
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

/** Who let it into which soft freezes, as what, when and why. */
export function freezes(source: ExportSource): string[] {
  const { exemptions = [] } = source.change;
  return exemptions.flatMap(({ at, words, freezes: into, voidSince, ...who }) => [
    `${whoDid(source, who)} let it in, ${utc(at)}${voidSince === undefined ? '' : `; void since the edit of ${utc(voidSince)}`}:`,
    ...list(
      into.map(
        ({ kind, startsAt, endsAt, reason }) =>
          `${kind} freeze, ${utc(startsAt)} – ${utc(endsAt)}: ${inlineMarkdown(reason)}`,
      ),
    ),
    quote(source, words),
  ]);
}

/** Who was asked to decide and who was told what, when and where; and whom it did not reach, and why. */
export function notices(source: ExportSource): string[] {
  const { change, policy } = source;
  const stages = [...change.route, ...Object.values(policy.categories).flatMap(({ stages }) => stages)];
  const what = ({ of, stage }: Notice) =>
    of === 'asked'
      ? `Asked to decide (${inlineMarkdown(stages.find(({ id }) => id === stage)?.title ?? stage ?? '')})`
      : `Told ${NEWS[of]}`;
  return list(
    (change.notices ?? []).map((notice) => {
      const where =
        'failed' in notice
          ? `not delivered: ${inlineMarkdown(notice.failed)}`
          : `message ${inlineMarkdown(`${notice.channel} ${notice.ts}`)}`;
      return `${what(notice)}: ${inlineMarkdown(reader(notice.to, source.names))}, ${utc(notice.at)}, ${where} (event ${notice.event})`;
    }),
  );
}

/** The defects that it has caused, and what audits have found. */
export function findings(source: ExportSource): string[] {
  return source.change.findings.flatMap(({ of, severity, words, link, at, ...who }) => {
    const what = of === 'defect' ? 'Defect' : 'Audit finding';
    const more = link ? `, ${inlineMarkdown(link)}` : '';
    return [`${what} (${severity}), ${whoDid(source, who)}, ${utc(at)}${more}:`, quote(source, words)];
  });
}

export function edits({ change, policy, names }: ExportSource): string[] {
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

export function questions(source: ExportSource): string[] {
  return source.change.questions.flatMap(({ at, words, answer, ...who }) => [
    `${whoDid(source, who)} asked, ${utc(at)}:`,
    quote(source, words),
    ...(answer ? [`Answered, ${utc(answer.at)}:`, quote(source, answer.words)] : ['Not answered.']),
  ]);
}

/** Who did something, in which role and for whom. */
function whoDid(source: ExportSource, done: { by: PersonId } & Partial<Right>): string {
  return `${person(source, done.by)}${rightMarkdown(done, source.policy, source.names.person)}`;
}

export function boardReview(source: ExportSource): string[] {
  const { change } = source;
  const due = 'duties' in change ? change.duties.boardReview?.deadline : undefined;
  const review = 'boardReview' in change ? change.boardReview : undefined;
  if (!review) return due === undefined ? [] : [`Due by ${utc(due)}.`];
  const { at, justified, findings } = review;
  return [
    `${whoDid(source, review)}, ${utc(at)}: the emergency was ${justified ? 'justified' : 'not justified'}.`,
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

export function retrospective(source: ExportSource): string[] {
  const { change } = source;
  const held = 'retrospective' in change ? change.retrospective : undefined;
  const due = 'duties' in change ? change.duties.retrospective?.deadline : undefined;
  if (!held) return due === undefined ? [] : [`Due by ${utc(due)}.`];
  const said = entriesOf(LESSONS).flatMap(([key, title]) => {
    const words = held[key];
    return words ? [`**${title}:**`, quote(source, words)] : [];
  });
  const participants = held.participants.map((id) => person(source, id)).join(', ');
  return [`${person(source, held.by)}, ${utc(held.at)}, with ${participants}`, ...said];
}

export function actions(source: ExportSource): string[] {
  if (!('actions' in source.change)) return [];
  return list(
    source.change.actions.map(({ words, owner, due, done }) => {
      const state = done ? `done by ${whoDid(source, done)}, ${utc(done.at)}` : 'open';
      return `[${done ? 'x' : ' '}] ${inlineMarkdown(words)}: ${person(source, owner)}, due ${utc(due).slice(0, 10)}, ${state}`;
    }),
  );
}

export function report({ change, policy, names }: ExportSource): string[] {
  const text = reportMarkdown(change, policy, names.person, '###');
  return text === undefined ? [] : [text];
}

export function history({ events, policy, names }: ExportSource): string[] {
  let level: RiskLevel | undefined;
  const lines = events.map((event, n) => {
    const line = eventMarkdown(event, n + 1, policy, names, level);
    if ('risk' in event) level = event.risk.level;
    if (event.type === 'RiskSet') level = event.level;
    return line;
  });
  return [lines.join('\n')];
}
