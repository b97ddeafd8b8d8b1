import { HOUR } from '../calendar/zone.ts';
import { entriesOf } from '../entries.ts';
import { CATEGORIES, RISK_LEVELS } from '../policy/schema.ts';
import { voteOf } from './decide/vote.ts';
import { decide } from './decide.ts';
import { testsNow } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { overseesAs } from './overseer.ts';
import { shownHash } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { eligible, openSeats } from './seats.ts';
import { isUnderReview } from './states.ts';
import type { Change, Intent, PersonId } from './types.ts';
import { heldSoftly, wantedBy } from './window-rules.ts';

export type Step =
  | ('approve' | 'reject' | 'return' | 'ask' | 'edit' | 'withdraw' | 'cancel')
  | ('vote' | 'changeVote' | 'waiveQuorum' | 'takeUp')
  | ('schedule' | 'exempt')
  | ('setRisk' | 'reclassify' | 'reassign')
  | (
      | 'recordTests'
      | 'prepare'
      | 'start'
      | 'tickSteps'
      | 'note'
      | 'handOver'
      | 'finish'
      | 'rollBack'
      | 'verify'
      | 'retrospective'
      | 'reviewEmergency'
      | 'addAction'
    );

/**
 * What this person could do to this change now. It asks the rules themselves, so that a button is shown only
 * where pressing it would work, and the two cannot drift apart.
 */
export function allowed(change: Change, person: PersonId, facts: Facts, at: number): Set<Step> {
  const steps = entriesOf(triesOf(change, person, facts, at));
  return new Set(
    steps.filter(([, tries]) => anyWorks(tries, change, person, facts, at)).map(([step]) => step),
  );
}

/** The same of one step, for those who look through many changes. */
export function mayTake(step: Step, change: Change, person: PersonId, facts: Facts, at: number): boolean {
  return anyWorks(triesOf(change, person, facts, at)[step], change, person, facts, at);
}

/** Why this person could not take a step now, in the rules' own words; nothing if it would be taken. */
export function whyNot(
  step: Step,
  change: Change,
  person: PersonId,
  facts: Facts,
  at: number,
): string | undefined {
  const answers = [...intentsOf(triesOf(change, person, facts, at)[step])].map((intent) =>
    answerTo(intent, change, person, facts, at),
  );
  if (answers.includes('taken')) return undefined;
  const refusal = answers.find((answer) => answer instanceof Refusal);
  return refusal
    ? refusal.sentence
    : (NOTHING_TO[step] ?? 'There is nothing like that to be done to it by you now.');
}

/** What would have to be, where the rules are not even asked because there is nothing to do it to. */
const NOTHING_TO: Partial<Record<Step, string>> = {
  exempt:
    'No soft freeze holds it now. Once nothing but soft freezes stands between it and its window, it can be let through.',
  changeVote:
    'There is no vote of yours on it that could be changed: that takes a vote that you gave, while the board has not decided.',
  schedule: 'It has no window that could be moved: its requester gives it one with Edit….',
  reassign: 'Nobody is asked to decide on it now: who is asked can be chosen while it is under review.',
};

function triesOf(change: Change, person: PersonId, facts: Facts, at: number): Record<Step, Tries> {
  return {
    ...{ ...reviewTries(change), ...boardTries(change, person) },
    ...{ ...deskTries(change, person, facts), ...timeTries(change, facts, at) },
    ...executionTries(change, at),
  };
}

/** One command that would have an effect if the step may be taken, or one of several. */
type Tries = Intent | (() => Iterable<Intent>);
const WORDS = 'why';
/** It is theirs to do, at another time. */
const WAITS: ReadonlySet<string> = new Set(['not ready', 'not then']);

/** Of an edit: with this text it would be refused, and another one may mend that. */
const OF_ITS_TEXT: ReadonlySet<string> = new Set([
  'incomplete',
  'not qualified',
  'nobody to ask',
  'not then',
]);

function anyWorks(tries: Tries, change: Change, person: PersonId, facts: Facts, at: number): boolean {
  for (const intent of intentsOf(tries)) {
    const answer = answerTo(intent, change, person, facts, at);
    // What stands in the way of a start can change without any event: the window opens. The button stays.
    if (answer === 'taken') return true;
    const waits = intent.type === 'Edit' ? OF_ITS_TEXT : WAITS;
    if (answer instanceof Refusal && waits.has(answer.code)) return true;
  }
  return false;
}

function intentsOf(tries: Tries): Iterable<Intent> {
  return typeof tries === 'function' ? tries() : [tries];
}

/** What the rules would say. */
function answerTo(
  intent: Intent,
  change: Change,
  person: PersonId,
  facts: Facts,
  at: number,
): 'taken' | 'done already' | Refusal {
  try {
    return decide(change, { ...intent, by: person, at }, facts).length > 0 ? 'taken' : 'done already';
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function reviewTries(change: Change) {
  const seen = isUnderReview(change) ? shownHash(change, change.open.stage) : '';
  return {
    approve: { type: 'Decide', verdict: 'approve', seen },
    reject: { type: 'Decide', verdict: 'reject', seen, words: WORDS },
    return: { type: 'Return', seen, words: WORDS },
    ask: { type: 'Ask', question: 'new', words: WORDS },
    edit: { type: 'Edit', proposal: { ...change.proposal, title: `${change.proposal.title} edited` } },
    withdraw: { type: 'Withdraw' },
  } as const satisfies Partial<Record<Step, Intent>>;
}

/** Any vote that only a board has; of a vote that was given, another one. */
function boardTries(change: Change, person: PersonId) {
  const seen = isUnderReview(change) ? shownHash(change, change.open.stage) : '';
  const given = isUnderReview(change) ? voteOf(change, person) : undefined;
  return {
    vote: { type: 'Decide', verdict: 'abstain', seen, words: WORDS },
    *changeVote() {
      if (!given) return;
      for (const verdict of ['approve', 'abstain'] as const)
        yield { type: 'Decide', verdict, seen, words: WORDS, replaces: given.at };
    },
    waiveQuorum: { type: 'WaiveQuorum', words: WORDS },
    takeUp: { type: 'TakeUp' },
  } satisfies Partial<Record<Step, Tries>>;
}

/** Any other level, any other category; of each open seat all who may fill it, or one of them. */
function deskTries(change: Change, person: PersonId, facts: Facts) {
  const waiting = isUnderReview(change) ? change : undefined;
  const seen = waiting ? shownHash(waiting, waiting.open.stage) : '';
  return {
    *setRisk() {
      for (const level of RISK_LEVELS)
        if (level !== change.risk.level) yield { type: 'SetRisk', level, seen, words: WORDS };
    },
    *reclassify() {
      for (const category of CATEGORIES)
        if (category !== change.category) yield { type: 'Reclassify', category, words: WORDS };
    },
    // Who could fill a seat takes a while to work out, and for anybody else the answer is known.
    *reassign() {
      if (!waiting) return;
      if (!overseesAs(waiting, person, facts)) return yield { type: 'Reassign', seat: '', people: [] };
      for (const seat of openSeats(waiting)) {
        const people = eligible(waiting, seat, facts.holders);
        yield { type: 'Reassign', seat: seat.id, people };
        yield { type: 'Reassign', seat: seat.id, people: people.slice(0, 1) };
      }
    },
  } satisfies Partial<Record<Step, () => Iterable<Intent>>>;
}

/** Another window, once there is one to move; and the soft freezes that hold it. */
function timeTries(change: Change, facts: Facts, at: number) {
  const wanted = wantedBy(change);
  return {
    *schedule() {
      if (wanted) yield { type: 'Schedule', startsAt: at + HOUR, endsAt: at + 2 * HOUR };
    },
    *exempt() {
      const held = heldSoftly(change, facts, at);
      if (held) yield { type: 'Exempt', words: WORDS, seen: held.seen };
    },
  } satisfies Partial<Record<Step, () => Iterable<Intent>>>;
}

/** For each step of the execution, a command that would have an effect if the step may be taken. */
function executionTries(change: Change, at: number) {
  const { preparation, verification, strategies } = change.execution;
  const prepared = 'prepared' in change ? change.prepared : [];
  const done = 'steps' in change ? change.steps.flatMap((step, i) => (step.done ? [i] : [])) : [];
  const words = WORDS;
  const tests = testsNow(change)
    .slice(0, 1)
    .map(({ id }) => ({ test: id, result: 'not applicable' as const, evidence: 'allowed?' }));
  return {
    recordTests: { type: 'RecordTests', tests },
    prepare: { type: 'Prepare', items: prepared.length > 0 ? [] : preparation.map(({ id }) => id) },
    start: { type: 'Start', strategy: strategies[0]?.id ?? '' },
    tickSteps: { type: 'TickSteps', steps: done.length > 0 ? [] : [0] },
    note: { type: 'Note', words: `${words} not` },
    handOver: { type: 'HandOver', to: 'somebody else', words },
    finish: { type: 'Finish', outcome: 'partial', words },
    rollBack: { type: 'RollBack', words },
    verify: { type: 'Verify', met: verification.map(({ id }) => id), words },
    retrospective: {
      ...{ type: 'HoldRetrospective', participants: [], actions: [] },
      ...{ review: words, evaluation: words, causes: words, wentWell: words, toImprove: words },
    },
    reviewEmergency: { type: 'ReviewEmergency', justified: true, findings: words, actions: [] },
    addAction: { type: 'AddAction', action: 'new', item: { words, owner: change.requester, due: at } },
    cancel: { type: 'Cancel', words },
  } as const satisfies Partial<Record<Step, Intent>>;
}
