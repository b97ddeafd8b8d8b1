import { Refusal } from '../change/refusal.ts';
import { type MarkKind, markOf, wordsOf } from '../change/search-words.ts';
import { OPEN, STATUSES } from '../change/states.ts';
import type { PersonId } from '../change/types.ts';
import type { Term } from '../db/search.ts';
import { CATEGORIES, type Policy, RISK_LEVELS } from '../policy/schema.ts';
import { cut, escaped, inLine, mention } from './blocks/format.ts';

/** More words than that narrow nothing down. */
const MOST_TERMS = 12;

/** What somebody searches for, as terms and in words. */
interface SearchQuery {
  terms: Term[];
  /** How it was read: "“payments” · open · filed by @Dana". */
  understood: string;
}

const PART = /(\w+):("[^"]*"|\S+)|<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|(\S+)/g;

/**
 * Reads what somebody searches for: words, people, and filters such as `status:open from:@dana`.
 * @param by who asks: "me"
 * @throws {Refusal} for a filter that says nothing, with what it may say
 */
export function readSearch(text: string, policy: Policy, by: PersonId): SearchQuery {
  const parts = [...text.matchAll(PART)].slice(0, MOST_TERMS).flatMap((match) => {
    const [whole, key = '', given = '', person, word = ''] = match;
    if (person !== undefined) return [exactly('person', [person], `with ${mention(person)}`)];
    const name = key.toLowerCase();
    const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    if (filter) return [filter(given.replaceAll('"', ''), policy, by)];
    return wordsOf(word || whole).map((found) => ({
      term: { any: [found], prefix: true },
      said: `“${escaped(found)}”`,
    }));
  });
  return {
    terms: parts.map(({ term }) => term),
    understood: [...new Set(parts.map(({ said }) => said))].join(' · '),
  };
}

type Part = { term: Term; said: string };
type Filter = (given: string, policy: Policy, by: PersonId) => Part;

const FILTERS: Record<string, Filter> = {
  from: (given, _policy, by) => {
    const person = personIn(given, by, 'from');
    return exactly('requester', [person], `filed by ${mention(person)}`);
  },
  with: (given, _policy, by) => {
    const person = personIn(given, by, 'with');
    return exactly('person', [person], `with ${mention(person)}`);
  },
  status: (given) =>
    same(given, 'open')
      ? exactly('status', OPEN, 'open')
      : exactly('status', ...oneOf('status', given, STATUSES)),
  risk: (given) => {
    const [levels, said] = oneOf('risk', given, RISK_LEVELS);
    return exactly('risk', levels, `${said} risk`);
  },
  category: (given) => exactly('category', ...oneOf('category', given, CATEGORIES)),
  system(given, policy) {
    const wanted = wordsOf(given);
    const systems = Object.entries(policy.systems).filter(([id, { title }]) =>
      wanted.every((word) => wordsOf(`${id} ${title}`).some((one) => one.startsWith(word))),
    );
    if (wanted.length === 0 || systems.length === 0)
      throw unclear(
        'system',
        given,
        Object.values(policy.systems).map(({ title }) => title),
      );
    const ids = systems.map(([id]) => id);
    return exactly('system', ids, systems.map(([, { title }]) => escaped(title)).join(' or '));
  },
};

function exactly(kind: MarkKind, values: readonly string[], said: string): Part {
  return { term: { any: values.map((value) => markOf(kind, value)) }, said };
}

function personIn(given: string, by: PersonId, filter: string): PersonId {
  const id = same(given, 'me') ? by : /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(given)?.[1];
  if (id !== undefined) return id;
  throw new Refusal('unknown', `Please name a person like this: \`${filter}:@name\`, or \`${filter}:me\`.`);
}

/** @throws {Refusal} naming what there is */
function oneOf(filter: string, given: string, all: readonly string[]): [values: string[], said: string] {
  const [found] = all.filter((one) => same(one, given));
  if (found === undefined) throw unclear(filter, given, all);
  return [[found], found];
}

function unclear(filter: string, given: string, all: readonly string[]): Refusal {
  const known = cut(all.map(escaped).join(', '), 1000);
  return new Refusal('unknown', `I know no ${filter} “${inLine(given, 40)}”. There is: ${known}.`);
}

/** "In-Review" is "in review". */
function same(a: string, b: string): boolean {
  return wordsOf(a).join(' ') === wordsOf(b).join(' ');
}
