import type { Category, Policy, RiskLevel } from '../policy/schema.ts';
import type { Proposal, Risk } from './types.ts';

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

function levelOf({ risk }: Policy, points: number): RiskLevel {
  if (points >= risk.high) return 'high';
  return points >= risk.medium ? 'medium' : 'low';
}

const ORDER: readonly RiskLevel[] = ['low', 'medium', 'high'];

/** Whether `level` is more than `limit` allows. */
export function exceeds(level: RiskLevel, limit: RiskLevel): boolean {
  return ORDER.indexOf(level) > ORDER.indexOf(limit);
}
