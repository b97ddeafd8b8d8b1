import { deadline } from '../../calendar/working-time.ts';
import { FIELD_IDS } from '../../policy/fields.ts';
import { andThen } from '../advance.ts';
import { evolve } from '../evolve.ts';
import { roadblock, unqualified } from '../examine.ts';
import { executionOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { checkOversees, overseersBut } from '../overseer.ts';
import { labelOf, type Problems, problemsOf, tidy } from '../proposal.ts';
import { Refusal, wordless } from '../refusal.ts';
import { assessRisk, withSetting } from '../risk.ts';
import { routeOf } from '../route.ts';
import { isUnderReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, PersonId, Proposal } from '../types.ts';
import { frozenOut } from '../window-rules.ts';
import { returned } from './review.ts';
import { askedBy, criteriaMet } from './submit.ts';

/**
 * An overseer puts a change into the category that it belongs to (guide, "Submission Process"): its road begins
 * anew under the present policy, its number and all that was typed stay. What the new category asks for and is not
 * there goes back to the requester.
 */
export function reclassify(change: Change, command: CommandOf<'Reclassify'>, facts: Facts): ChangeEvent[] {
  const { by, at, category } = command;
  const right = checkOversees(change, by, facts, `reclassify ${change.number}`);
  if (change.category === category) return [];
  if (!isUnderReview(change) && change.status !== 'returned' && change.status !== 'deferred') {
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; only what is not decided yet can be reclassified.`,
    );
  }
  const words = command.words.trim();
  if (!words) throw wordless('Please say why, so that its requester understands.');
  const proposal = tidy(facts.policy, category, { ...change.aside, ...change.proposal });
  // A start that was agreed on and has since passed is nobody's mistake.
  const problems = problemsOf(facts.policy, category, proposal, change.submittedAt);
  const event = {
    ...moved(change, { ...command, words }, proposal, problems, facts),
    ...right,
  };
  checkRoad(event, change, facts, problems);
  const then = event.complete
    ? andThen(evolve(change, event, change.id), criteriaMet(facts, command, event.risk), facts, at)
    : [incomplete(event, problems, facts)];
  return [{ ...event, ...heardBy(event, change, then, facts) }, ...then];
}

/** Of an emergency those who oversee changes hear, as when it had been filed as one. */
function heardBy(
  { by, category, voided }: EventOf<'Reclassified'>,
  { requester }: Change,
  then: readonly ChangeEvent[],
  facts: Facts,
): { overseers?: PersonId[] } {
  if (category !== 'emergency') return {};
  const overseers = overseersBut([by, requester, ...voided.map((vote) => vote.by), ...askedBy(then)], facts);
  return overseers.length > 0 ? { overseers } : {};
}

function moved(
  change: Change,
  { by, at, category, words }: CommandOf<'Reclassify'>,
  proposal: Proposal,
  problems: Problems,
  { policy }: Facts,
): EventOf<'Reclassified'> {
  // Until all its questions are answered, the risk is what it was.
  const risk = problems.riskAnswers
    ? change.risk
    : withSetting(policy, category, assessRisk(policy, category, proposal), change.risk.set);
  const rest = Object.entries({ ...change.aside, ...change.proposal }).filter(([id]) => !(id in proposal));
  return {
    ...{ type: 'Reclassified', by, at, before: change.category, category, words, proposal, risk },
    aside: Object.fromEntries(rest),
    ...{ complete: Object.keys(problems).length === 0, policyVersion: policy.version },
    ...{ route: routeOf(policy, category), execution: executionOf(policy, category) },
    dueAt: deadline(policy, policy.categories[category].clock, at, 1),
    voided: change.decisions.map(({ stage, seat, by: who }) => ({ stage, seat, by: who })),
  };
}

/** @throws {Refusal} when the category's criteria are not met, or somebody is missing whom its road needs */
function checkRoad(event: EventOf<'Reclassified'>, change: Change, facts: Facts, problems: Problems): void {
  const reclassified = { ...event, requester: change.requester, decisions: [] };
  const tooRisky = problems.riskAnswers ? undefined : unqualified(facts.policy, event.category, event.risk);
  const why = tooRisky ?? frozenOut(reclassified, facts);
  if (why) throw new Refusal('not qualified', why, { category: why });
  const empty = roadblock(reclassified, facts, `<@${change.requester}>`);
  if (!empty) return;
  const sentence = `${empty} Fill it with \`/change setup\`, then reclassify it.`;
  throw new Refusal('nobody to ask', sentence, { category: sentence });
}

/** It waits for what the new category asks for as well; the requester's edit takes it to its first stage. */
function incomplete(
  { by, at, category, words, route }: EventOf<'Reclassified'>,
  problems: Problems,
  facts: Facts,
): ChangeEvent {
  const { policy } = facts;
  // Part of the assessment counts as the assessment: `assessment.finance`.
  const missing = Object.keys(problems).map((spot) => spot.split('.')[0]);
  const labels = FIELD_IDS.filter((field) => missing.includes(field)).map((field) =>
    labelOf(policy, category, field),
  );
  // The reason first: the list may be longer than what a line of a card has room for.
  const why = `Reclassified as ${policy.categories[category].title}: ${words}`;
  const still = `Still needed: ${labels.join(', ')}.`;
  return returned({ by, at, stage: route[0]?.id ?? '', words: `${why}\n${still}` }, facts);
}
