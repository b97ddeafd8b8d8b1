import type { InputBlock } from '@slack/types';
import { looksBackIfOpen } from '../../change/duties.ts';
import type { Change } from '../../change/types.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { label, option, wordsInput } from '../blocks/inputs.ts';
import { parseChoices, parseWords } from '../blocks/parse-form.ts';
import { progress } from '../change/evidence.ts';
import { actionForm, boardReviewForm, retrospectiveForm } from '../change/review-forms.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { measuredInputs, parseMeasured } from '../form/measured-inputs.ts';
import { listenToForms, type StepForm } from '../step-form.ts';

/** Somebody else checks the result (guide, "Implementation Verification"). */
const VERIFY: StepForm = {
  ...{ action: ACTION.verify, title: 'Verify', submit: 'Verify' },
  blocks: (change) => [
    ...progress(change),
    ...checks(change),
    wordsInput('words', 'Remarks', true),
    context(
      `What you leave open, or a test that failed, needs a remark${looksBackIfOpen(change) ? '; the change then stays open for a retrospective' : ''}.`,
    ),
    ...measuredInputs(change),
  ],
  intent(values) {
    const words = parseWords(values, 'words');
    const measured = parseMeasured(values);
    return { type: 'Verify', met: parseChoices(values, 'met'), ...(words && { words }), measured };
  },
};

/** Every form of what comes after the implementation. */
export function verifyForms(policy: Policy): StepForm[] {
  return [VERIFY, retrospectiveForm(policy), boardReviewForm(policy), actionForm(policy)];
}

/** Checking a result, and looking back on it. */
export function verify(world: World): Feature {
  return { listen: (listen) => listenToForms(world, listen, verifyForms(world.policy)) };
}

function checks({ execution }: Change): InputBlock[] {
  const options = execution.verification.map(({ id, title }) => option(id, title));
  if (options.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: 'met',
      optional: true,
      label: label('Tick what you have checked and found right'),
      element: { type: 'checkboxes', action_id: 'met', options },
    },
  ];
}
