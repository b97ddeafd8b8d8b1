import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { Policy } from '../policy/schema.ts';
import { reportOf } from './report.ts';
import { reportSections, type Style } from './report-sections.ts';
import type { Change, Instant, PersonId } from './types.ts';

/**
 * The implementation report of a change as Markdown; nothing before it has been carried out. Times are in the
 * company's zone.
 * @param nameOf what a person is called
 */
export function reportMarkdown(
  change: Change,
  policy: Pick<Policy, 'zone'>,
  nameOf: (person: PersonId) => string,
): string | undefined {
  const report = reportOf(change);
  if (!report) return undefined;
  const sections = reportSections(report, markdown(policy.zone, nameOf));
  const parts = sections.map(({ title, lines }) => `## ${title}\n\n${lines.map(separate).join('\n')}`);
  const text = `# Implementation report: ${report.number}\n\n${parts.join('\n\n')}\n`;
  return text.replaceAll(/\n{3,}/g, '\n\n');
}

/** Lists and quotations stand as they are; Markdown would join all other lines. */
function separate(line: string): string {
  return /^(- |\d+\. |> )/.test(line) ? line : `\n${line}\n`;
}

function markdown(zone: string, nameOf: (person: PersonId) => string): Style {
  const at = (instant: Instant, pattern: string) => format(new TZDate(instant, zone), pattern);
  return {
    person: (id) => escapedMarkdown(nameOf(id)),
    time: (instant) => `${at(instant, 'yyyy-MM-dd HH:mm')} (${zone})`,
    day: (instant) => at(instant, 'yyyy-MM-dd'),
    strong: (words) => `**${words}**`,
    inline: (words) => escapedMarkdown(words.replaceAll(/\s+/g, ' ').trim()),
    said: (words) =>
      words
        .split('\n')
        .map((line) => `> ${escapedMarkdown(line)}`)
        .join('\n'),
    most: Number.POSITIVE_INFINITY,
  };
}

/** A text of somebody's that says in Markdown what it says, and nothing else. */
export function escapedMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');
}
