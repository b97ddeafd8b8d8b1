import type { Learnt } from '../aftermath.ts';
import type { TestResult } from '../execution.ts';
import { type Report, spell } from '../report.ts';
import type { SignOff } from '../sign-off.ts';
import type { Instant, PersonId } from '../types.ts';

/** How a report is written down: in a message, or as Markdown. What comes from people is made safe there. */
export interface Style {
  person(id: PersonId): string;
  time(at: Instant): string;
  day(at: Instant): string;
  strong(words: string): string;
  /** A short text of somebody's, within a line. */
  inline(words: string): string;
  /** A longer one, on lines of its own. */
  said(words: string): string;
  /** How many of a list are shown. */
  most: number;
}

export interface Section {
  title: string;
  lines: string[];
}

const RESULT: Record<TestResult, string> = {
  pass: 'passed',
  fail: 'failed',
  'not applicable': 'not applicable',
};

/** The report under the headings of the guide's template ("Change Documentation"). */
export function reportSections(report: Report, style: Style): Section[] {
  return [
    { title: 'Summary', lines: summary(report, style) },
    { title: 'Execution', lines: execution(report, style) },
    { title: 'Validation', lines: validation(report, style) },
    { title: 'Impact', lines: report.impact.flatMap((row) => impact(row, style)) },
    { title: 'Deviations from the plan', lines: deviations(report, style) },
    {
      title: 'Lessons learned',
      lines: report.learnt ? lessons(report.learnt, style) : ['None recorded yet.'],
    },
    ...(report.actions.length > 0 ? [{ title: 'Action items', lines: actions(report, style) }] : []),
    { title: 'Sign-off', lines: report.signOff.map((line) => signOffLine(line, style)) },
  ];
}

/** "**Approved** by Priya, 2 March at 14:00". */
export function signOffLine(
  { what, by, at }: SignOff,
  { person, time, strong }: Pick<Style, 'person' | 'time' | 'strong'>,
): string {
  if (at === undefined) return `${strong(what)}: not yet`;
  return `${strong(what)} by ${by.map(person).join(', ')}, ${time(at)}`;
}

function summary(report: Report, { time, strong, inline, said }: Style): string[] {
  const { duration, effort, outcome, words, deployed } = report;
  return [
    `${strong('Change')}: ${inline(report.title)}`,
    `${strong('Date')}: ${time(report.startedAt)} – ${time(report.finishedAt)}`,
    `${strong('Duration')}: ${spell(duration.actual)}${instead(duration.planned)}`,
    ...(effort.actual === undefined
      ? []
      : [`${strong('Effort')}: ${spell(effort.actual)}${instead(effort.planned)}`]),
    ...(deployed ? [`${strong('Deployed')}: ${inline(deployed)}`] : []),
    `${strong('Result')}: ${outcome}`,
    ...(words ? [said(words)] : []),
  ];
}

function instead(planned: number | undefined): string {
  return planned === undefined ? '' : ` (planned: ${spell(planned)})`;
}

function execution(
  { steps, issues, guidance }: Report,
  { time, strong, inline, said, person, most }: Style,
): string[] {
  const shown = issues.slice(-most);
  return [
    ...(guidance.length > 0 ? [strong('Guidance of the board')] : []),
    ...guidance.slice(-most).flatMap(({ by, words }) => [person(by), said(words)]),
    strong('Steps'),
    ...steps.map(({ title, done }, n) => `${n + 1}. ${inline(title)}: ${done ? time(done.at) : 'left open'}`),
    strong('Issues and resolutions'),
    ...(issues.length > shown.length
      ? [`${issues.length - shown.length} earlier ones are in its history.`]
      : []),
    ...shown.flatMap(({ at, words }) => [time(at), said(words)]),
    ...(issues.length === 0 ? ['None noted.'] : []),
  ];
}

function validation({ tests, metrics }: Report, { strong, inline }: Style): string[] {
  const before = (text: string | undefined) => (text ? inline(text) : 'not measured');
  return [
    strong('Tests'),
    ...tests.map(({ title, result }) => `- ${inline(title)}: ${result ? RESULT[result] : 'not recorded'}`),
    ...(tests.length === 0 ? ['None required.'] : []),
    ...(metrics.length > 0 ? [strong('Metrics, before → after')] : []),
    ...metrics.map((metric) =>
      metric.before || metric.after
        ? `- ${inline(metric.title)}: ${before(metric.before)} → ${before(metric.after)}`
        : `- ${inline(metric.title)}: not measured`,
    ),
  ];
}

function impact({ what, expected, actual }: Report['impact'][number], { strong, said }: Style): string[] {
  if (!expected && !actual) return [`${strong(what)}: none was foreseen in writing, and none was reported.`];
  return [
    ...(expected
      ? [`${strong(what)}, expected:`, said(expected)]
      : [`${strong(what)}: none was foreseen in writing.`]),
    ...(actual ? ['Actual:', said(actual)] : ['Actual: as expected.']),
  ];
}

function deviations(report: Report, { inline, said }: Style): string[] {
  const lines = [...report.deviations.map((line) => `- ${inline(line)}`), ...report.remarks.map(said)];
  return lines.length > 0 ? lines : ['None.'];
}

function lessons(learnt: Learnt, { strong, said, person }: Style): string[] {
  const parts = [
    ['Implementation', learnt.review],
    ['Success criteria', learnt.evaluation],
    ['Issues and root causes', learnt.causes],
    ['What went well', learnt.wentWell],
    ['What could be improved', learnt.toImprove],
    ['Recommendations', learnt.recommendations],
  ] as const;
  return [
    ...parts.flatMap(([title, words]) => (words ? [strong(title), said(words)] : [])),
    `${strong('Participants')}: ${learnt.participants.map(person).join(', ')}`,
  ];
}

function actions({ actions: items }: Report, { inline, person, day, most }: Style): string[] {
  return items
    .slice(-most)
    .map(
      ({ words, owner, due, done }) =>
        `- ${inline(words)} (${person(owner)}, ${done ? 'done' : `by ${day(due)}`})`,
    );
}
