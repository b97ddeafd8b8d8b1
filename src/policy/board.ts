import { parse } from 'node-cron';
import * as z from 'zod';
import { cron, dayOff, type Schedule } from './posts.ts';
import type { Policy } from './schema.ts';
import { WEEKDAYS } from './times.ts';
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

/** When the board meets each week, on the walls of the company's zone; `/change setup` may choose it. */
export const boardTime = z.strictObject({
  day: z.enum(WEEKDAYS),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type BoardTime = z.infer<typeof boardTime>;

interface WeeklyMeeting {
  meets: NonNullable<Policy['board']['meets']>;
  /** When its agenda is drawn, where it is at all. */
  agenda?: Schedule;
}

/**
 * The board's weekly meeting; nothing where a policy has none.
 * @param chosen instead of the policy's day and hour; its agenda then comes the day before, at the policy's hour for it
 */
export function weeklyMeeting(policy: Policy, chosen?: BoardTime): WeeklyMeeting | undefined {
  const { meets } = policy.board;
  const agenda = policy.posts.board_agenda;
  if (!meets) return undefined;
  if (!chosen) return { meets, ...(agenda && { agenda }) };
  const dayBefore = WEEKDAYS.at(WEEKDAYS.indexOf(chosen.day) - 1);
  return {
    meets: { ...meets, at: `${minuteAndHour(chosen.time)} * * ${chosen.day}` },
    ...(agenda && { agenda: { ...agenda, at: `${/^\S+ \S+/.exec(agenda.at)?.[0]} * * ${dayBefore}` } }),
  };
}

/** When the policy has the board meet, where that is once a week. */
export function boardTimeOf({ board: { meets } }: Policy): BoardTime | undefined {
  if (!meets) return undefined;
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parse(meets.at);
  const day = dayOfWeek.length === 1 && WEEKDAYS[Number(dayOfWeek[0]) % 7];
  if (!day || dayOfMonth.length < 31 || month.length < 12) return undefined;
  const two = (n: unknown) => String(n).padStart(2, '0');
  return { day, time: `${two(hour[0])}:${two(minute[0])}` };
}

/** `14:05` as cron writes it. */
function minuteAndHour(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour}`;
}
