import type { Names } from '../change/export/fields.ts';
import type { Policy } from '../policy/schema.ts';
import type { Edition } from '../posts/types.ts';
import type { PeriodEvidence } from './evidence.ts';
import type { Tally } from './evidence-tally.ts';

/** A file that goes with the document. */
export interface Beside {
  name: string;
  rows: number;
  /** What each of its rows is. */
  row: string;
}

export interface EvidenceSource {
  evidence: PeriodEvidence;
  tally: Tally;
  policy: Policy;
  names: Names;
  files: readonly Beside[];
  /** What a post that asks for something is called. */
  titleOf(edition: Edition): string;
}

/** A table in Markdown. A cell is one line, and bars in it are text already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
