import type { Template } from '../../catalogue/types.ts';
import { Refusal } from '../../change/refusal.ts';
import { loadTemplate } from '../../db/templates.ts';
import type { World } from '../../engine/world.ts';
import { readTarget } from '../ids.ts';

/** The template that a button is on. @throws {Refusal} when there is none */
export async function templateAt({ db }: World, value: unknown): Promise<Template> {
  const stored = await loadTemplate(db, readTarget(value).id);
  if (stored) return stored.state;
  throw new Refusal('unknown', 'I cannot find that template. Try `/change catalogue`.');
}
