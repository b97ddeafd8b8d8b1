import { z } from 'zod';

/** How the board works that votes on changes (guide, "Change Advisory Board"). */
export const board = z
  .strictObject({
    /** For how long a change may be put off. */
    deferAtMostDays: z.number().positive().default(60),
  })
  .prefault({});
