import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/change/draft.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Change, Proposal } from '../../src/change/types.ts';
import type { OpenAction } from '../../src/db/actions.ts';
import type { Dashboard } from '../../src/engine/dashboard.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES, type Category } from '../../src/policy/schema.ts';
import type { Edition } from '../../src/posts/types.ts';
import { GROUPS, type Group } from '../../src/slack/feature.ts';
import { drawActions } from '../../src/slack/features/actions.ts';
import { drawApprovals, drawConfirm, drawDecided } from '../../src/slack/features/approvals.ts';
import { draw as drawDelegate } from '../../src/slack/features/delegate.ts';
import { drawDesk } from '../../src/slack/features/desk.ts';
import { drawDrafts } from '../../src/slack/features/drafts.ts';
import { drawHelp, drawUnknown } from '../../src/slack/features/help.ts';
import { drawPage } from '../../src/slack/features/list-changes.ts';
import { drawFound } from '../../src/slack/features/search.ts';
import { drawCheck } from '../../src/slack/form/check-screen.ts';
import { drawForm } from '../../src/slack/form/form.ts';
import { type Shown, stateOf } from '../../src/slack/form/form-state.ts';
import { stepsOf } from '../../src/slack/form/form-steps.ts';
import { drawHome, drawTasks } from '../../src/slack/home-view.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { UPKEEP } from '../../src/slack/posts.ts';
import { drawSetup } from '../../src/slack/setup-form.ts';
import { drawSaved } from '../../src/slack/setup-saved.ts';
import { personGone, told as tellOf } from '../../src/slack/workspace-subject.ts';
import { proposes, tell } from '../catalogue/templates.ts';
import { DANA, facts, GUIDE, SAM } from '../change/company.ts';
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
        const hits = changes.map((change, key) => ({ change, key }));
        const hit = { words: 'x', understood: 'x'.repeat(900), found: hits, first: true };
        expect(wrongInMessage(drawFound({ ...hit, holders: facts.holders }))).toEqual([]);
        expect(wrongInMessage(drawApprovals({ changes, templates: AGREED, facts }))).toEqual([]);
        const ticked = changes.slice(0, 15);
        expect(wrongInView(drawConfirm(ticked, ticked.map(targetOf), facts))).toEqual([]);
        expect(wrongInView(drawDecided(ticked.map((change) => ({ change, why: 'x'.repeat(900) }))))).toEqual(
          [],
        );
        const open = changes.flatMap(openOf);
        expect(wrongInMessage(drawActions({ open, mine: 0, all: 900 }, SAM, facts))).toEqual([]);
        expect(
          wrongInMessage(
            drawDesk({
              found: changes.map(onDesk),
              duties: DUTIES,
              facts,
              person: manager(facts),
              now: changes[0]?.dueAt ?? 0,
            }),
          ),
        ).toEqual([]);
        for (const now of [0, Number.MAX_SAFE_INTEGER / 2 ** 12]) {
          const dashboard = dashboardIn(changes, open, facts, now);
          expect(wrongInView(drawHome(dashboard, SAM))).toEqual([]);
          expect(wrongInMessage(drawTasks({ ...dashboard, person: DANA }))).toEqual([]);
        }
      }
    }),
    RUNS,
  );
}, 600_000);

/** More of what keeps the process in order than the desk shows. */
const DUTIES = Array.from({ length: 12 }, (_, n): Edition => {
  const post = UPKEEP[n % UPKEEP.length] ?? 'training';
  return {
    ...{ seq: 1, id: `post/${post}/${n}`, post, due: 0, at: 0, to: [SAM] },
    period: { key: '2026-W53', start: 0, end: 0 },
    duty: { owners: ['role_0'], deadline: 0 },
  };
});

/** As much of everything as a Home can have to show; all of it late, or none. */
function dashboardIn(changes: Change[], open: OpenAction[], facts: Facts, now: number): Dashboard {
  const steps = ['answer', 'edit', 'start', 'finish', 'verify', 'retrospective', 'reviewEmergency'] as const;
  const draft = {
    owner: SAM,
    category: 'normal',
    step: 0,
    updatedAt: 0,
    source: 'https://x.example/y',
  } as const;
  const planned = { startsAt: 1, endsAt: 2, requester: SAM, implementer: SAM, systems: [], environments: [] };
  return {
    ...{ facts, now, waiting: changes, votes: AGREED, mine: changes, desk: 12_345 },
    tasks: changes.map((change, n) => ({ change, step: steps[n % steps.length] ?? 'start', due: n + 1 })),
    duties: Array.from({ length: 9 }, (_, n) => ({
      id: `post/${'x'.repeat(60)}/2026-Q${n}`,
      title: 'x'.repeat(90),
      due: n + 1,
    })),
    actions: Array.from({ length: 9 }, () => open)
      .flat()
      .slice(0, 50),
    drafts: changes.map(({ id, proposal }) => ({ draft: { ...draft, id, proposal } })),
    planned: changes.map(({ id, number, proposal, category }) => ({
      ...{ ...planned, id, number, category, title: proposal.title ?? '' },
      ...{ status: 'implementing' as const, risk: 'medium' as const },
    })),
    beyond: { actions: 12_345, drafts: 12_345, mine: 12_345 },
    missing: { channel: true, roles: Object.keys(facts.policy.roles) },
  };
}
/** Templates before the board, with the longest title. */
const AGREED = Array.from({ length: 9 }, () => tell([proposes(DANA)]).template)
  .filter((template) => template !== undefined)
  .map(({ versions, ...template }) => ({
    ...template,
    versions: versions.map((version) => ({
      ...version,
      content: { ...version.content, title: '&'.repeat(LONGEST.line) },
    })),
  }));
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
  ...(['nobody can start', 'window missed', 'overrun', 'nobody can verify', 'not verified'] as const),
];
const manager = ({ holders, policy }: Facts) => holders.get(policy.overseer)?.[0]?.person ?? '';

function isChange(change: Change | undefined): change is Change {
  return change !== undefined;
}

/** Every screen of a form: each step, and the one that checks them. */
function screens(company: Facts, shown: Omit<Shown, 'state'>): [string, ModalView][] {
  const { policy } = company;
  const steps = stepsOf(policy, shown.draft.category);
  const state = (step: number) => stateOf(shown.draft, { step, generation: 99, others: 20, jumped: true });
  const each = steps.map((_, n) => drawForm(policy, { ...shown, state: state(n) }));
  const last = { ...shown, state: state(steps.length) };
  const check = steps.length > 0 ? drawCheck(last, company, 0) : drawForm(policy, last);
  return [...each, check].map((view, n) => [`${shown.draft.category} ${n + 1}`, view]);
}

function draft(category: Category, proposal: Proposal): Draft {
  return { id: 'c-1', owner: DANA, category, proposal, step: 0, updatedAt: 1, words: 'x'.repeat(3000) };
}

test('every screen of the form of a new change, empty, prefilled and full', () => {
  for (const company of COMPANIES)
    for (const category of CATEGORIES) {
      const wrong = (proposal: Proposal) =>
        screens(company, { draft: draft(category, proposal) }).flatMap(([name, view]) =>
          wrongInView(view).map((why) => `${name}: ${why}`),
        );
      expect(wrong({})).toEqual([]);
      fc.assert(
        fc.property(proposals(company.policy, category), texts(LONGEST.line), (proposal, title) => {
          expect(wrong(proposal)).toEqual([]);
          expect(wrong({ title })).toEqual([]);
        }),
        { numRuns: RUNS.numRuns / 5 },
      );
    }
}, 600_000);

test('every screen of an edit, with the questions of a change that was returned', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const change = play(story).at(-1)?.change;
      if (!change) return;
      const { policy } = story.facts;
      fc.assert(
        fc.property(proposals(policy, change.category), (proposal) => {
          const shown = { draft: draft(change.category, proposal), change };
          for (const [name, view] of screens(story.facts, shown)) expect(wrongInView(view), name).toEqual([]);
        }),
        { numRuns: 2 },
      );
    }),
    RUNS,
  );
}, 600_000);

test('a policy that lacks lists to choose from still has a form', () => {
  const company = { ...facts(), policy: { ...GUIDE, reviews: {}, assessment: {} } };
  for (const [name, view] of screens(company, { draft: draft('normal', {}) }))
    expect(wrongInView(view), name).toEqual([]);
});

test('the list of somebody’s drafts', () => {
  fc.assert(
    fc.property(stories, fc.boolean(), (story, ofAnEdit) => {
      const change = play(story).at(-1)?.change;
      if (!change) return;
      const one = {
        ...draft(change.category, story.proposal),
        source: `https://x.slack.com/archives/${'C'.repeat(500)}/p1`,
      };
      const own = Array.from({ length: 20 }, () => ({ draft: one, ...(ofAnEdit && { change }) }));
      expect(wrongInMessage(drawDrafts(story.facts.policy, own, 0))).toEqual([]);
    }),
    RUNS,
  );
}, 600_000);

test('delegations, and word of somebody who left', () => {
  const one = { id: 'd', from: CROWD[0] ?? '', to: CROWD[1] ?? '', startsAt: 0, endsAt: 1 };
  const all = Array.from({ length: 60 }, (_, n) => ({ ...one, id: `d${n}`, words: '<&>'.repeat(1000) }));
  expect(wrongInView(drawDelegate(all, DANA, true, 'x'))).toEqual([]);
  fc.assert(
    fc.property(stories, (story) => {
      const changes = play(story).map(({ change }) => change);
      const roles = Object.keys(story.facts.policy.roles);
      const event = { type: 'PersonGone' as const, by: 'docket', at: 0, person: DANA, tell: [] };
      const words = personGone({ ...event, roles, emptied: roles }, changes, story.facts.policy);
      expect(wrongInMessage(tellOf(words))).toEqual([]);
    }),
    RUNS,
  );
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
        expect(
          wrongInView(
            drawSetup(
              policy,
              {
                seen: 0,
                assigned,
                deputies: assigned,
                channels: { announceIn: 'C02CHANGES2', board: 'C02CABBOARD' },
                known,
              },
              words,
            ),
          ),
        ).toEqual([]);
      expect(wrongInView(drawSaved(policy, new Map(), { roles: {} }))).toEqual([]);
      expect(
        wrongInView(
          drawSaved(policy, WIDEST_HOLDERS, { roles: {}, announceIn: 'C0CHANNEL1', board: 'C0CHANNEL2' }),
        ),
      ).toEqual([]);
    }
});

test('help, and any unknown word', () => {
  const groups = Object.keys(GROUPS) as Group[]; // Object.keys widens them to string
  const words = Array.from({ length: 60 }, (_, n) => ({
    ...{ name: `word-${n}`, group: groups[n % groups.length] ?? 'look' },
    ...{
      usage: '[standard | normal | emergency] [title]',
      help: 'Change a request of yours that has not started',
      run: async () => {},
    },
  }));
  expect(wrongInMessage(drawHelp(words))).toEqual([]);
  fc.assert(
    fc.property(texts(3000), (typed) => {
      expect(wrongInMessage(drawUnknown(typed, words))).toEqual([]);
    }),
  );
});
