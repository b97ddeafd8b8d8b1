import type { InputBlock } from '@slack/types';
import { type Finding, SEVERITIES } from '../../change/feedback.ts';
import { LONGEST } from '../../policy/fields.ts';
import { context } from '../blocks/blocks.ts';
import { choiceInput, label, option, wordsInput } from '../blocks/inputs.ts';
import { parseChoice, parseLink, parseWords } from '../blocks/parse-form.ts';
import type { StepForm } from '../step-form.ts';
import { SEVERITY } from './feedback-notes.ts';
import { SCORES } from './rate-card.ts';
import { ACTION } from './step-buttons.ts';

const TITLES = {
  defect: { action: ACTION.logDefect, title: 'Log a defect', ask: 'What is wrong?' },
  audit: { action: ACTION.logAudit, title: 'Audit finding', ask: 'What was found?' },
} as const;

/**
 * Logs a defect or a finding of an audit.
 * @param said what somebody has said of it already
 */
export function findingForm(of: Finding['of'], said = ''): StepForm {
  const { action, title, ask } = TITLES[of];
  return {
    ...{ action, title, submit: 'Log it' },
    blocks: () => [
      wordsInput('words', ask, false, said.slice(0, LONGEST.text)),
      choiceInput(
        'severity',
        'How bad is it?',
        SEVERITIES.map((severity) => option(severity, SEVERITY[severity])),
      ),
      linkInput('link', 'Where is more about it?'),
      context(
        'It goes into the history of the change, its requester and implementer hear of it, and reports count it.',
      ),
    ],
    intent(values, { viewId }) {
      const chosen = parseChoice(values, 'severity');
      const link = parseLink(values, 'link');
      return {
        ...{ type: 'LogFinding', of, finding: viewId, words: parseWords(values, 'words') },
        severity: SEVERITIES.find((severity) => severity === chosen) ?? 'minor',
        ...(link && { link }),
      };
    },
  };
}

/** The number and what somebody adds to it. */
const RATE: StepForm = {
  ...{ action: ACTION.rateWords, title: 'How content are you?', submit: 'Save' },
  blocks: () => [
    choiceInput(
      'score',
      'How well did it do what you needed?',
      SCORES.map((text, n) => option(String(n + 1), text)),
    ),
    wordsInput('words', 'Anything you would like to add', true),
  ],
  intent(values) {
    const words = parseWords(values, 'words');
    return { type: 'Rate', score: Number(parseChoice(values, 'score')), ...(words && { words }) };
  },
};

/** The forms of what people say about a change afterwards. */
export const FEEDBACK_FORMS: readonly StepForm[] = [findingForm('defect'), findingForm('audit'), RATE];

function linkInput(block: string, text: string): InputBlock {
  return {
    ...{ type: 'input', block_id: block, optional: true, label: label(text) },
    element: { type: 'url_text_input', action_id: block },
  };
}
