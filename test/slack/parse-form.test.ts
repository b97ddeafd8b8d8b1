import { expect, it } from 'vitest';
import { parseForm, stateValues } from '../../src/slack/blocks/parse-form.ts';
import { GUIDE } from '../change/company.ts';

/** What Slack sends of a form whose inputs hold these. */
function proposalOf(held: Record<string, object>) {
  const values = Object.entries(held).map(([block, input]) => [
    block,
    { [block]: { type: 'any', ...input } },
  ]);
  return parseForm(GUIDE, stateValues.parse(Object.fromEntries(values))).proposal;
}

const chosen = (...ids: string[]) => ({ selected_options: ids.map((value) => ({ value })) });
const one = (value: string) => ({ selected_option: { value } });

it('takes of what was chosen only what the policy has to choose from, in its order', () => {
  const [first = '', second = ''] = Object.keys(GUIDE.systems);
  expect(proposalOf({ systems: chosen(second, 'nowhere', first, 'constructor') })).toEqual({
    systems: [first, second],
  });
  expect(proposalOf({ systems: chosen('nowhere') })).toEqual({});
});

it('takes only answers that a question of the risk has', () => {
  const [[question = '', { answers } = { answers: {} }] = []] = Object.entries(GUIDE.risk.questions);
  const [answer = ''] = Object.keys(answers);
  expect(proposalOf({ [`riskAnswers.${question}`]: one(answer) })).toEqual({
    riskAnswers: { [question]: answer },
  });
  for (const forged of ['never', 'constructor'])
    expect(proposalOf({ [`riskAnswers.${question}`]: one(forged) })).toEqual({});
});

it('takes no words without what no person types', () => {
  expect(proposalOf({ title: { value: ' Rotate\u0007 the \u202ekeys ' } })).toEqual({
    title: 'Rotate the keys',
  });
  expect(proposalOf({ title: { value: '\u202e' } })).toEqual({});
});
