import { executionHours, executionTimeOf } from '../calendar/hours.ts';
import { covers } from '../calendar/interval.ts';
import { type Category, type Policy, RISK_LEVELS, type RiskLevel } from '../policy/schema.ts';
import type { ExecutionTime } from '../policy/times.ts';
import type { RiskSetting } from './desk.ts';
import { spell } from './report.ts';
import type { Filed, Proposal, Risk } from './types.ts';

/**
 * The risk of a proposal, worked out from the policy's questionnaire with a reason for every point
 * (guide, "Risk Assessment Levels"). A category without a questionnaire has the policy's assumed risk. The
 * requester may raise it (`riskAtLeast`), never lower it.
 */
export function assessRisk(policy: Policy, category: Category, proposal: Proposal): Risk {
  const risk = computed(policy, category, proposal);
  const { riskAtLeast } = proposal;
  if (!riskAtLeast || !exceeds(riskAtLeast, risk.level)) return risk;
  return { ...risk, level: riskAtLeast, reasons: [...risk.reasons, 'Raised by the requester'] };
}

function computed(policy: Policy, category: Category, proposal: Proposal): Risk {
  const { assumedRisk, title } = policy.categories[category];
  if (assumedRisk)
    return { level: assumedRisk, points: 0, reasons: [`${title} changes count as ${assumedRisk} risk`] };
  const given = Object.entries(policy.risk.questions).flatMap(([question, { answers }]) => {
    const chosen = answers[proposal.riskAnswers?.[question] ?? ''];
    return chosen ? [chosen] : [];
  });
  const points = given.reduce((sum, answer) => sum + answer.points, 0);
  const reasons = given
    .filter((answer) => answer.points > 0)
    .map((answer) => `${answer.label} (+${answer.points})`);
  return { level: levelOf(policy, points), points, reasons };
}

/** The same risk at the level that somebody has set, if somebody has. A category's assumed risk is nobody's to set. */
export function withSetting(policy: Policy, category: Category, risk: Risk, set: Risk['set']): Risk {
  const assumed = policy.categories[category].assumedRisk !== undefined;
  if (!set || assumed) return risk;
  return { ...risk, level: set.level, set: { ...set, computed: risk.level } };
}

/** What was set by hand, as long as an edit leaves alone what the risk is worked out from. */
export function keptSetting(
  policy: Policy,
  { category, proposal, risk }: Pick<Filed, 'category' | 'proposal' | 'risk'>,
  after: Proposal,
): RiskSetting | undefined {
  const workedOut = (from: Proposal) => JSON.stringify(assessRisk(policy, category, from));
  return workedOut(proposal) === workedOut(after) ? risk.set : undefined;
}

function levelOf({ risk }: Policy, points: number): RiskLevel {
  if (points >= risk.high) return 'high';
  return points >= risk.medium ? 'medium' : 'low';
}

/** Whether `level` is more than `limit` allows. */
export function exceeds(level: RiskLevel, limit: RiskLevel): boolean {
  return RISK_LEVELS.indexOf(level) > RISK_LEVELS.indexOf(limit);
}

/** A question about the risk, as a form names it. */
export type RiskSpot = `riskAnswers.${string}`;

export const riskSpot = (question: string): RiskSpot => `riskAnswers.${question}`;

/**
 * Where an answer about the risk says less than the rest of the form (guide, "Risk Assessment Levels"): a window at
 * another time than was answered, more downtime than was answered. Where the window is wrong for its risk whatever was
 * answered, that is said instead.
 * @returns a sentence beside what is asked for last: the start, or the question
 */
export function contradicted(
  policy: Policy,
  category: Category,
  proposal: Proposal,
): Partial<Record<'startsAt' | RiskSpot, string>> {
  const { startsAt = 0, endsAt = 0, downtimeMinutes = 0, systems = [] } = proposal;
  const range = { start: startsAt, end: endsAt };
  const isAt = (time: ExecutionTime) => covers(executionHours(policy, time, systems, range), range);
  const problems: Partial<Record<'startsAt' | RiskSpot, string>> = {};
  for (const [question, { ask, answers }] of Object.entries(policy.risk.questions)) {
    const {
      label,
      window,
      downtimeAtMost = Infinity,
    } = answers[proposal.riskAnswers?.[question] ?? ''] ?? {};
    if (downtimeMinutes > downtimeAtMost)
      problems[riskSpot(question)] =
        `“${label}” does not fit a downtime of ${spell(downtimeMinutes)}, as is said above. Correct one of them.`;
    if (!window || endsAt <= startsAt || isAt(window)) continue;
    const { level: risk } = assessRisk(policy, category, proposal);
    if (isAt(executionTimeOf(policy, { category, risk })))
      problems.startsAt = `“${ask}” was answered “${label}”, and this is not. Choose another time, or answer that anew.`;
  }
  return problems;
}
