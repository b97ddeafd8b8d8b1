import { decideTemplate } from '../catalogue/decide.ts';
import { templateEffects } from '../catalogue/effects.ts';
import { evolveTemplate } from '../catalogue/evolve.ts';
import { offerOf } from '../catalogue/offer.ts';
import type { Source, Template, TemplateEvent, TemplateIntent } from '../catalogue/types.ts';
import type { Facts } from '../change/facts.ts';
import type { Offer } from '../change/from-template.ts';
import type { Actor } from '../change/types.ts';
import { loadChange } from '../db/changes.ts';
import { loadTemplate, saveTemplate } from '../db/templates.ts';
import { loadFacts } from './facts.ts';
import { give, type Kind } from './kind.ts';
import type { World } from './world.ts';

/** What the streams of templates begin with; a template's id is its stream's name. */
export const TEMPLATE = 'template/';

const KIND: Kind<Template, TemplateEvent, TemplateIntent, Facts & Source> = {
  load: ({ db }, id) => loadTemplate(db, id),
  async facts(world, command) {
    const facts = await loadFacts(world);
    const source =
      command.type === 'Propose' ? (await loadChange(world.db, command.change))?.state : undefined;
    return { ...facts, ...(source && { source }) };
  },
  decide: decideTemplate,
  evolve: evolveTemplate,
  effects: templateEffects,
  save:
    ({ db }, { state, head }, events) =>
    (q) => [saveTemplate(q, db.t, state, head, events.at(-1)?.at ?? 0)],
  refused: (template, { type: command, by, at }, { code, sentence, forbidden }) =>
    forbidden && template ? [{ type: 'TemplateRefused', by, at, command, code, sentence }] : [],
};

/**
 * Gives a command to a template of the catalogue.
 * @param id `template/…`, the same when the same proposal is delivered again
 * @returns the template as it then is, and how many events were added (0 when it was done already)
 * @throws {Refusal} with a sentence for the person
 */
export async function handleTemplate(
  world: World,
  id: string,
  intent: TemplateIntent,
  by: Actor,
): Promise<{ template: Template; added: number }> {
  const { state, added } = await give(world, KIND, id, intent, by);
  if (!state) throw new Error(`${intent.type} left ${id} without a template`);
  return { template: state, added };
}

/** The template that a submission names, as it is offered now. */
export async function offered({ db }: Pick<World, 'db'>, id: string): Promise<Offer | undefined> {
  const stored = await loadTemplate(db, id);
  return stored && offerOf(stored.state);
}
