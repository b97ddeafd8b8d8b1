import * as z from 'zod';
import { clock } from './category.ts';
import { id } from './words.ts';

/** What is agreed beforehand, and by whom: the catalogue of standard changes. */
export const catalogue = z.strictObject({
  /** The board that votes on its templates: a stage of some category. */
  approval: z.strictObject({ category: z.enum(['standard', 'normal', 'emergency']), stage: id }),
  /** How long a vote may take. */
  clock,
  /**
   * After a change that ended so, or a success whose verification left something open, nothing is filed from its template
   * until somebody has looked.
   */
  suspendAfter: z
    .array(z.enum(['partial', 'failed', 'rolled back', 'left open']))
    .default(['failed', 'rolled back']),
  /** Stages of a standard change that one from the catalogue need not go through. */
  skips: z.array(id).default([]),
});
