import { parse, validateDetailed } from 'node-cron';
import * as z from 'zod';
import { id } from './words.ts';

/** What Docket does by the calendar, by its name in the policy. What each of them is: `src/slack/posts.ts`. */
const POST_IDS = [
  'backup',
  'digest',
  'weekly_report',
  'monthly_report',
  'success_rate_audit',
  'board_agenda',
  'process_review_agenda',
  'quarterly_process_review',
  'annual_workflow_review',
  'training',
] as const;
export type PostId = (typeof POST_IDS)[number];

/**
 * Minute, hour, day of the month, month and day of the week, as cron knows them, in the company's zone. One minute
 * and one hour: a post comes once a day at most, so that its day names it.
 */
export const cron = z.string().superRefine((expression, context) => {
  const { valid, errors } = validateDetailed(expression);
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (!valid) return complain(`${errors[0]?.message ?? 'no cron expression'}; write it as "0 9 * * monday"`);
  const { second, minute, hour } = parse(expression);
  if (second.length !== 1 || minute.length !== 1 || hour.length !== 1)
    complain('name one minute and one hour, as in "0 9 * * monday": a post comes once a day at most');
});

/** What becomes of it on a day without work; the first working day of a month is its first day, moved so. */
export const dayOff = z
  .enum(['as planned', 'next working day', 'previous working day', 'left out'])
  .default('as planned');

const schedule = z.strictObject({
  at: cron,
  dayOff,
  /** After a downtime it is made good, but not later than this, where late is worse than never. */
  skipAfterHours: z.number().positive().optional(),
  /** For what it asks somebody to do: the roles that owe it, and for how many days. */
  owners: z.array(id).min(1).optional(),
  doneWithinDays: z.number().positive().optional(),
});
export type Schedule = z.infer<typeof schedule>;

/** When each post comes; one that is not named does not come. */
export const posts = z.partialRecord(z.enum(POST_IDS), schedule).default({});
