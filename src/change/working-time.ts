import { TZDate } from '@date-fns/tz';
import { addDays, format } from 'date-fns';
import type { DecisionClock, Policy } from '../policy/schema.ts';
import type { Instant } from './types.ts';

const MINUTE = 60_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** A company that never works would make the search endless. */
const FURTHEST_DAYS = 3660;

type Calendar = Pick<Policy, 'zone' | 'workingTime'>;

/**
 * The instant at which `part` (0 to 1) of a decision's time has passed since `from`: in working time of the
 * policy's zone, or day and night for a clock in hours (guide, "Approval Workflows", timelines).
 */
export function deadline(policy: Calendar, clock: DecisionClock, from: Instant, part: number): Instant {
  if ('hours' in clock) return from + Math.round(clock.hours * 60 * part) * MINUTE;
  const minutes =
    'workingHours' in clock ? clock.workingHours * 60 : clock.workingDays * minutesOfWorkingDay(policy);
  return addWorkingMinutes(policy, from, Math.round(minutes * part));
}

/** The instant at which `minutes` of working time have passed since `from`; zero is the next working minute. */
export function addWorkingMinutes(policy: Calendar, from: Instant, minutes: number): Instant {
  let left = minutes * MINUTE;
  for (let day = 0; day < FURTHEST_DAYS; day++) {
    const hours = workingHoursOn(policy, addDays(new TZDate(from, policy.zone), day));
    if (!hours) continue;
    const start = Math.max(hours.opens, from);
    const room = hours.closes - start;
    if (room >= left && room > 0) return start + left;
    left -= Math.max(0, room);
  }
  throw new Error('The policy has no working time within ten years.');
}

/** When work opens and closes on the day of `date`, in its zone; nothing on a day off. */
function workingHoursOn(
  { workingTime, zone }: Calendar,
  date: TZDate,
): { opens: Instant; closes: Instant } | undefined {
  const hours = workingTime[WEEKDAYS[date.getDay()] ?? 'sunday'];
  if (!hours || workingTime.holidays.includes(format(date, 'yyyy-MM-dd'))) return undefined;
  const at = (clock: string) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return new TZDate(date.getFullYear(), date.getMonth(), date.getDate(), hour, minute, zone).getTime();
  };
  return { opens: at(hours.slice(0, 5)), closes: at(hours.slice(6)) };
}

/** The longest working day of the week counts as "a day". */
function minutesOfWorkingDay({ workingTime }: Calendar): number {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return Math.max(
    ...WEEKDAYS.map((day) => workingTime[day]).map((hours) =>
      hours ? minutes(hours.slice(6)) - minutes(hours.slice(0, 5)) : 0,
    ),
  );
}

/** The year in which `at` falls in the policy's zone: the year of a change's number. */
export function yearOf({ zone }: Pick<Policy, 'zone'>, at: Instant): number {
  return new TZDate(at, zone).getFullYear();
}
