import fc from 'fast-check';
import type { Facts } from '../../src/change/facts.ts';
import type { Holders, Holding } from '../../src/change/holders.ts';
import type { PersonId } from '../../src/change/types.ts';
import { CATEGORIES } from '../../src/policy/schema.ts';
import {
  AMIRA,
  DANA,
  GRACE,
  GUIDE,
  HENRIK,
  JONAS,
  KLAUS,
  LUCIA,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from './company.ts';
import { complete, DAY, HOUR, normal, risky } from './proposals.ts';
import * as it from './steps.ts';

const PEOPLE = [DANA, JONAS, PRIYA, LUCIA, TOMAS, AMIRA, HENRIK, WEI, GRACE, KLAUS, MAYA, OLGA, NADIA, SAM];
const person = fc.constantFrom(...PEOPLE);
const NOTHING_AFFECTED = Object.fromEntries(
  Object.keys(GUIDE.assessment).map((group) => [group, { affected: [] }]),
);
const words = fc.constantFrom('', 'Because.', 'Really?');

/**
 * A company in which people hold roles at random, so that they often hold several; the requester too. Some stand in
 * for others in all their roles, some are deputies.
 */
const companies: fc.Arbitrary<Holders> = fc
  .record({
    lists: fc.array(fc.uniqueArray(person, { minLength: 1, maxLength: 3 }), { minLength: 15, maxLength: 15 }),
    standIns: fc.array(fc.record({ from: person, to: person }), { maxLength: 2 }),
    deputies: fc.array(fc.record({ role: fc.nat(14), person }), { maxLength: 3 }),
  })
  .map(({ lists, standIns, deputies }) => {
    const all = Object.keys(GUIDE.roles).map((role, i) => {
      const own: Holding[] = (lists[i] ?? []).map((one) => ({ person: one }));
      const others = standIns
        .filter(({ from, to }) => from !== to && own.some((one) => one.person === from))
        .map(({ from, to }): Holding => ({ person: to, for: from }));
      const late = deputies
        .filter((one) => one.role === i)
        .map((one): Holding => ({ person: one.person, deputy: true }));
      return [role, [...own, ...others, ...late]] as const;
    });
    return new Map(all);
  });

/** Texts from a few, so that edits often go back to what was reviewed, or differ by a typo. */
const parts = fc.oneof<fc.Arbitrary<Parameters<typeof it.edits>[0]>[]>(
  fc.record({
    title: fc.constantFrom('Move the cache', 'Move the caches', 'Move the cache 2', 'Drop it all'),
  }),
  fc.record({ userImpact: fc.constantFrom('None.', 'Slow.') }),
  fc.record({ systemImpact: fc.constantFrom('None.', 'Load.') }),
  fc.record({ rollbackSteps: fc.constantFrom('Undo.', 'Restore.') }),
  fc.record({
    reviews: fc.constantFrom(undefined, ['security'], ['compliance'], ['security', 'compliance']),
  }),
  fc.record({ reviewer: fc.option(person, { nil: undefined }) }),
  fc.record({ riskAnswers: fc.constantFrom(risky.low, risky.high) }),
  fc.record({ risks: fc.constantFrom('', 'Some.') }),
  fc.record({ riskAtLeast: fc.constantFrom(undefined, 'medium', 'high') }),
  fc.record({ assessment: fc.constantFrom(undefined, normal().assessment, NOTHING_AFFECTED) }),
  // All that any category may ask for: a change that was reclassified can go on.
  fc.constant({ ...complete.emergency(), ...complete.normal() }),
);

/** Who does it: mostly one of those whose turn it is, by the list the step is given. */
type Turn = (waiting: readonly PersonId[]) => PersonId;
const who: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.nat(99).map(
      (n): Turn =>
        (waiting) =>
          waiting[n % waiting.length] ?? SAM,
    ),
  },
  {
    weight: 1,
    arbitrary: person.map(
      (one): Turn =>
        () =>
          one,
    ),
  },
);
const requester = fc.oneof({ weight: 4, arbitrary: fc.constant(DANA) }, { weight: 1, arbitrary: person });

/** Something that somebody tries, sensible or not, given whose turn it is and who oversees changes. */
type Try = (waiting: readonly PersonId[], overseers: readonly PersonId[], facts: Facts) => it.Step;

/** What a board alone does: by one of those who are asked, or by anybody. */
const votes = fc.constantFrom<(asked: PersonId, anybody: PersonId) => it.Step>(
  (asked) => it.recuses(asked),
  (asked) => it.recuses(asked),
  (asked) => it.defers(asked),
  (asked) => it.defers(asked, 1),
  (_, by) => it.altersVote(by, 'approve'),
  (_, by) => it.altersVote(by, 'reject'),
  (_, by) => it.altersVote(by, 'recuse'),
  (_, by) => it.altersVote(by, 'defer'),
  (_, by) => it.waivesQuorum(by),
  (_, by) => it.takesUp(by),
  () => it.comesBack,
);

const tries: fc.Arbitrary<Try> = fc.oneof(
  {
    weight: 24,
    arbitrary: who.map(
      (turn): Try =>
        (waiting) =>
          it.doesNext(turn(waiting)),
    ),
  },
  {
    weight: 2,
    arbitrary: who.map(
      (turn): Try =>
        (w) =>
          it.verifies(turn(w), ['as_designed'], 'The rest of it is not.'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, words).map(
      ([turn, why]): Try =>
        (w) =>
          it.rejects(turn(w), why),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, words).map(
      ([turn, why]): Try =>
        (w) =>
          it.abstains(turn(w), why),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(who, person, votes).map(
      ([turn, other, step]): Try =>
        (w) =>
          step(turn(w), other),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, words).map(
      ([turn, why]): Try =>
        (w) =>
          it.returns(turn(w), why),
    ),
  },
  {
    weight: 1,
    arbitrary: who.map(
      (turn): Try =>
        (w) =>
          it.approvesUnseen(turn(w)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, words).map(
      ([turn, why]): Try =>
        (w) =>
          it.asks(turn(w), why),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(requester, words).map(
      ([by, why]): Try =>
        () =>
          it.answers(by, why),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(parts, requester, words).map(
      ([more, by, why]): Try =>
        () =>
          it.edits(more, by, why),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('validation', 'cab', 'expedited', 'peer_review'), fc.nat(3)).map(
      ([stage, round]): Try =>
        () =>
          it.reminds(stage, round, 100),
    ),
  },
);

const categoryOf = (people: PersonId[]) => CATEGORIES[people.length - 1] ?? 'normal';

/** What a change manager tries, and others as well. */
const manages: fc.Arbitrary<Try> = fc
  .tuple(
    fc.nat(2),
    who,
    words,
    fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
    fc.constantFrom<(by: PersonId, why: string, people: PersonId[]) => it.Step>(
      (by, why) => it.setsRisk(by, 'low', why),
      (by, why) => it.setsRisk(by, 'medium', why),
      (by, why) => it.setsRisk(by, 'high', why),
      (by, why, people) => it.reclassifies(by, categoryOf(people), why),
      (by, why) => it.handsOver(by, SAM, why),
      (by, _, people) => it.reassigns(by, 'validator', people),
      (by, _, people) => it.reassigns(by, 'peer', people),
      (by, _, people) => it.reassigns(by, 'senior', people),
      (by, _, people) => it.reassigns(by, 'on_call', people),
      (by, _, people) => it.reassigns(by, 'architect', people),
    ),
  )
  .map(
    ([n, turn, why, people, step]): Try =>
      (w, overseers) =>
        step(n > 0 ? (overseers[n % overseers.length] ?? SAM) : turn(w), why, people),
  );

/** What is tried with an approved change, mostly by those whose turn it is, and at any time. */
const carriesOut: fc.Arbitrary<Try> = fc
  .tuple(
    who,
    words,
    fc.constantFrom<(by: PersonId, why: string) => it.Step>(
      (by) => it.recordsTests(by, 'fail'),
      (by) => it.recordsTests(by, 'not applicable'),
      (by) => it.prepares(by),
      (by) => it.starts(by, 'canary'),
      (by) => it.starts(by, 'by_magic'),
      (by) => it.ticks(by, 0, 2),
      (by) => it.ticks(by),
      (by, why) => it.notes(by, why),
      (by, why) => it.handsOver(by, SAM, why),
      (by, why) => it.handsOver(by, MAYA, why),
      (by, why) => it.finishes(by, 'partial', why),
      (by, why) => it.rollsBack(by, why),
      (by, why) => it.verifies(by, ['criteria'], why),
      (by) => it.verifies(by),
      (by, why) => it.looksBack(by, { toImprove: why }),
      (by, why) => it.reviewsEmergency(by, { justified: false, findings: why }),
      (by) => it.addsAction(by, SAM),
      (by) => it.addsAction(by, by, DAY, 'a-2'),
      (by) => it.completesAction(by),
      (by) => it.completesAction(by, 'a-2'),
      (by, why) => it.finds(by, 'defect', 'f-1', { words: why }),
      (by) => it.finds(by, 'audit', 'f-2', { severity: 'critical' }),
      (by) => it.rates(by, 5),
      (by, why) => it.rates(by, 2, why),
      () => it.rates(DANA, 3),
    ),
  )
  .map(
    ([turn, why, step]): Try =>
      (w) =>
        step(turn(w), why),
  );

/** What the clock does by itself, in time or much later. */
const clock = fc
  .constantFrom(
    ...(['day before', 'hour before', 'start', 'end'] as const).map(it.clockTells),
    it.clockReminds('retrospective'),
    it.clockReminds('boardReview'),
    it.clockChases,
    it.notifies({ of: 'asked', stage: 'cab', to: PRIYA, event: 2, at: 0, channel: 'D1', ts: '1.1' }),
    it.notifies({ of: 'ended', to: SAM, event: 9, at: 0, failed: 'user_disabled' }),
  )
  .map(
    (step): Try =>
      () =>
        step,
  );

const ending = fc
  .tuple(
    requester,
    fc.constantFrom<(by: PersonId) => it.Step>(it.withdraws, it.cancels, () => it.expires),
  )
  .map(
    ([by, ends]): Try =>
      () =>
        ends(by),
  );

/** Something that is declared or planned around the window of the change, or is over again; or its implementer leaves. */
const upheaval = fc.record({
  what: fc.constantFrom('hard', 'soft', 'stop', 'neighbour', 'over', 'gone'),
  /** Hours from the start of the window. */
  from: fc.integer({ min: -4, max: 4 }),
  hours: fc.integer({ min: 1, max: 6 }),
});
export type Upheaval = typeof upheaval extends fc.Arbitrary<infer U> ? U : never;

/** Somebody moves its window, to where it may be or not, or lets it into the soft freezes. */
const plans: fc.Arbitrary<Try> = fc.tuple(who, person, words, fc.integer({ min: 0, max: 40 })).map(
  ([turn, anybody, why, hours]): Try =>
    (waiting, _, facts) =>
    (change, at) => {
      const { startsAt = at, endsAt = at + HOUR } = change?.proposal ?? {};
      if (hours > 25) return it.exempts(anybody, { facts }, why)(change, at);
      const by = turn(waiting);
      // Often the same hour of a later day, which may well do.
      const later = (n: number) => n + (hours % 2 === 0 ? DAY * (1 + hours / 2) : hours * HOUR);
      const from = Math.max(startsAt, startsAt + Math.ceil((at - startsAt) / DAY) * DAY);
      return it.schedules(by, later(from), later(from + endsAt - startsAt))(change, at);
    },
);

/** Mostly little, so that a road of many steps is walked before its window has passed. */
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1000, HOUR) },
  { weight: 1, arbitrary: fc.constant(2 * DAY) },
  { weight: 6, arbitrary: fc.constant('until its window is open' as const) },
);

/** One submission and what people try with it afterwards, at random intervals. */
export const stories = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  reviews: fc.subarray(['security', 'compliance']),
  holders: companies,
  clashes: fc.constantFrom('warn', 'block'),
  steps: fc.array(
    fc.record({
      tried: fc.oneof(
        { weight: 52, arbitrary: tries },
        { weight: 8, arbitrary: carriesOut },
        { weight: 3, arbitrary: clock },
        { weight: 8, arbitrary: plans },
        { weight: 3, arbitrary: manages },
        { weight: 1, arbitrary: ending },
      ),
      wait,
      upheaval: fc.oneof(
        { weight: 12, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: upheaval },
      ),
    }),
    // Of a smaller size most would end before anything is carried out.
    { minLength: 1, maxLength: 50, size: 'medium' },
  ),
});

/** The first step of a story. */
export function filing({
  category,
  reviews,
}: {
  category: (typeof CATEGORIES)[number];
  reviews: string[];
}): it.Step {
  return it.files(category, complete[category](reviews.length > 0 ? { reviews } : {}));
}

export type Story = typeof stories extends fc.Arbitrary<infer S> ? S : never;

/** A life as it would have been so many milliseconds later: every instant in it is moved, and nothing else. */
export function moved<T>(value: T, by: number): T {
  if (typeof value === 'number') return (value > 1e12 ? value + by : value) as T; // a number, as before
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => moved(each, by)) as T; // a list of the same
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, moved(each, by)])) as T; // the same keys
}
