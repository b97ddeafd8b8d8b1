import type { Span } from '../../calendar/days.ts';
import { type Policy, RISK_LEVELS } from '../../policy/schema.ts';
import { titlesOf } from '../../policy/systems.ts';
import { escaped, inLine } from '../blocks/format.ts';
import type { Filters } from './calendar-view.ts';

interface AskedFor {
  span: Span;
  next: boolean;
  filters: Omit<Filters, 'minutes' | 'team'>;
}

/** What `/change calendar next week high payments` asks for, or a sentence that says what it did not understand. */
export function readCalendarWords(policy: Policy, words: string): AskedFor | { problem: string } {
  const asked: AskedFor = { span: 'week', next: false, filters: {} };
  const unknown: string[] = [];
  for (const word of words.trim().toLowerCase().split(/\s+/).filter(Boolean)) {
    const risk = RISK_LEVELS.find((level) => level === word);
    const system = systemNamed(policy, word);
    if (word === 'week' || word === 'month') asked.span = word;
    else if (word === 'next') asked.next = true;
    else if (risk) asked.filters.risk = risk;
    else if (system) asked.filters.system = system;
    else if (!['this', 'risk', 'of', 'for', 'the'].includes(word)) unknown.push(word);
  }
  if (unknown.length === 0) return asked;
  const systems = Object.values(titlesOf(policy.systems)).join(', ');
  return {
    problem: `I do not know “${inLine(unknown.join(' '), 100)}”. Say \`week\` or \`month\`, \`next\`, a risk (\`low\`, \`medium\`, \`high\`) or a system: ${escaped(systems)}.`,
  };
}

/** By its id, or by the first word of its title that no other has. */
function systemNamed({ systems }: Policy, word: string): string | undefined {
  if (Object.hasOwn(systems, word)) return word;
  const found = Object.entries(titlesOf(systems)).filter(([, title]) =>
    title.toLowerCase().split(/\W+/).includes(word),
  );
  return found.length === 1 ? found[0]?.[0] : undefined;
}
