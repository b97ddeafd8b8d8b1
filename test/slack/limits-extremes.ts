import fc from 'fast-check';
import type { Holders } from '../../src/change/holders.ts';
import type { PersonId } from '../../src/change/types.ts';
import { FIELD_IDS } from '../../src/policy/fields.ts';
import { CATEGORIES, type Policy, policySchema } from '../../src/policy/schema.ts';
import { cleaned } from '../../src/slack/blocks/parse-form.ts';
import { GUIDE } from '../change/company.ts';

/** Nobody's id: a mention of it has been made by somebody's own text. */
const INJECTED = 'U0INJECTED';

/** What a text is filled with: marks, characters of two, three and four bytes, and what would ping or link. */
const BITS = [
  ...['&', '<', '>', '*', '_', '~', '`', '\n', '"', '\\', 'a', 'word ', '> ', '```', '&lt;', '• '],
  ...['é', '漢', '😀', '\u202eא', '\u200b', '\ud83d', '\udc00'],
  ...['<!channel>', `<@${INJECTED}>`, '<https://evil.example|here>', '<!date^0^x|y>', '*<#C0INJECTED>*'],
];

/** A few of these over and over, as short as may be or exactly as long as may be, as a form hands it on. */
export function texts(most: number): fc.Arbitrary<string> {
  const bits = fc.array(fc.constantFrom(...BITS), { minLength: 1, maxLength: 4 });
  return fc.tuple(bits, fc.constantFrom(1, most >> 1, most, most, most)).map(([some, length]) => {
    const pattern = some.join('');
    const text = cleaned(pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length));
    return text || 'x';
  });
}

/** A title for which a policy has exactly this much room; told apart by its number. */
const title = (n: number, most: number) =>
  `${n} R&D <now> Genehmigungsgremium 漢字 `
    .repeat(9)
    .slice(0, most - 1)
    .trimEnd()
    .padEnd(most, '!');

/** So many of something, each made from its number. */
export const many = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));
const labels = (count: number, what: string) =>
  Object.fromEntries(many(count, (n) => [`${what}_${n}`, title(n, 75)]));

const ids = (what: string, from: number, to: number) => many(to - from, (n) => `${what}_${from + n}`);

const ROLES = Object.fromEntries(many(60, (n) => [`role_${n}`, title(n, 150)]));
const seats = (first: number, count: number) =>
  many(count, (n) => ({ id: `seat_${n}`, title: title(n, 150), roles: [`role_${first + n}`] }));
const stage = (n: number, more: object) => ({ id: `stage_${n}`, title: title(n, 150), ...more });

const STAGES = [
  stage(0, { kind: 'validation', seats: seats(0, 1) }),
  stage(1, { seats: seats(1, 20) }),
  ...many(17, (n) => stage(n + 2, { seats: seats(21 + n, 1), when: `review_${n}` })),
  stage(19, { kind: 'vote', quorum: 20, chair: 'seat_0', seats: seats(40, 20) }),
];

/** A policy that has as much of everything as one may have. */
export const WIDEST: Policy = policySchema.parse({
  ...GUIDE,
  escalation: { deputies: 100, role_0: 125, role_1: 150 },
  posts: { training: { at: '0 9 1 * *', owners: ['role_0'] } },
  ...{ version: title(1, 60), prefix: 'CHANGEXX', overseer: 'role_0', roles: ROLES },
  ...{ processImprovement: 'role_1', auditors: 'role_2', board: { ...GUIDE.board, stage: 'stage_19' } },
  freezing: { declare: ['role_2'], stop: ['role_3'], exempt: ['role_4'] },
  ...{ systems: labels(100, 'system'), environments: labels(100, 'environment') },
  reviews: labels(100, 'review'),
  assessment: Object.fromEntries(
    many(12, (n) => [`group_${n}`, { title: title(n, 150), items: labels(9, 'part') }]),
  ),
  templates: Object.fromEntries(
    many(100, (n) => [`template_${n}`, { title: title(n, 75), category: CATEGORIES[n % 3], fields: {} }]),
  ),
  ...{ tests: labels(25, 'test'), preparation: labels(10, 'item'), verification: labels(10, 'check') },
  metrics: labels(10, 'metric'),
  strategies: Object.fromEntries(
    many(10, (n) => [`way_${n}`, { title: title(n, 75), steps: many(10, (s) => title(s, 75)) }]),
  ),
  risk: {
    ...{ medium: 1, high: 1000 },
    questions: Object.fromEntries(many(20, (n) => [`question_${n}`, question(n)])),
  },
  catalogue: { approval: { category: 'normal', stage: 'stage_19' }, clock: { hours: 2 } },
  categories: Object.fromEntries(CATEGORIES.map((name) => [name, widestCategory(name)])),
});

function question(n: number) {
  return {
    ask: title(n, 150),
    answers: Object.fromEntries(many(10, (a) => [`answer_${a}`, { label: title(a, 75), points: a % 9 }])),
  };
}

function widestCategory(name: (typeof CATEGORIES)[number]) {
  return {
    ...{ title: title(1, 150), summary: title(2, 150), required: ['title', 'riskAnswers'] },
    optional: FIELD_IDS.filter((id) => id !== 'title' && id !== 'riskAnswers'),
    labels: Object.fromEntries(FIELD_IDS.map((id, n) => [id, title(n, 150)])),
    hints: Object.fromEntries(FIELD_IDS.map((id, n) => [id, title(n, 150)])),
    clock: { hours: 2 },
    ...{ testsBefore: ids('test', 0, 24), testsAfter: ids('test', 24, 25) },
    ...{ preparation: ids('item', 0, 10), verifiers: Object.keys(ROLES), retrospective: 'always' },
    boardReview: { withinHours: 24, category: name, stage: name === 'standard' ? 'stage_0' : 'stage_19' },
    stages: name === 'standard' ? [stage(0, { seats: seats(0, 1) })] : STAGES,
  };
}

/** Enough people for twenty seats of their own, nine to a role. */
export const CROWD: PersonId[] = many(70, (n) => `U02CROWD${String(n).padStart(3, '0')}`);

export const WIDEST_HOLDERS: Holders = new Map(
  Object.keys(ROLES).map((role, n) => [
    role,
    many(9, (i) => ({ person: CROWD[(n + i) % CROWD.length] ?? '' })),
  ]),
);
