import type { Policy } from '../../policy/schema.ts';
import { inlineMarkdown, quotedMarkdown } from '../markdown.ts';
import type { Change, ChangeEvent, Instant, PersonId } from '../types.ts';
import { type Names, named } from './fields.ts';

/** What the document of a change is written from. */
export interface ExportSource {
  change: Change;
  /** Its whole record, in order. */
  events: readonly ChangeEvent[];
  policy: Policy;
  names: Names;
  /** The roles that its requester held as it was filed, as they are called. */
  requesterRoles: readonly string[];
  /** When this is written. */
  now: Instant;
}

export function person({ names }: ExportSource, id: PersonId | 'docket'): string {
  return id === 'docket' ? 'Docket' : inlineMarkdown(names.person(id));
}

export function quote({ names }: ExportSource, words: string): string {
  return quotedMarkdown(named(words, names));
}

/** Lines as one list; none, none. */
export function list(lines: readonly string[]): string[] {
  return lines.length > 0 ? [lines.map((line) => `- ${line}`).join('\n')] : [];
}
