import { offerOf } from '../catalogue/offer.ts';
import type { Offer } from '../change/from-template.ts';
import type { Proposal } from '../change/types.ts';
import { allTemplates } from '../db/templates.ts';
import type { Category } from '../policy/schema.ts';
import type { World } from './world.ts';

/** Something that a request may be started from. */
export interface StartingPoint {
  id: string;
  title: string;
  /** What it fills in. */
  proposal: Proposal;
  /** Where it is a template of the catalogue: that one, of which some fields may not be altered. */
  offer?: Offer;
}

/** As many as one of Slack's menus shows. */
const MOST = 100;

/**
 * What a request of a category may be started from: the policy's templates, and for a standard change what the
 * catalogue offers now, by its title.
 * @throws {Busy} when the catalogue cannot be read
 */
export async function startingPoints(
  world: Pick<World, 'policy' | 'db'>,
  category: Category,
): Promise<StartingPoint[]> {
  const own = policyTemplates(world, category);
  if (category !== 'standard') return own;
  const offers = (await allTemplates(world.db)).flatMap((template) => offerOf(template) ?? []);
  const points = offers
    .filter(({ closed }) => closed === undefined)
    .map((offer): StartingPoint => ({ id: offer.id, title: offer.title, proposal: offer.proposal, offer }))
    .sort((a, b) => a.title.localeCompare(b.title));
  return [...points, ...own].slice(0, MOST);
}

/**
 * The policy's templates alone: nothing is looked up, because the form that offers them opens at once also when the
 * database is busy.
 */
export function policyTemplates({ policy }: Pick<World, 'policy'>, category: Category): StartingPoint[] {
  return Object.entries(policy.templates)
    .filter(([, template]) => template.category === category)
    .map(([id, { title, fields }]) => ({
      ...{ id, title },
      // Checked field by field against the kinds of FIELDS (policy/templates.ts), which zod's type has lost.
      proposal: fields as Proposal,
    }));
}
