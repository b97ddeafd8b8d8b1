import type { DecisionClock } from '../policy/schema.ts';
import { WEEKDAYS } from '../policy/times.ts';
import { timeOfDay, type WorkCalendar, workingHours } from './hours.ts';
import type { Instant } from './interval.ts';
import { DAY, HOUR, instantsOf, MINUTE, wallTime } from './zone.ts';

/** Looked at in one go: most times end within a day or two, and each further look goes four times as far. */
const FIRST_STRIDE = 2 * DAY;
const LONGEST_STRIDE = 28 * DAY;
/** A company that never works would make the search endless. */
const FURTHEST = 3660 * DAY;

/**
 * The instant at which `part` (0 to 1) of a decision's time has passed since `from`: in working time of the
 * policy's zone, or day and night for a clock in hours (guide, "Approval Workflows", timelines).
 */
export function deadline(policy: WorkCalendar, clock: DecisionClock, from: Instant, part: number): Instant {
  if ('hours' in clock) return from + Math.round(clock.hours * 60 * part) * MINUTE;
  const time =
    'workingHours' in clock ? clock.workingHours * HOUR : clock.workingDays * longestWorkingDay(policy);
  return addWorkingMinutes(policy, from, Math.round((time / MINUTE) * part));
}

/**
 * The instant at which `minutes` of working time have passed since `from`; zero is the next working minute.
 * @throws where the policy has no working time within ten years
 */
export function addWorkingMinutes(policy: WorkCalendar, from: Instant, minutes: number): Instant {
  let left = minutes * MINUTE;
  let stride = FIRST_STRIDE;
  for (let start = from; start < from + FURTHEST; start += stride) {
    if (start > from) stride = Math.min(stride * 4, LONGEST_STRIDE);
    for (const open of workingHours(policy, { start, end: start + stride })) {
      if (open.end - open.start >= left) return open.start + left;
      left -= open.end - open.start;
    }
  }
  throw new Error('The policy has no working time within ten years.');
}

/** The first working minute from the beginning of that day on, which may be on a later one. */
export function morningOf(policy: WorkCalendar, at: Instant): Instant {
  const midnight = Math.floor(wallTime(policy.zone, at) / DAY) * DAY;
  // A night can leave the hour after midnight out.
  const [first = at] = [midnight, midnight + HOUR].flatMap((wall) => instantsOf(policy.zone, wall));
  return addWorkingMinutes(policy, first, 0);
}

/** The longest working day of the week counts as "a day". */
function longestWorkingDay({ workingTime }: WorkCalendar): number {
  const hours = WEEKDAYS.map((day) => workingTime[day]).filter((each) => each !== undefined);
  return Math.max(...hours.map((each) => timeOfDay(each.slice(6)) - timeOfDay(each.slice(0, 5))));
}

/** The year in which `at` falls in the policy's zone: the year of a change's number. */
export function yearOf({ zone }: Pick<WorkCalendar, 'zone'>, at: Instant): number {
  return new Date(wallTime(zone, at)).getUTCFullYear();
}
