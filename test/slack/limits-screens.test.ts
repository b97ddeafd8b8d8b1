import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from '../../src/change/facts.ts';
import type { Change } from '../../src/change/types.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES } from '../../src/policy/schema.ts';
import { drawActions } from '../../src/slack/features/actions.ts';
import { drawDesk } from '../../src/slack/features/desk.ts';
import { drawHelp, drawUnknown } from '../../src/slack/features/help.ts';
import { drawHome } from '../../src/slack/features/home.ts';
import { drawApprovals, drawPage } from '../../src/slack/features/list-changes.ts';
import { drawSaved, drawSetup } from '../../src/slack/features/setup.ts';
import { drawForm, redrawn } from '../../src/slack/form.ts';
import { GUIDE, SAM } from '../change/company.ts';
import { CROWD, texts, WIDEST, WIDEST_HOLDERS } from './limits-extremes.ts';
import { COMPANIES, play, proposals, stories } from './limits-stories.ts';
import { wrongInMessage, wrongInView } from './limits-taken.ts';

const RUNS = { numRuns: Number(process.env.LIMITS_RUNS ?? 300) / 10 };

test('lists, approvals and Home of many changes', () => {
  const endings = fc
    .array(stories, { minLength: 1, maxLength: 4 })
    .map((several) => several.flatMap((story) => play(story).at(-1)?.change ?? []));
  fc.assert(
    fc.property(endings, (some) => {
      if (some.length === 0) return;
      const changes = Array.from({ length: 50 }, (_, n) => some[n % some.length]).filter(isChange);
      const found = changes.map((change) => ({ change, id: change.id, updatedAt: change.submittedAt }));
      for (const facts of COMPANIES) {
        expect(wrongInMessage(drawPage('open', 'Open changes', found, facts.holders))).toEqual([]);
        expect(wrongInMessage(drawApprovals({ changes, facts }))).toEqual([]);
        const open = changes.flatMap(openOf);
        expect(wrongInMessage(drawActions(open, SAM, facts))).toEqual([]);
        expect(
          wrongInMessage(drawDesk(changes.map(onDesk), facts, manager(facts), changes[0]?.dueAt ?? 0)),
        ).toEqual([]);
        expect(wrongInView(drawHome(changes, changes, facts.holders))).toEqual([]);
      }
    }),
    RUNS,
  );
}, 600_000);

function openOf(change: Change) {
  const items = 'actions' in change ? change.actions : [];
  const { id: changeId, number, requester, proposal } = change;
  return items.map((item) => ({ changeId, number, requester, title: proposal.title ?? '', item }));
}
/** Stuck for any reason, with the widest seat and everybody who could be waited for. */
function onDesk(change: Change, n: number) {
  const seat = change.route.flatMap(({ seats }) => seats).at(-1);
  const why = WHYS[n % WHYS.length] ?? 'late';
  const stuck = { why, since: change.dueAt, people: CROWD, step: 'reassign' as const, ...(seat && { seat }) };
  return { change, stuck };
}
const WHYS = [
  ...(['late', 'nobody can decide', 'nobody asked can decide', 'not resubmitted'] as const),
  ...(['window missed', 'overrun', 'nobody can verify', 'not verified'] as const),
];
const manager = ({ holders, policy }: Facts) => holders.get(policy.overseer)?.[0] ?? '';

function isChange(change: Change | undefined): change is Change {
  return change !== undefined;
}

test('the form of a new change, empty, prefilled, and redrawn with all that was typed', () => {
  const options = { callback: 'new-change', title: 'New change', submit: 'Submit', metadata: '{}' };
  for (const { policy } of COMPANIES)
    for (const category of CATEGORIES) {
      const form = (proposal: object) =>
        drawForm(policy, { ...options, category, proposal, choosable: true });
      expect(wrongInView(form({})), category).toEqual([]);
      fc.assert(
        fc.property(proposals(policy, category), texts(LONGEST.line), (proposal, title) => {
          expect(wrongInView(redrawn(form(proposal)))).toEqual([]);
          expect(wrongInView(form({ title }))).toEqual([]);
        }),
        { numRuns: RUNS.numRuns / 5 },
      );
    }
}, 600_000);

test('a policy that lacks lists to choose from still has a form', () => {
  const policy = { ...GUIDE, reviews: {} };
  const options = { callback: 'new-change', title: 'New change', submit: 'Submit', metadata: '{}' };
  const form = drawForm(policy, { ...options, category: 'normal', proposal: {}, choosable: true });
  expect(wrongInView(form)).toEqual([]);
});

test('the set-up of many roles, people and user groups, and what it saved', () => {
  const groups = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      id: `S0GROUP${String(n).padStart(4, '0')}`,
      name: `😀${'group-'.repeat(20)}${n}`,
    }));
  for (const policy of [GUIDE, WIDEST])
    for (const count of [0, 3, 100, 150]) {
      const known = groups(count);
      const holders = [
        ...CROWD,
        ...CROWD.map((id) => `${id}X`).slice(0, 30),
        ...known.slice(-3).map(({ id }) => id),
      ];
      const assigned = new Map(Object.keys(policy.roles).map((role) => [role, holders]));
      for (const words of ['', 'lead', 'gremium'])
        expect(wrongInView(drawSetup(policy, { assigned, announceIn: 'C02CHANGES2', known }, words))).toEqual(
          [],
        );
      expect(wrongInView(drawSaved(policy, new Map()))).toEqual([]);
      expect(wrongInView(drawSaved(policy, WIDEST_HOLDERS))).toEqual([]);
    }
});

test('help, and any unknown word', () => {
  const words = Array.from({ length: 40 }, (_, n) => ({
    ...{ name: `word-${n}`, usage: '[standard | normal | emergency] [title]' },
    ...{ help: 'Change a request of yours that has not started', run: async () => {} },
  }));
  expect(wrongInMessage(drawHelp(words))).toEqual([]);
  fc.assert(
    fc.property(texts(3000), (typed) => {
      expect(wrongInMessage(drawUnknown(typed, words))).toEqual([]);
    }),
  );
});
