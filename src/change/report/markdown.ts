import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { Policy } from '../../policy/schema.ts';
import { inlineMarkdown, quotedMarkdown } from '../markdown.ts';
import { reportOf } from '../report.ts';
import type { Change, Instant, PersonId } from '../types.ts';
import { reportSections, type Style } from './sections.ts';

/**
 * The implementation report of a change as a part of a Markdown document; nothing before it has been carried out.
 * Times are in the company's zone.
 * @param nameOf what a person is called
 * @param level of the headings of its sections
 */
export function reportMarkdown(
  change: Change,
  policy: Pick<Policy, 'zone'>,
  nameOf: (person: PersonId) => string,
  level: '##' | '###',
): string | undefined {
  const report = reportOf(change);
  if (!report) return undefined;
  const sections = reportSections(report, markdown(policy.zone, nameOf));
  const parts = sections.map(({ title, lines }) => `${level} ${title}\n\n${lines.map(separate).join('\n')}`);
  return parts
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd();
}

/** Lists and quotations stand as they are; Markdown would join all other lines. */
function separate(line: string): string {
  return /^(- |\d+\. |> )/.test(line) ? line : `\n${line}\n`;
}

function markdown(zone: string, nameOf: (person: PersonId) => string): Style {
  const at = (instant: Instant, pattern: string) => format(new TZDate(instant, zone), pattern);
  return {
    person: (id) => inlineMarkdown(nameOf(id)),
    time: (instant) => `${at(instant, 'yyyy-MM-dd HH:mm')} (${zone})`,
    day: (instant) => at(instant, 'yyyy-MM-dd'),
    strong: (words) => `**${words}**`,
    inline: inlineMarkdown,
    said: quotedMarkdown,
    most: Number.POSITIVE_INFINITY,
  };
}
