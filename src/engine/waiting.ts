import { allowedOn } from '../catalogue/allowed.ts';
import { beforeBoard } from '../catalogue/offer.ts';
import type { Template } from '../catalogue/types.ts';
import { mayTake } from '../change/allowed.ts';
import type { Facts } from '../change/facts.ts';
import type { Change, PersonId } from '../change/types.ts';
import { everyChange } from '../db/changes.ts';
import { allTemplates } from '../db/templates.ts';
import { loadFacts } from './facts.ts';
import type { World } from './world.ts';

/** What somebody could decide now, of each the most urgent first. */
export interface Waiting {
  changes: Change[];
  /** Of the catalogue: a version of each is before the board, on which they have a vote. */
  templates: Template[];
  facts: Facts;
}

/** All that this person could decide now. */
export async function waitingForPerson(world: World, person: PersonId): Promise<Waiting> {
  const [facts, open, agreed] = await Promise.all([
    loadFacts(world),
    everyChange(world.db, ['validating', 'in review']),
    allTemplates(world.db),
  ]);
  const at = world.clock.now();
  const templates = agreed.filter(
    (template) => beforeBoard(template) && allowedOn(template, person, facts, at).has('approve'),
  );
  const theirs = open.filter((change) => mayTake('approve', change, person, facts, at));
  return {
    changes: theirs.sort((a, b) => dueAt(a) - dueAt(b)),
    templates: templates.sort((a, b) => voteDueAt(a) - voteDueAt(b)),
    facts,
  };
}

/** By when it is to be decided on. */
export function dueAt(change: Change): number {
  return 'open' in change ? change.open.deadline : change.dueAt;
}

function voteDueAt(template: Template): number {
  return beforeBoard(template)?.deadline ?? Number.POSITIVE_INFINITY;
}
