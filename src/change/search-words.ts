import type { Policy } from '../policy/schema.ts';
import { implementerOf } from './execution-plan.ts';
import type { Change, PersonId } from './types.ts';

/** Longer words are found by their beginning. */
const LONGEST_WORD = 40;
/** Scripts that put no space between words: each sign counts as one. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const WORD = new RegExp(String.raw`(?=[\p{L}\p{N}])[${UNSPACED}]|(?:(?![${UNSPACED}])[\p{L}\p{N}])+`, 'gu');
const ASCII = /^[\p{ASCII}]*$/u;
const PLAIN_WORD = /[a-z0-9]+/g;
/** No word that people type begins with it: the first character of the private use area. */
const MARK = '\ue000';

/** What a change is marked with, besides its words, so that it can be asked for exactly. */
export type MarkKind = 'status' | 'risk' | 'category' | 'system' | 'requester' | 'person';

/**
 * A text as words for the search: without case, accents and punctuation. Both databases index and look up what this
 * makes of it, and nothing else, so that they find the same.
 */
export function wordsOf(text: string): string[] {
  // Most is, and then it takes a tenth of the time.
  if (ASCII.test(text))
    return (text.toLowerCase().match(PLAIN_WORD) ?? []).map((word) => word.slice(0, LONGEST_WORD));
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
  return (plain.match(WORD) ?? []).map((word) => [...word].slice(0, LONGEST_WORD).join(''));
}

/** A mark as one word of the search. */
export function markOf(kind: MarkKind, value: string): string {
  return `${MARK}${kind}${wordsOf(value).join('')}`;
}

/** Everything by which a change is found. */
export function searchWords(change: Change, policy: Pick<Policy, 'systems'>): string[] {
  const { number, proposal, status, category, risk, requester } = change;
  const { title = '', description = '', justification = '', systems = [] } = proposal;
  const titles = systems.map((id) => policy.systems[id]?.title ?? id);
  const marks = [
    markOf('status', status),
    markOf('category', category),
    markOf('risk', risk.level),
    markOf('requester', requester),
    ...systems.map((id) => markOf('system', id)),
    ...peopleOf(change).map((person) => markOf('person', person)),
  ];
  const text = [
    number,
    title,
    description,
    justification,
    status,
    category,
    risk.level,
    ...systems,
    ...titles,
    'deployed' in change ? (change.deployed ?? '') : '',
  ];
  // Its number without the noughts before it, too: "7" for CR-2026-007.
  const bare = String(Number(/\d+$/.exec(number)?.[0]));
  return [...new Set([...text.flatMap(wordsOf), bare, ...marks])];
}

/** Those who had a part in it. */
function peopleOf(change: Change): PersonId[] {
  return [
    change.requester,
    implementerOf(change),
    ...change.decisions.map(({ by }) => by),
    ...('verifiedBy' in change ? [change.verifiedBy] : []),
  ];
}
