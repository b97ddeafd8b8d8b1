import type { Proposal } from '../change/types.ts';
import type { FieldId } from '../policy/fields.ts';
import type { Category } from '../policy/schema.ts';
import type { World } from './world.ts';

/** Something that a request may be started from. */
export interface StartingPoint {
  id: string;
  title: string;
  /** What it fills in. */
  proposal: Proposal;
  /** Fields that whoever starts from it may not alter. */
  locked: FieldId[];
}

/**
 * What a request of a category may be started from: the policy's templates. Nothing is looked up, because the form
 * that offers them opens at once also when the database is busy.
 */
export function startingPoints({ policy }: Pick<World, 'policy'>, category: Category): StartingPoint[] {
  return Object.entries(policy.templates)
    .filter(([, template]) => template.category === category)
    .map(([id, { title, fields }]) => ({
      ...{ id, title, locked: [] },
      // Checked field by field against the kinds of FIELDS (policy/templates.ts), which zod's type has lost.
      proposal: fields as Proposal,
    }));
}
