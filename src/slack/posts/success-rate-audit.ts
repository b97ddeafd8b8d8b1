import { type Period, periodOf } from '../../calendar/period.ts';
import { wallTime } from '../../calendar/zone.ts';
import type { Outcome } from '../../change/execution.ts';
import { inRole } from '../../change/holders.ts';
import { type Finished, finishedBetween } from '../../db/outcomes.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { CATEGORIES, type Category } from '../../policy/schema.ts';
import { context, section, sections } from '../blocks.ts';
import { count, escaped, nameOf } from '../format.ts';
import type { SlackPost } from '../post.ts';

/** How many of the changes that did not succeed are named. */
const NAMED = 20;

type Tally = Partial<Record<Outcome, number>>;

interface Audit {
  tallies: Record<Category, Tally>;
  before: Tally;
  /** Those that did not succeed, one line each. */
  others: string[];
}

/** The success rates of a month's changes, from the record, for who oversees them (guide, "Update Procedures"). */
export const successRateAudit: SlackPost<Audit> = {
  id: 'success_rate_audit',
  every: 'month',
  about: 'last',
  async make(world, period) {
    const { holders, policy } = await loadFacts(world);
    return { to: inRole(holders, policy.overseer), says: await audit(world, period) };
  },
  async draw({ policy }, { period, says }) {
    if (!says) throw new Error('an audit says its figures');
    const lead = `Success-rate audit of ${period.key}: ${rate(sum(Object.values(says.tallies)))}`;
    const byCategory = CATEGORIES.map(
      (category) => `• ${escaped(policy.categories[category].title)}: ${rate(says.tallies[category])}`,
    );
    return {
      text: lead,
      blocks: [
        section(`📋 *${lead}*\nThe month before: ${rate(says.before)}`),
        section(byCategory.join('\n')),
        ...sections(says.others.length > 0 ? ['*Without success*', ...says.others] : []),
        context('Of all changes whose implementation ended in that month, as the record has it.'),
      ],
    };
  },
};

async function audit({ db, policy: { zone } }: World, period: Period): Promise<Audit> {
  const last = periodOf(zone, 'month', wallTime(zone, period.start), 'last');
  const now = await finishedBetween(db, period.start, period.end);
  const others = now.filter(({ outcome }) => outcome !== 'success');
  const of = (wanted: Category) => tally(now.filter(({ category }) => category === wanted));
  return {
    tallies: { standard: of('standard'), normal: of('normal'), emergency: of('emergency') },
    before: tally(await finishedBetween(db, last.start, last.end)),
    others: [
      ...others.slice(0, NAMED).map((change) => `• ${nameOf(change)}: ${change.outcome}`),
      ...(others.length > NAMED ? [`• and ${others.length - NAMED} more`] : []),
    ],
  };
}

function tally(changes: readonly Finished[]): Tally {
  return sum(changes.map(({ outcome }) => ({ [outcome]: 1 })));
}

function sum(tallies: readonly Tally[]): Tally {
  const total: Tally = {};
  for (const outcome of ['success', 'partial', 'failed', 'rolled back'] as const)
    total[outcome] = tallies.reduce((n, each) => n + (each[outcome] ?? 0), 0);
  return total;
}

/** "90 % of 10 changes successful (1 rolled back)" */
function rate({ success = 0, ...others }: Tally): string {
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  const total = rest.reduce((all, [, n]) => all + n, success);
  if (total === 0) return 'no changes';
  const words = rest.map(([outcome, n]) => `${n} ${outcome}`).join(', ');
  return `${Math.round((100 * success) / total)} % of ${count(total, 'change')} successful${words && ` (${words})`}`;
}
