import type { InputBlock, KnownBlock } from '@slack/types';
import { assessRisk, riskSpot } from '../../change/risk.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, section } from '../blocks/blocks.ts';
import { escaped } from '../blocks/format.ts';
import { label, option } from '../blocks/inputs.ts';
import { showRisk } from '../change/show-field.ts';
import type { Filled } from './field-blocks.ts';

/** The questionnaire, and below it the risk as answered so far. */
export function riskInputs(policy: Policy, filled: Filled): KnownBlock[] {
  const questions = Object.entries(policy.risk.questions).map(([id, { ask, answers }]): InputBlock => {
    const options = Object.entries(answers).map(([value, { label: words }]) => option(value, words));
    const initial = options.find(({ value }) => value === filled.proposal.riskAnswers?.[id]);
    return {
      type: 'input',
      block_id: riskSpot(id),
      label: label(ask),
      element: {
        type: 'static_select',
        action_id: riskSpot(id),
        options,
        ...(initial && { initial_option: initial }),
      },
    };
  });
  return [...questions, riskSoFar(policy, filled)];
}

/** The risk as answered so far, with the reason for every point. */
function riskSoFar(policy: Policy, { category, proposal }: Filled): KnownBlock {
  const answered = Object.keys(proposal.riskAnswers ?? {}).length;
  const open = Object.keys(policy.risk.questions).length - answered;
  if (answered === 0) return context('The risk is worked out from these answers.');
  const risk = assessRisk(policy, category, proposal);
  const so = open > 0 ? `*${showRisk(risk)}* so far` : `*${showRisk(risk)}*`;
  return section([so, ...risk.reasons.map((reason) => `• ${escaped(reason)}`)].join('\n'));
}
