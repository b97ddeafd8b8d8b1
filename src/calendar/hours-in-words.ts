import type { Policy } from '../policy/schema.ts';
import { type ExecutionTime, type HoursList, WEEKDAYS } from '../policy/times.ts';
import { productionLists } from './hours.ts';

type Times = Pick<Policy, 'zone' | 'workingTime' | 'productionHours' | 'offHours' | 'systems'>;

/**
 * When changes may be carried out, as the end of a sentence: `off hours: every day 22:00–06:00; Saturday, Sunday and
 * holidays all day (Europe/Berlin)`.
 */
export function executionTimeInWords(
  policy: Times,
  time: Exclude<ExecutionTime, 'any time'>,
  systems: readonly string[],
): string {
  switch (time) {
    case 'off hours':
      return `off hours: ${hoursInWords(policy.offHours)} (${policy.zone})`;
    case 'outside business hours':
      return `outside business hours, which are ${hoursInWords(workingDays(policy))} (${policy.zone})`;
    case 'outside production hours': {
      const lists = productionLists(policy, systems).filter((list) => list.length > 0);
      return `outside the production hours of their systems, which are ${lists.map(hoursInWords).join('; ')} (${policy.zone})`;
    }
    default:
      return time satisfies never;
  }
}

function hoursInWords(list: HoursList): string {
  return list
    .map(({ days, from, to }) => {
      const on = days ? joined(days.map((day) => (day === 'holidays' ? day : capital(day)))) : 'every day';
      return `${on} ${from === '00:00' && to === '24:00' ? 'all day' : `${from}–${to}`}`;
    })
    .join('; ');
}

/** Working time as a list, the days of the same hours together, from Monday on. */
function workingDays({ workingTime }: Times): HoursList {
  const week = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];
  const open = week.flatMap((day) => (workingTime[day] ? [{ day, hours: workingTime[day] }] : []));
  return [...new Set(open.map(({ hours }) => hours))].map((hours) => ({
    days: open.filter((each) => each.hours === hours).map(({ day }) => day),
    from: hours.slice(0, 5),
    to: hours.slice(6),
  }));
}

function joined(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('');
}

function capital(word: string): string {
  return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}
