import { z } from 'zod';
import type { Explained } from './explain.ts';
import { cut } from './format.ts';

/** Slack takes only so much beside a field. */
const LONGEST_ERROR = 2000;
const input = z.object({ type: z.literal('input'), block_id: z.string() });

/**
 * Where a form says what is wrong: beside the field if it is there, else beside the first. Slack refuses an
 * answer that names a block which the form does not have.
 * @param blocks of the view, as Slack sent them
 */
export function blockErrors(
  { sentence, fields }: Explained,
  blocks: readonly unknown[],
): Record<string, string> {
  const inputs = blocks
    .map((block) => input.safeParse(block).data?.block_id)
    .filter((id) => id !== undefined);
  const placed = Object.entries(fields).map(
    ([field, words]) => [inputs.find((id) => belongs(id, field)) ?? inputs[0], words] as const,
  );
  const errors = placed.length > 0 ? placed : [[inputs[0], sentence] as const];
  return Object.fromEntries(
    errors.flatMap(([id, words]) => (id === undefined ? [] : [[id, cut(words, LONGEST_ERROR)]])),
  );
}

/** A field may have several inputs, one for each part of it: `riskAnswers.users`. */
function belongs(block: string, field: string): boolean {
  return block === field || block.startsWith(`${field}.`);
}
