import type { Assessment } from '../../change/types.ts';
import { NOT_AFFECTED } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { escaped, inLine } from '../blocks/format.ts';

/**
 * An impact assessment, a line for each group that is affected and one for all that are not.
 * @param most how many characters of a note are shown
 */
export function assessmentLines({ assessment }: Policy, given: Assessment, most: number): string[] {
  const groups = Object.entries(given).map(([id, answer]) => ({
    title: escaped(assessment[id]?.title ?? id),
    items: answer.affected
      .filter((item) => item !== NOT_AFFECTED)
      .map((item) => escaped(assessment[id]?.items[item] ?? item))
      .join(', '),
    note: answer.note ? `: ${inLine(answer.note, most)}` : '',
  }));
  const spared = groups.filter(({ items }) => items === '').map(({ title }) => title);
  return [
    ...groups.filter(({ items }) => items !== '').map((g) => `• *${g.title}* (${g.items})${g.note}`),
    ...(spared.length > 0 ? [`• Not affected: ${spared.join(', ')}`] : []),
  ];
}
