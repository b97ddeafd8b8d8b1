import * as z from 'zod';
import { id, words } from './words.ts';

export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write it as 22:00');

/**
 * Hours of the wall's clock in the policy's zone: on these days (every day if not said; `holidays` are those of
 * the working time) from one time until, and without, another. An end at or before the start is on the next day.
 */
const dayHours = z
  .strictObject({
    days: z
      .array(z.enum([...WEEKDAYS, 'holidays']))
      .min(1)
      .optional(),
    from: clockTime,
    to: clockTime,
  })
  .refine(({ from, to }) => from !== to, 'from and to are the same; a whole day is 00:00 to 24:00');

/** While people sleep, on the clock of their own wall. */
export const night = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, 'from and to are the same; without a night leave it out');
export const hoursList = z.array(dayHours);
export type HoursList = z.infer<typeof hoursList>;

/** The words for when a change of some risk may be carried out. */
export const EXECUTION_TIMES = [
  'any time',
  'off hours',
  'outside production hours',
  'outside business hours',
] as const;
export const executionTime = z.enum(EXECUTION_TIMES);
export type ExecutionTime = z.infer<typeof executionTime>;

/** When a change may be carried out, by its risk (guide, "Risk Assessment Levels"). */
export const executionTimes = z.strictObject({
  low: executionTime.default('any time'),
  medium: executionTime.default('any time'),
  high: executionTime.default('any time'),
});

const dayOfYear = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'write it as month-day, for example 12-20')
  .refine((day) => z.iso.date().safeParse(`2028-${day}`).success, 'there is no such day');

/** A freeze of every year, from the first day to the last, both whole; it may run over New Year. */
export const yearlyFreeze = z.strictObject({
  id,
  title: words,
  /** A hard one blocks; a soft one needs a second person and a reason. */
  kind: z.enum(['hard', 'soft']),
  from: dayOfYear,
  to: dayOfYear,
  /** Only for these; for all if not said. */
  systems: z.array(id).default([]),
  environments: z.array(id).default([]),
  categories: z.array(z.enum(['standard', 'normal', 'emergency'])).default([]),
});
export type YearlyFreeze = z.infer<typeof yearlyFreeze>;
