import type { Change } from './types.ts';

/** What the "Change Details" of the guide's template tell apart. */
const DETAILS = {
  codeChanges: 'Code',
  configurationChanges: 'Configuration',
  databaseChanges: 'Database',
} as const;

/**
 * The types of a change, for "Top Change Types" of the reports: the template of the catalogue that it was filed from,
 * else which of code, configuration and database its details say that it alters, perhaps several of them.
 */
export function typesOf({
  template,
  category,
  proposal,
}: Pick<Change, 'template' | 'category' | 'proposal'>): string[] {
  if (template && category === 'standard') return [template.title];
  const types = (['codeChanges', 'configurationChanges', 'databaseChanges'] as const)
    .filter((field) => proposal[field])
    .map((field) => DETAILS[field]);
  if (types.length > 0) return types;
  return [category === 'emergency' ? 'Emergency fix' : 'Other'];
}
