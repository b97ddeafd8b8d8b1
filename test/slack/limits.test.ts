import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardReviewers, implementerOf } from '../../src/change/execution-plan.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Notice } from '../../src/change/notices.ts';
import type { Change, PersonId } from '../../src/change/types.ts';
import { FIELD_IDS, FIELDS } from '../../src/policy/fields.ts';
import type { Drawn } from '../../src/slack/blocks/blocks.ts';
import { drawCard } from '../../src/slack/change/card.ts';
import { FEEDBACK_FORMS } from '../../src/slack/change/feedback-forms.ts';
import { historyNote } from '../../src/slack/change/notes.ts';
import { personalNote } from '../../src/slack/change/personal-notes.ts';
import { drawRecord } from '../../src/slack/change/record.ts';
import { voteForms } from '../../src/slack/change/vote-form.ts';
import { implementForms } from '../../src/slack/features/implement.ts';
import { MANAGE_FORMS } from '../../src/slack/features/manage.ts';
import { REVIEW_FORMS } from '../../src/slack/features/review.ts';
import { verifyForms } from '../../src/slack/features/verify.ts';
import { drawFiled } from '../../src/slack/form/submit-draft.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { drawReport, drawReportHere } from '../../src/slack/report/report-view.ts';
import { drawStepForm } from '../../src/slack/step-form.ts';
import { DANA, EVERYBODY, facts, SAM } from '../change/company.ts';
import { normal } from '../change/proposals.ts';
import * as it from '../change/steps.ts';
import { CROWD, WIDEST } from './limits-extremes.ts';
import { COMPANIES, type Moment, play, stories } from './limits-stories.ts';
import { wrongInMessage, wrongInView } from './limits-taken.ts';

/** Everybody asked and told again and again, and nobody reached the last times. */
const NOTICES = Array.from({ length: 20 }, (_, event) =>
  CROWD.slice(0, 50).map(
    (to, n): Notice => ({
      ...(event % 2 ? { of: 'asked', stage: `stage_${event}` } : { of: 'called off' }),
      ...{ to, event, at: event * 3_600_000 + n * 61_000 },
      ...(event > 16 ? { failed: 'user_disabled '.repeat(9) } : { channel: 'D0', ts: `${event}.${n}` }),
    }),
  ),
).flat();

/** More by the environment, for a night: LIMITS_RUNS=20000 */
const RUNS = { numRuns: Number(process.env.LIMITS_RUNS ?? 120) };

test('Slack takes everything that is drawn of a change, whatever people wrote and did', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const moments = play(story);
      const drawings = [
        ...moments.flatMap((moment) => notes(moment, story.facts)),
        ...states(moments).flatMap((moment) => drawn(moment, story.facts)),
        ...moments.slice(-1).flatMap((moment) => forms(moment, story.facts)),
      ];
      expect(wrong(drawings)).toEqual([]);
    }),
    RUNS,
  );
}, 600_000);

test('the stories that are drawn do go somewhere', () => {
  const seen = new Set<string>();
  for (const story of fc.sample(stories, { numRuns: 400, seed: 7 }))
    for (const { event, change } of play(story)) seen.add(event.type).add(change.status);
  const reached = ['Edited', 'Returned', 'QuestionAnswered', 'Reminded', 'rejected'];
  const managed = ['RiskSet', 'Reclassified', 'Reassigned'];
  const carried = ['TestsRecorded', 'StepsDone', 'Noted', 'RetrospectiveHeld', 'scheduled', 'closed'];
  const after = ['EmergencyReviewed', 'ActionAdded', 'ActionCompleted'];
  expect([...seen]).toEqual(expect.arrayContaining([...reached, ...managed, ...carried, ...after]));
}, 600_000);

test('the full record has every word of an ordinary text, however long', () => {
  const description = Array.from({ length: 60 }, (_, n) => `${n}: ${'step by step, '.repeat(3)}`.trim()).join(
    '\n',
  );
  const [filed] = play({ facts: facts(), category: 'normal', proposal: normal({ description }), tried: [] });
  if (!filed) throw new Error('nothing was filed');
  const shown = JSON.stringify(drawRecord(filed.change, facts()));
  for (const line of description.split('\n')) expect(shown).toContain(line);
});

test('Slack takes the record with the most bytes: every text, question and edit of three bytes a character', () => {
  const text = (n: number) => `${n}${'漢漢*'.repeat(999)}`;
  const texts = FIELD_IDS.filter((id) => FIELDS[id].kind === 'text');
  const filled = (n: number) => Object.fromEntries(texts.map((id) => [id, text(n)]));
  const [, company = facts()] = COMPANIES;
  const riskAnswers = Object.fromEntries(Object.keys(WIDEST.risk.questions).map((id) => [id, 'answer_1']));
  const moments = play({
    ...{ facts: company, category: 'normal', proposal: { title: '漢', riskAnswers, ...filled(0) } },
    tried: [1, 2, 3, 4, 5].flatMap((n) => [
      ([who = '']) => it.asks(who, text(n), `q-${n}`),
      () => it.answers(DANA, text(n), `q-${n}`),
      () => it.edits(filled(n)),
    ]),
  });
  expect(moments.filter(({ event }) => event.type === 'Edited')).toHaveLength(5);
  const { change: filed } = moments.at(-1) ?? expect.fail('nothing was filed');
  const change = carriedOut(filed, text(6));
  expect(wrongInView(drawRecord(change, company))).toEqual([]);
  expect(wrongInView(drawReport(change))).toEqual([]);
  expect(wrongInMessage(drawReportHere(change))).toEqual([]);
});

/** The same as if it had been carried out and closed, with these words wherever there are words. */
function carriedOut(filed: Change, words: string): Change {
  const { at, by } = { at: filed.submittedAt, by: filed.requester };
  const { testsBefore, testsAfter, strategies } = filed.execution;
  const evidence = `https://x.example/${'y'.repeat(2900)}`;
  const test = (id: string, n: number) => ({ test: id, result: 'pass', by, at: at + n, evidence }) as const;
  return {
    ...filed,
    ...{ status: 'closed', approvedAt: at, prepared: [], implementer: by, startedAt: at, strategy: '' },
    tests: [...testsBefore, ...testsAfter].map(({ id }, n) => test(id, n)),
    steps: (strategies[0]?.steps ?? []).map((title) => ({ title, done: { by, at } })),
    notes: Array.from({ length: 9 }, () => ({ by, at, words })),
    ...{ outcome: 'partial', outcomeWords: words, finishedAt: at, verifiers: [] },
    ...{ verifiedBy: by, verifiedAt: at, met: [], verificationWords: words, closedAt: at },
    ...{
      deviations: words,
      deployed: words,
      measured: { metrics: {}, impact: { user: words, system: words, business: words } },
    },
    ...{ told: [], duties: {}, reminded: {} },
    boardReview: { by, at, role: 'role_0', justified: false, findings: words },
    actions: Array.from({ length: 30 }, (_, n) => ({ id: `a-${n}`, by, at, owner: by, due: at, words })),
    retrospective: {
      ...{ by, at, review: words, evaluation: words, causes: words, wentWell: words, toImprove: words },
      ...{ recommendations: words, participants: [by] },
    },
  };
}

type Drawing = [name: string, drawing: Drawn | ModalView];

function wrong(drawings: Drawing[]): string[] {
  return drawings.flatMap(([name, drawing]) =>
    ('type' in drawing ? wrongInView(drawing) : wrongInMessage(drawing)).map((why) => `${name}: ${why}`),
  );
}

/** A look in the middle and at the end: enough of a story, and each look costs. */
function states(moments: Moment[]): Moment[] {
  const opened = moments.filter(({ event }) => event.type === 'StageOpened');
  const carried = (['approved', 'implementing', 'implemented', 'verified'] as const).map((status) =>
    moments.findLast(({ change }) => change.status === status),
  );
  const looks = [opened[opened.length >> 1], ...carried, moments.at(-1)];
  return [...new Set(looks)].filter((moment) => moment !== undefined);
}

function notes({ event, change }: Moment, { policy }: Facts): Drawing[] {
  const text = historyNote(event, change, policy);
  const personal = [DANA, SAM, ...('people' in event ? event.people.slice(0, 1) : [])].flatMap(
    (to) => personalNote(event, change, to, policy) ?? [],
  );
  return [...(text === undefined ? [] : [{ text, blocks: [] }]), ...personal].map((note) => [
    `note of ${event.type}`,
    note,
  ]);
}

function drawn({ change, at }: Moment, facts: Facts): Drawing[] {
  const { stage, round } = 'open' in change ? change.open : { stage: change.route[0]?.id ?? '', round: 1 };
  const asks: Drawing[] = asked(change).map((to) => [
    'ask',
    drawCard({ card: 'ask', to, stage, round }, change, facts, at),
  ]);
  const all: Drawing[] = [
    ['headline', drawCard({ card: 'headline' }, change, facts, at)],
    ['requester', drawCard({ card: 'requester', to: DANA }, change, facts, at)],
    ...asks,
    ...carrying(change, facts, at),
    ['record', drawRecord({ ...change, notices: NOTICES }, facts)],
    ['report', drawReport(change)],
    ['report, in its thread', drawReportHere(change)],
    ['filed', drawFiled(change, facts.holders)],
  ];
  return all.map(([name, drawing]) => [`${change.category} ${change.status} ${name}`, drawing]);
}

/** The cards of who carries it out and of who verifies: those whose turn it is, and somebody else. */
function carrying(change: Change, facts: Facts, at: number): Drawing[] {
  const approvedAt = 'approvedAt' in change ? change.approvedAt : 0;
  const verifiers = 'verifiers' in change ? change.verifiers.slice(0, 1) : [];
  return [
    ...[implementerOf(change), SAM].map(
      (to): Drawing => ['implement', drawCard({ card: 'implement', to, approvedAt }, change, facts, at)],
    ),
    ...[...boardReviewers(change, implementerOf(change), facts.holders).slice(0, 1), SAM].map(
      (to): Drawing => ['board review', drawCard({ card: 'board-review', to }, change, facts, at)],
    ),
    ...[DANA, SAM].map((to): Drawing => ['rate', drawCard({ card: 'rate', to }, change, facts, at)]),
    ...[...verifiers, SAM].map(
      (to): Drawing => ['verify', drawCard({ card: 'verify', to }, change, facts, at)],
    ),
  ];
}

function forms({ change }: Moment, facts: Facts): Drawing[] {
  const { policy } = facts;
  const names = new Map(EVERYBODY_NAMED);
  const after = [...verifyForms(policy), ...FEEDBACK_FORMS];
  const before = [...REVIEW_FORMS, ...voteForms(policy), ...MANAGE_FORMS];
  const all = [...before, ...implementForms(policy), ...after];
  const by = change.decisions.at(-1)?.by ?? DANA;
  const target = targetOf(change);
  return all.map((form) => [form.action, drawStepForm(form, change, { target, by }, facts, names)]);
}

/** Slack cuts nothing by itself: as long a name as Slack lets people have. */
const EVERYBODY_NAMED = [...EVERYBODY, ...CROWD].map((id) => [id, `${id} <R&D> ${'漢'.repeat(70)}`] as const);

/** One of those who are asked, and somebody who is asked for nothing. */
function asked(change: Change): PersonId[] {
  const open =
    'open' in change ? Object.values(change.open.asked).flatMap((people) => people.slice(0, 1)) : [];
  return [...new Set([...open.slice(0, 1), DANA])];
}
