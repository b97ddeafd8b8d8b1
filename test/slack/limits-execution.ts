import fc from 'fast-check';
import type { Change, PersonId } from '../../src/change/types.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import type { Policy } from '../../src/policy/schema.ts';
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

/** So many steps after the approval, of which some lead on. */
export function executions(policy: Policy): fc.Arbitrary<Next[]> {
  const step = fc.tuple(said, fc.nat(9)).map(([words, n]): Next => next(policy, words, n));
  return fc.array(step, { maxLength: 18, size: 'medium' });
}

function next(policy: Policy, all: Said, n: number): Next {
  return (waiting, change) => {
    const by = waiting[0] ?? SAM;
    const { words } = all;
    switch (change.status) {
      case 'approved':
        return n < 3 ? records(policy, all, by) : n < 5 ? it.prepares(by) : startsOrEnds(all, by);
      case 'implementing':
        if (n < 3) return it.notes(by, words);
        if (n < 6) return it.ticks(by, n, n - 1, n - 2);
        return all.how === 'finish' ? it.finishes(by, 'partial', words) : it.rollsBack(by, words);
      case 'implemented':
        return n < 5
          ? records(policy, all, change.implementer)
          : it.verifies(by, all.met ? undefined : [], words, measured(change, words));
      case 'verified':
        if (n > 7) return n > 8 ? it.clockChases : it.completesAction(SAM, change.actions[0]?.id ?? '');
        return n < 5 ? it.looksBack(by, everyWord(words)) : it.reviewsEmergency(by, board(words));
      case 'closed':
        return it.completesAction(SAM, change.actions.at(-1)?.id ?? '');
      default:
        return false;
    }
  };
}

/** Every test of the policy at once; the rules keep those that the change has. */
function records({ tests, environments }: Policy, { result, link }: Said, by: PersonId): it.Step {
  const environment = Object.values(environments).at(-1) ?? '';
  return (_, at) => ({
    ...{ type: 'RecordTests', by, at },
    tests: Object.keys(tests).map((test) => ({ test, result, environment, evidence: link })),
  });
}

/** Takes the last way there is, as soon as the window is open. */
function startsOrEnds({ how, words }: Said, by: PersonId): it.Step {
  if (how === 'cancel') return it.cancels(by, words);
  return (change, at) => {
    const strategy = change && 'execution' in change ? change.execution.strategies.at(-1)?.id : undefined;
    const opens = change?.proposal.startsAt ?? at;
    return { type: 'Start', by, at: Math.max(at, opens), strategy: strategy ?? '' };
  };
}

const LONG_ACTIONS = (words: string) =>
  Array.from({ length: 5 }, () => ({ words: words.slice(0, LONGEST.line), owner: SAM, due: NEXT_YEAR }));
const NEXT_YEAR = MONDAY_10 + 365 * DAY;

/** Every metric and every impact, at their longest. */
function measured({ execution }: Change, words: string) {
  const line = words.slice(0, LONGEST.line);
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
