import * as z from 'zod';
import { cron, dayOff } from './posts.ts';
import type { Policy } from './schema.ts';
import { id, words } from './words.ts';

/** When the board meets, and for how many minutes. */
const meets = {
  at: cron,
  dayOff,
  minutes: z.number().int().positive().default(60),
};

/** How the board works that votes on changes (guide, "Change Advisory Board"). */
export const board = z
  .strictObject({
    /** The board is a stage of a category: its seats, its quorum, its chair. */
    category: z.enum(['standard', 'normal', 'emergency']).default('normal'),
    stage: id.default('cab'),
    /** Name of the channel in which it meets, until `/change setup` chooses another. */
    postIn: z.string().min(1).max(80).default('cab'),
    /** Its weekly meeting; `posts.board_agenda` says when its agenda is drawn. */
    meets: z.strictObject(meets).optional(),
    /** The monthly look at the process itself; `posts.process_review_agenda` says when its agenda is drawn. */
    processReview: z.strictObject({ ...meets, topics: z.array(words).min(1).max(20) }).optional(),
    remindMinutesBefore: z.number().int().min(0).default(15),
    /** For how long a change may be put off. */
    deferAtMostDays: z.number().positive().default(60),
  })
  .prefault({});

/** The stage that is the board; nothing where a policy has none. */
export function boardOf(policy: Policy): Policy['categories']['normal']['stages'][number] | undefined {
  const { category, stage } = policy.board;
  return policy.categories[category].stages.find(({ id: each, kind }) => each === stage && kind === 'vote');
}
