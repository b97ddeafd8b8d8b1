import { EXCEPTIONS } from '../change/export/exceptions.ts';
import { utc } from '../change/export/fields.ts';
import { escapedMarkdown, inlineMarkdown } from '../change/markdown.ts';
import { entriesOf } from '../entries.ts';
import { board, catalogue, duties, freezes, meetings, policies, roles } from './evidence-in-force.ts';
import { type EvidenceSource, table } from './evidence-source.ts';
import { figureRows } from './figure-rows.ts';
import { headLine } from './period-markdown.ts';

/**
 * The evidence of a period as a document that a stranger can read: what there is, whether it is complete and unaltered,
 * what an auditor would write up, and what was in force. Times are in UTC.
 */
export function evidenceMarkdown(source: EvidenceSource): string {
  const { evidence, policy } = source;
  const { period, at } = evidence;
  const sections: [string, string[]][] = [
    ['Files', files(source)],
    ['Completeness', completeness(source)],
    ['Integrity of the Record', integrity(source)],
    ['Exceptions', exceptions(source)],
    ['Refused Attempts', refusals(source)],
    ['Figures', figures(source)],
    ['Policy', policies(source)],
    ['Board', board(source)],
    ['Meetings of the Board', meetings(source)],
    ['Reviews of the Process, and Training', duties(source)],
    ['Standard Changes Agreed Beforehand', catalogue(source)],
    ['Freezes', freezes(source)],
    ['Who Held Which Role', roles(source)],
  ];
  return [
    `# Change Management Evidence: ${period.key}`,
    `${escapedMarkdown(policy.company)}. From ${utc(period.start)} until before ${utc(period.end)}, which is ${period.key} in ${policy.zone}. Written by Docket from its record on ${utc(at)}.`,
    ...(at < period.end ? ['**The period is not over yet**: it is told as far as it goes.'] : []),
    ...sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n\n')}`),
  ]
    .join('\n\n')
    .concat('\n');
}

function files({ files: all }: EvidenceSource): string[] {
  return [
    table(
      ['File', 'Rows', 'Each row is'],
      all.map(({ name, rows, row }) => [`\`${name}\``, String(rows), row]),
    ),
    'Tables are CSV in UTF-8, with times in UTC (ISO 8601). Of a single change, `/change export` and its number gives the whole record, each event with who, when and what.',
  ];
}

/** Where rows come from, and that none is missing. */
function completeness({ evidence, tally }: EvidenceSource): string[] {
  const { filed, years } = evidence;
  const agree = filed.rows === tally.filed && filed.figures === tally.filed;
  const gaps = [...tally.numbers].flatMap(([year, { missing }]) => missing.map((n) => `${year}: ${n}`));
  const short = years.filter(({ count, highest }) => count !== highest);
  return [
    `Every change to which something happened in the period: ${tally.changes}, also those rejected, withdrawn, cancelled or expired, and those filed before. Filed in the period:`,
    table(
      ['Source', 'Filed in the period'],
      [
        ['The record itself (events that say that a change was filed)', String(tally.filed)],
        ['The list of changes', String(filed.rows)],
        ['What reports and metrics count', String(filed.figures)],
      ],
    ),
    agree ? 'They agree.' : '⚠️ They do not agree: `npm run audit:verify` says where.',
    ...[...tally.numbers].map(
      ([year, { first, last, missing }]) =>
        `Numbers given in the period, ${year}: ${first} to ${last}, ${last - first + 1 - missing.length} changes.`,
    ),
    gaps.length === 0
      ? 'Numbers are given in order and without gaps, and none of these is missing.'
      : `⚠️ These numbers are missing: ${gaps.join(', ')}.`,
    `Of all years: ${years.map(({ year, count, highest }) => `${year}: ${count} of ${highest}`).join('; ') || 'no change yet'}.${short.length > 0 ? ' ⚠️ Numbers are missing.' : ''}`,
    'Docket knows what was filed with it. Whether something was deployed without a change is to be checked against the deployments themselves; what a change has deployed is in the column `deployed`.',
  ];
}

function integrity({ evidence: { head } }: EvidenceSource): string[] {
  return [
    'Each event carries the hash of the one before it in its stream. The head covers everything that was recorded until the instant that it names:',
    `\`${headLine(head)}\``,
    `Whoever keeps it can show at any time whether anything of that has been altered, taken out or cut off since, with \`npm run audit:verify -- --head "${headLine(head)}"\` where Docket runs.`,
  ];
}

function exceptions({ tally }: EvidenceSource): string[] {
  return [
    'Looked for in the record of each change, event by event. What was done, or was due and not done, in the period:',
    table(
      ['Check', 'Found'],
      entriesOf(EXCEPTIONS).map(([of, title]) => {
        const numbers = tally.exceptions.get(of) ?? [];
        return [title, numbers.length === 0 ? 'none' : `${numbers.length}: ${numbers.join(', ')}`];
      }),
    ),
  ];
}

function refusals({ tally }: EvidenceSource): string[] {
  if (tally.refusals.size === 0) return ['None was recorded.'];
  const rows = [...tally.refusals].toSorted(([, a], [, b]) => b - a);
  return [
    'What somebody tried and the rules did not let happen, by the reason:',
    table(
      ['Reason', 'Times'],
      rows.map(([code, n]) => [inlineMarkdown(code), String(n)]),
    ),
  ];
}

function figures({ evidence: { metrics }, policy }: EvidenceSource): string[] {
  const rows = figureRows(metrics, policy).map(({ label, words }) => [inlineMarkdown(label), words]);
  return [table(['Figure', 'The period'], rows)];
}
