import { begunFromTemplate } from '../change/draft.ts';
import { askedEachTime, type Offer } from '../change/from-template.ts';
import type { PersonId } from '../change/types.ts';
import { type Written, write } from './drafts.ts';
import type { World } from './world.ts';

/**
 * Begins a draft from a template of the catalogue, or turns one that is there into such. It is kept at once, since
 * most of what it says is on no input of its form.
 */
export function beginFrom(
  world: World,
  { id, by }: { id: string; by: PersonId },
  offer: Offer,
): Promise<Written> {
  const writing = { id, by, category: 'standard', editing: false } as const;
  return write(world, writing, (draft) =>
    begunFromTemplate(draft, offer, askedEachTime(world.policy, offer)),
  );
}
