import { taskOf } from '../change/aftermath.ts';
import { escapedMarkdown, inlineMarkdown } from '../change/markdown.ts';
import type { PersonId } from '../change/types.ts';
import { CATEGORIES, type Policy } from '../policy/schema.ts';
import { figureRows } from './figure-rows.ts';
import { type Observation, percent, round } from './observations.ts';
import type { Ahead } from './outlook.ts';
import { periodWords } from './report-words.ts';
import type { Named, Report } from './reports.ts';

/** A report as a Markdown document, under the headings of the guide's weekly report, with all figures as a table. */
export function periodMarkdown(report: Report, policy: Policy, nameOf: (person: PersonId) => string): string {
  const { name, days } = periodWords(report, policy);
  const kind = report.kind === 'week' ? 'Weekly' : 'Monthly';
  const sections: [string, string[]][] = [
    ['Change Summary', summary(report)],
    ['Change Categories', categories(report, policy)],
    ['Top Change Types', types(report)],
    ['Issues and Trends', issues(report)],
    ['Process Improvement', improvement(report, nameOf, policy)],
    ['Stakeholder Feedback', feedback(report)],
    ...(report.ahead
      ? [['Upcoming Changes', upcoming(report.ahead, nameOf, policy)] satisfies [string, string[]]]
      : []),
    ['All Figures', figures(report, policy)],
  ];
  return [
    `# ${kind} Change Management Report - ${name}`,
    `${escapedMarkdown(policy.company)}, ${days}`,
    ...sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`),
    ...(report.head ? [headWords(report.head)] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** What the head of the record is for; as Slack and Markdown have it. */
export function headWords(head: NonNullable<Report['head']>): string {
  return `Head of the record: with it, \`npm run audit:verify -- --head "${headLine(head)}"\` shows whether anything that was recorded until then has been altered since.`;
}

/** The line that `npm run audit:verify -- --head` takes. */
export function headLine({ until, events, digest }: NonNullable<Report['head']>): string {
  return `${new Date(until).toISOString()} ${events} ${digest}`;
}

function summary({ metrics: { total, outcomes }, filed, dropped }: Report): string[] {
  const share = (n: number) => (total > 0 ? ` (${percent({ rate: n / total })})` : '');
  return [
    `- Total changes: ${total}`,
    `- Successful: ${outcomes.success}${share(outcomes.success)}`,
    `- Partial: ${outcomes.partial}${share(outcomes.partial)}`,
    `- Failed: ${outcomes.failed}${share(outcomes.failed)}`,
    `- Rolled back: ${outcomes['rolled back']}${share(outcomes['rolled back'])}`,
    `- Requests filed: ${filed}`,
    ...dropped.map(({ dropped: how, n }) => `- Not carried out, ${how}: ${n}`),
  ];
}

function categories({ categories: all }: Report, policy: Policy): string[] {
  return CATEGORIES.map((id) => `- ${escapedMarkdown(policy.categories[id].title)}: ${all[id]}`);
}

function types({ types: all }: Report): string[] {
  if (all.length === 0) return ['None.'];
  return all.map(
    ({ name, n }, i) => `${i + 1}. ${inlineMarkdown(name)} - ${n} ${n === 1 ? 'change' : 'changes'}`,
  );
}

function issues(report: Report): string[] {
  return orNone([
    ...said(report, 'issue'),
    ...report.notWell.map((change) => named(change, change.outcome ?? '')),
    ...report.rejected.map((change) => named(change, 'rejected')),
    ...(report.missed?.named ?? []).map((change) => named(change, 'not started in its window')),
    ...report.found.map(
      ({ number, said: finding }) =>
        `- ${number}: ${finding.of === 'defect' ? 'defect' : 'audit finding'} (${finding.severity}), ${inlineMarkdown(finding.words)}`,
    ),
    ...said(report, 'trend'),
    ...said(report, 'risk'),
  ]);
}

function improvement(report: Report, nameOf: (person: PersonId) => string, { zone }: Policy): string[] {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: zone });
  const { open, overdue, next } = report.actions;
  // They are as they were when it was asked for, which is not that period where the next one has followed it.
  const now = report.ahead ? '' : ' now';
  return [
    ...said(report, 'improvement'),
    `- Action items${now}: ${open} open, ${overdue} overdue`,
    ...next.map(
      ({ number, item }) =>
        `- ${inlineMarkdown(taskOf(item))}: ${inlineMarkdown(nameOf(item.owner))}, by ${day.format(item.due)}${number && ` (${number})`}`,
    ),
  ];
}

function feedback({ metrics: { satisfaction }, said: words }: Report): string[] {
  if (satisfaction.mean === undefined) return ['Nobody has said how content they are.'];
  return [
    `- ${round(satisfaction.mean)} of 5, from ${satisfaction.n}`,
    ...words.map(
      ({ number, said: one }) => `- ${number}, ${one.score} of 5: ${inlineMarkdown(one.words ?? '')}`,
    ),
  ];
}

function upcoming(ahead: Ahead, nameOf: (person: PersonId) => string, { zone }: Policy): string[] {
  const time = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at);
  return orNone([
    ...ahead.changes.map(
      ({ number, title, risk, startsAt, implementer }) =>
        `- ${number} ${inlineMarkdown(title)}: ${time(startsAt)} (${zone}), ${risk} risk, ${inlineMarkdown(nameOf(implementer))}`,
    ),
    ...ahead.people.map(
      ({ person, together }) =>
        `- Overbooked: ${inlineMarkdown(nameOf(person))} has at the same time ${together.map((numbers) => numbers.join(' and ')).join('; ')}`,
    ),
    ...ahead.hours.map(
      ({ start, end, numbers }) => `- ${time(start)} - ${time(end)}: ${numbers.length} changes at once`,
    ),
  ]);
}

function figures({ metrics, usual }: Report, policy: Policy): string[] {
  const before = new Map(figureRows(usual, policy).map(({ key, words }) => [key, words]));
  const rows = figureRows(metrics, policy).map(
    ({ key, label, words }) => `| ${inlineMarkdown(label)} | ${words} | ${before.get(key) ?? '–'} |`,
  );
  return ['| Figure | This period | Those before |', '|---|---|---|', ...rows];
}

function said({ observations }: Report, about: Observation['about']): string[] {
  return observations
    .filter((each) => each.about === about)
    .map(({ words }) => `- ${escapedMarkdown(words)}`);
}

function named({ number, title, words }: Named, what: string): string {
  return `- ${number} ${inlineMarkdown(title)}: ${what}${words ? `, ${inlineMarkdown(words)}` : ''}`;
}

function orNone(lines: string[]): string[] {
  return lines.length > 0 ? lines : ['None.'];
}
