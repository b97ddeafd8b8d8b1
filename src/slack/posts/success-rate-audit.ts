import { type Period, periodName, periodOf } from '../../calendar/period.ts';
import { wallTime } from '../../calendar/zone.ts';
import { finishedBetween } from '../../db/outcomes.ts';
import type { World } from '../../engine/world.ts';
import { nameOf } from '../blocks/format.ts';
import { byCategory, rate, ratesByCategory, sum, tally } from './success-rates.ts';
import { upkeep } from './upkeep.ts';

/** How many of the changes that did not succeed are named. */
const NAMED = 20;

/** The success rates of a month's changes, from the record, for who oversees them (guide, "Update Procedures"). */
export const successRateAudit = upkeep({
  ...{ id: 'success_rate_audit', every: 'month', about: 'last' },
  title: 'Success-rate audit',
  ask: [
    'Compare these figures, which are from the record, with what you know of the month.',
    'Look into every change that did not succeed: is its outcome right, and was it looked back on?',
  ],
  facts: audit,
});

async function audit({ db, policy }: World, { key, start, end }: Period): Promise<string[]> {
  const last = periodOf(policy.zone, 'month', wallTime(policy.zone, start), 'last');
  const now = await finishedBetween(db, start, end);
  const before = await finishedBetween(db, last.start, last.end);
  const tallies = byCategory(now);
  const others = now.filter(({ outcome }) => outcome !== 'success');
  return [
    `*${periodName(key)}: ${rate(sum(Object.values(tallies)))}*; the month before: ${rate(tally(before))}.`,
    ...ratesByCategory(policy, tallies),
    ...(others.length > 0 ? ['*Without success*'] : []),
    ...others.slice(0, NAMED).map((change) => `• ${nameOf(change)}: ${change.outcome}`),
    ...(others.length > NAMED
      ? [`• and ${others.length - NAMED} more: \`/change evidence ${key}\` has them in its table of changes`]
      : []),
  ];
}
