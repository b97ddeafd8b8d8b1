import * as z from 'zod';
import type { PersonId } from '../../change/types.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import { unsuffixed } from '../blocks/block-id.ts';
import { cut } from '../blocks/format.ts';
import { plainText } from '../blocks/plain-text.ts';
import type { Explained } from '../wire/explain.ts';

/** Slack takes only so much beside a field. */
const LONGEST_ERROR = 2000;
const input = z.object({ type: z.literal('input'), block_id: z.string() });

/**
 * Where a form says what is wrong: beside the field if it is there, else beside the first. Slack refuses an
 * answer that names a block which the form does not have.
 * @param blocks of the view, as Slack sent them
 * @returns nothing where there is no field at all
 */
export async function blockErrors(
  world: Pick<World, 'db' | 'policy'>,
  { sentence, fields }: Explained,
  blocks: readonly unknown[],
  reader: PersonId,
): Promise<Record<string, string> | undefined> {
  const inputs = blocks
    .map((block) => input.safeParse(block).data?.block_id)
    .filter((id) => id !== undefined);
  if (inputs.length === 0) return undefined;
  const placed = Object.entries(fields).map(
    ([field, words = '']) => [inputs.find((id) => belongs(id, field)) ?? inputs[0], words] as const,
  );
  const errors = placed.length > 0 ? placed : [[inputs[0], sentence] as const];
  const zone = await zoneOf(world, reader).catch(() => world.policy.zone);
  const plain = errors.map(async ([id = '', words]) => [
    id,
    cut(await plainText(world, words, zone), LONGEST_ERROR),
  ]);
  return Object.fromEntries(await Promise.all(plain));
}

/** A field may have several inputs, one for each part of it: `riskAnswers.users`. */
function belongs(block: string, field: string): boolean {
  const id = unsuffixed(block);
  return id === field || id.startsWith(`${field}.`);
}
