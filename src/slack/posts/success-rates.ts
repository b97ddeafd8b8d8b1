import type { Outcome } from '../../change/execution.ts';
import type { Finished } from '../../db/outcomes.ts';
import { CATEGORIES, type Category, type Policy } from '../../policy/schema.ts';
import { count, escaped } from '../blocks/format.ts';

type Tally = Partial<Record<Outcome, number>>;

/** How many ended how. */
export function tally(changes: readonly Finished[]): Tally {
  return sum(changes.map(({ outcome }) => ({ [outcome]: 1 })));
}

export function byCategory(changes: readonly Finished[]): Record<Category, Tally> {
  const of = (wanted: Category) => tally(changes.filter(({ category }) => category === wanted));
  return { standard: of('standard'), normal: of('normal'), emergency: of('emergency') };
}

export function sum(tallies: readonly Tally[]): Tally {
  const total: Tally = {};
  for (const outcome of ['success', 'partial', 'failed', 'rolled back'] as const)
    total[outcome] = tallies.reduce((n, each) => n + (each[outcome] ?? 0), 0);
  return total;
}

/** "90 % of 10 changes successful (1 rolled back)" */
export function rate({ success = 0, ...others }: Tally): string {
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  const total = rest.reduce((all, [, n]) => all + n, success);
  if (total === 0) return 'no changes';
  const words = rest.map(([outcome, n]) => `${n} ${outcome}`).join(', ');
  return `${Math.round((100 * success) / total)} % of ${count(total, 'change')} successful${words && ` (${words})`}`;
}

/** A line for each category. */
export function ratesByCategory({ categories }: Policy, tallies: Record<Category, Tally>): string[] {
  return CATEGORIES.map((category) => `• ${escaped(categories[category].title)}: ${rate(tallies[category])}`);
}
