import fc from 'fast-check';
import { retrospectiveDue } from '../../src/change/duties.ts';
import { testsNow, unproven } from '../../src/change/execution-plan.ts';
import type { Change, PersonId } from '../../src/change/types.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { cut } from '../../src/slack/blocks/format.ts';
import { cleaned } from '../../src/slack/blocks/parse-form.ts';
import { SAM } from '../change/company.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';
import * as it from '../change/steps.ts';
import { CROWD, texts } from './limits-extremes.ts';

/** What those do next for whom an approved change waits, with as many and as long words as a form takes. */
type Next = (waiting: readonly PersonId[], change: Change) => it.Step | false;

interface Said {
  words: string;
  link: string;
  result: 'pass' | 'fail' | 'not applicable';
  how: 'finish' | 'roll back' | 'cancel';
  met: boolean;
}

const said: fc.Arbitrary<Said> = fc.record({
  words: texts(LONGEST.text),
  link: texts(LONGEST.link - 20).map((text) => `https://x.example/${text}`),
  result: fc.constantFrom('pass', 'pass', 'not applicable', 'fail'),
  how: fc.constantFrom('finish', 'finish', 'roll back', 'cancel'),
  met: fc.boolean(),
});

/** So many steps after the approval, of which half lead on and half go astray. */
export function executions(policy: Policy): fc.Arbitrary<Next[]> {
  const step = fc
    .tuple(said, fc.nat(9), fc.boolean())
    .map(([words, n, on]): Next => (on ? leadsOn(policy, words) : goesAstray(policy, words, n)));
  return fc.array(step, { maxLength: 24, size: 'medium' });
}

/** The next of all that there is to do, with words wherever there is room for them. */
function leadsOn(policy: Policy, all: Said): Next {
  return (waiting, change) => {
    const by = waiting[0] ?? SAM;
    const { words } = all;
    const passed: Said = { ...all, result: 'pass' };
    switch (change.status) {
      case 'approved':
        if (unproven(change.execution.testsBefore, change.tests).length > 0)
          return records(policy, passed, by);
        return change.prepared.length < change.execution.preparation.length ? it.prepares(by) : starts(by);
      case 'implementing':
        return all.how === 'roll back' ? it.rollsBack(by, words) : it.finishes(by, 'partial', words);
      case 'implemented':
        return unproven(change.execution.testsAfter, change.tests).length > 0
          ? records(policy, passed, change.implementer)
          : it.verifies(by, all.met ? undefined : [], words, measured(change, words));
      case 'verified':
        return retrospectiveDue(change) === undefined
          ? it.reviewsEmergency(by, board(words))
          : it.looksBack(by, everyWord(words));
      case 'closed':
        if (change.actions.some(({ done }) => !done) && change.seq % 3 > 0)
          return it.completesAction(SAM, change.actions.at(-1)?.id ?? '');
        return change.findings.length < 12
          ? it.finds(SAM, 'defect', `f-${change.seq}`, { words, link: all.link, severity: 'critical' })
          : it.rates(change.requester, 5, words);
      default:
        return false;
    }
  };
}

/** Something else that can be done there, or that cannot be done yet. */
function goesAstray(policy: Policy, all: Said, n: number): Next {
  return (waiting, change) => {
    const by = waiting[0] ?? SAM;
    const { words } = all;
    switch (change.status) {
      case 'approved':
        if (all.how === 'cancel') return n < 5 && it.cancels(change.requester, words);
        return n < 5 ? records(policy, all, by) : starts(by);
      case 'implementing':
        return n < 5 ? it.notes(by, words) : it.ticks(by, n, n - 1, n - 2);
      case 'implemented':
        if (n === 9) return it.finds(SAM, 'defect', `f-${change.seq}`, { words, link: all.link });
        return n < 5 ? it.looksBack(change.requester, everyWord(words)) : records(policy, all, by);
      case 'verified':
      case 'closed':
        return n < 5 ? it.clockChases : it.completesAction(SAM, change.actions[0]?.id ?? '');
      default:
        return false;
    }
  };
}

/** Every test that can be recorded by now. */
function records({ environments }: Policy, { result, link }: Said, by: PersonId): it.Step {
  const anywhere = Object.values(environments).at(-1) ?? '';
  return (change, at) => ({
    ...{ type: 'RecordTests', by, at },
    tests: (change ? testsNow(change) : []).map(({ id, environments: places = [anywhere] }) => ({
      ...{ test: id, result, environment: places.at(-1) ?? anywhere, evidence: link },
    })),
  });
}

/** Takes the last way there is, as soon as the window is open. */
function starts(by: PersonId): it.Step {
  return (change, at) => {
    const strategy = change && 'execution' in change ? change.execution.strategies.at(-1)?.id : undefined;
    const opens = change?.proposal.startsAt ?? at;
    return { type: 'Start', by, at: Math.max(at, opens), strategy: strategy ?? '' };
  };
}

/** As a form hands on what is cut there. */
const lineOf = (words: string) => cleaned(cut(words, LONGEST.line)) || 'x';

const LONG_ACTIONS = (words: string) =>
  Array.from({ length: 5 }, () => ({ words: lineOf(words), owner: SAM, due: NEXT_YEAR }));
const NEXT_YEAR = MONDAY_10 + 365 * DAY;

/** Every metric and every impact, at their longest. */
function measured({ execution }: Change, words: string) {
  const line = lineOf(words);
  const metrics = execution.metrics.map(({ id }) => [id, { before: line, after: line }]);
  return { metrics: Object.fromEntries(metrics), impact: { user: words, system: words, business: words } };
}

/** A verdict of the board, with as much to be done as its form takes. */
function board(words: string) {
  return { justified: false, findings: words, actions: LONG_ACTIONS(words) };
}

/** A retrospective with these words everywhere. */
function everyWord(words: string) {
  return {
    ...{ review: words, evaluation: words, causes: words, wentWell: words, toImprove: words },
    ...{ recommendations: words, participants: CROWD.slice(0, 50) },
    actions: LONG_ACTIONS(words),
  };
}
