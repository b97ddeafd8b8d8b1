import * as z from 'zod';
import { id, option } from './words.ts';

const test = z.strictObject({
  title: option,
  /** The environments that it counts in; in any, if not said. */
  in: z.array(id).min(1).optional(),
});

/** What is recorded as evidence. `unit: Unit tests` is short for one that counts wherever it was run. */
export const tests = z
  .record(
    id,
    z.preprocess((value) => (typeof value === 'string' ? { title: value } : value), test),
  )
  .refine((list) => Object.keys(list).length <= 100, 'at most 100, Slack shows no more');
