import fc from 'fast-check';
import { ballWith } from '../../src/change/ball.ts';
import { decide } from '../../src/change/decide.ts';
import { evolve } from '../../src/change/evolve.ts';
import type { Facts } from '../../src/change/facts.ts';
import { Refusal } from '../../src/change/refusal.ts';
import type { Assessment, Change, ChangeEvent, PersonId, Proposal } from '../../src/change/types.ts';
import { FIELDS, type FieldId, LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES, type Category, choicesFrom, fieldsOf, type Policy } from '../../src/policy/schema.ts';
import { DANA, EVERYBODY, facts, NOTHING_PLANNED, SAM } from '../change/company.ts';
import { MINUTE, MONDAY_10 } from '../change/proposals.ts';
import * as it from '../change/steps.ts';
import { manages } from './limits-desk.ts';
import { executions } from './limits-execution.ts';
import { CROWD, texts, WIDEST, WIDEST_HOLDERS } from './limits-extremes.ts';

/** The present and all that a rule may know; nothing in it is small. */
export const COMPANIES: Facts[] = [
  facts(),
  { policy: WIDEST, holders: WIDEST_HOLDERS, nextNumber: 'CHANGEXX-2026-1000000', calendar: NOTHING_PLANNED },
];

/** An event, and the change and the hour just after everything that came with it. */
export interface Moment {
  event: ChangeEvent;
  change: Change;
  at: number;
}

interface Story {
  facts: Facts;
  category: Category;
  proposal: Proposal;
  tried: Try[];
}

/** What somebody tries, given who is waited for, if there is anything to try. */
type Try = (waiting: readonly PersonId[], change: Change) => it.Step | false;

/** A Saturday at eleven in the night, for seven hours: whatever the risk, it may be carried out then. */
const startsAt = MONDAY_10 + (12 * 24 + 13) * 60 * MINUTE;

/** A value for a field: the longest and the most that a form lets a person give. */
function values(policy: Policy, field: FieldId): fc.Arbitrary<Proposal[FieldId]> {
  const definition = FIELDS[field];
  switch (definition.kind) {
    case 'line':
    case 'text':
      return texts(LONGEST[definition.kind]);
    case 'link':
      return texts(LONGEST.link - 20).map((text) => `https://x.example/${text}`);
    case 'minutes':
      return fc.constantFrom(0, 1, 999_999);
    case 'instant':
      return fc.constant(field === 'startsAt' ? startsAt : startsAt + 420 * MINUTE);
    case 'person':
      return fc.constantFrom(...(field === 'reviewer' ? [undefined] : [...EVERYBODY]));
    case 'people':
      return fc.constantFrom(CROWD.slice(0, 1), CROWD.slice(0, 50));
    case 'channels':
      return fc.constantFrom(
        undefined,
        Array.from({ length: 20 }, (_, n) => `C0CHANNEL${n}`),
      );
    case 'yesNo':
      return fc.boolean();
    case 'choices':
      return fc.constantFrom(
        undefined,
        Object.keys(choicesFrom(policy, definition.from)).slice(-1),
        Object.keys(choicesFrom(policy, definition.from)),
      );
    case 'risk':
      return answers(policy);
    case 'level':
      return fc.constantFrom(undefined, undefined, 'medium', 'high');
    case 'assessment':
      return assessments(policy);
    default:
      return definition satisfies never;
  }
}

function answers({ risk }: Policy): fc.Arbitrary<Record<string, string>> {
  return fc.constantFrom(0, 3).map((n) =>
    Object.fromEntries(
      Object.entries(risk.questions).map(([id, question]) => {
        const ids = Object.keys(question.answers);
        return [id, ids[n % ids.length] ?? ''];
      }),
    ),
  );
}

/** Every group affected in everything, each with its own words; or in nothing. */
function assessments({ assessment }: Policy): fc.Arbitrary<Assessment> {
  const groups = Object.entries(assessment);
  return fc
    .tuple(texts(LONGEST.note), fc.boolean())
    .map(([note, all]) =>
      Object.fromEntries(
        groups.map(([id, { items }]) => [
          id,
          all ? { affected: Object.keys(items), note } : { affected: [] },
        ]),
      ),
    );
}

/** Any part of a proposal, or all of it. */
function parts(policy: Policy, fields: readonly FieldId[], all: boolean): fc.Arbitrary<Proposal> {
  const each = Object.fromEntries(fields.map((field) => [field, values(policy, field)]));
  return fc
    .record<Record<string, Proposal[FieldId]>, string>(each, all ? {} : { requiredKeys: [] })
    .map((proposal) =>
      Object.fromEntries(Object.entries(proposal).filter(([, value]) => value !== undefined)),
    );
}

/** Filled with one of these in every field, a view has the most bytes, and a card the most characters and lines. */
const WORST = ['漢', '&', 'a\n', `漢${'漢'.repeat(79)}\n`].map((bit) =>
  bit.repeat(LONGEST.text).slice(0, LONGEST.text - 1),
);

/** All that a form of this category can say. */
export function proposals(policy: Policy, category: Category): fc.Arbitrary<Proposal> {
  const fields = fieldsOf(policy, category);
  const long = fields.filter((field) => FIELDS[field].kind === 'text');
  return fc
    .tuple(parts(policy, fields, true), fc.constantFrom(undefined, undefined, ...WORST))
    .map(([proposal, worst]) => {
      const same = Object.fromEntries(long.map((field) => [field, worst]));
      return worst === undefined ? proposal : { ...proposal, ...same };
    });
}

const words = texts(LONGEST.text);
const turn = (waiting: readonly PersonId[], n: number) => waiting[n % waiting.length] ?? SAM;

function tries(policy: Policy, category: Category): fc.Arbitrary<Try> {
  const by = fc.nat(9);
  const said = fc.tuple(by, words);
  const change = parts(policy, fieldsOf(policy, category), false);
  const open = (filed: Change) => filed.questions.find((question) => !question.answer)?.id ?? '';
  return fc.oneof(
    {
      weight: 8,
      arbitrary: by.map(
        (n): Try =>
          (w) =>
            it.approves(turn(w, n)),
      ),
    },
    {
      weight: 2,
      arbitrary: said.map(
        ([n, why]): Try =>
          (w) =>
            it.abstains(turn(w, n), why),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(said, fc.nat(5)).map(
        ([[n, why], which]): Try =>
          (w, filed) => {
            const by = turn(w, n);
            const given = filed.decisions.at(-1)?.by ?? by;
            return (
              [
                ...[it.recuses(by, why), it.defers(by, 7, why), it.comesBack, it.waivesQuorum(by, why)],
                ...[it.altersVote(given, 'approve', why), it.altersVote(given, 'defer', why)],
              ][which] ?? it.comesBack
            );
          },
      ),
    },
    {
      weight: 1,
      arbitrary: said.map(
        ([n, why]): Try =>
          (w) =>
            it.rejects(turn(w, n), why),
      ),
    },
    {
      weight: 2,
      arbitrary: said.map(
        ([n, why]): Try =>
          (w) =>
            it.returns(turn(w, n), why),
      ),
    },
    {
      weight: 4,
      arbitrary: said.map(
        ([n, why]): Try =>
          (w, { seq }) =>
            it.asks(turn(w, n), why, `q-${seq}`),
      ),
    },
    {
      weight: 2,
      arbitrary: words.map(
        (why): Try =>
          (_, filed) =>
            it.answers(DANA, why, open(filed)),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(change, words).map(
        ([more, why]): Try =>
          () =>
            it.edits(more, DANA, why),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(50, 100).map(
        (percent): Try =>
          (_, filed) =>
            reminds(filed, percent),
      ),
    },
  );
}

function reminds(change: Change, percent: number): it.Step {
  return 'open' in change
    ? it.reminds(change.open.stage, change.open.round, percent)
    : it.reminds('', 0, percent);
}

/** The guide's more often: a story in the wider company takes five times as long to play. */
const company = fc.constantFrom(...COMPANIES, facts(), facts());

/** A submission of the most that can be said, and what people then do: often enough to pass all stages. */
export const stories: fc.Arbitrary<Story> = fc
  .tuple(company, fc.constantFrom(...CATEGORIES), fc.constantFrom(0, 3, 21, 60))
  .chain(([present, category, approvals]) => {
    const { policy } = present;
    const approve: Try = (waiting, change) => 'open' in change && it.approves(turn(waiting, 0));
    return fc.record({
      ...{ facts: fc.constant(present), category: fc.constant(category) },
      proposal: proposals(policy, category),
      tried: fc
        .tuple(fc.array(tries(policy, category), { maxLength: 14 }), executions(policy), manages(present))
        .map(([some, execution, managed]) => [
          ...managed,
          ...some.slice(0, 3),
          ...Array.from({ length: approvals }, () => approve),
          ...execution,
          ...some.slice(3),
        ]),
    });
  });

/** Plays a story by the real rules, from its submission on. What is refused leaves nothing behind. */
export function play({ facts: company, category, proposal, tried }: Story): Moment[] {
  const moments: Moment[] = [];
  let at = MONDAY_10;
  let state: Change | undefined;
  const take = (step: it.Step) => {
    at += MINUTE;
    const events = attempt(state, step, company, at);
    state = events.reduce((change, event) => evolve(change, event, 'c-1'), state);
    if (state) for (const event of events) moments.push({ event, change: state, at });
  };
  take(it.files(category, lowRisk(category, company.policy, proposal)));
  for (const step of tried) {
    if (!state) break;
    const tries = step(ballWith(state, company.holders), state);
    if (tries) take(tries);
  }
  return moments;
}

/** The guide's standard changes must be of low risk. */
function lowRisk(category: Category, policy: Policy, proposal: Proposal): Proposal {
  if (category !== 'standard' || policy === WIDEST) return proposal;
  const easiest = Object.entries(policy.risk.questions).map(([id, { answers: all }]) => [
    id,
    Object.keys(all)[0],
  ]);
  const { riskAtLeast: _, ...rest } = proposal;
  return { ...rest, riskAnswers: Object.fromEntries(easiest) };
}

function attempt(state: Change | undefined, step: it.Step, company: Facts, at: number): ChangeEvent[] {
  const command = step(state, at);
  try {
    return decide(state, command, company);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { code, sentence } = refusal;
    const event = { type: 'Refused', by: command.by, at, command: command.type, code, sentence } as const;
    return state ? [event] : [];
  }
}
